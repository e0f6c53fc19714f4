// Lighthouse on a phone, some rounds a page: the median of each score, and what a first visit loads.
// Reads one JSON object from standard input, and prints one.
import lighthouse from "lighthouse";

import { open, signIn } from "./browser.mjs";
import { printed, told } from "./talk.mjs";
import { blocking, processorTimes } from "./trace.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const TRIES = 3; // a recording may fail on a busy machine
const TIMES = {
  first_contentful_paint_ms: "first-contentful-paint",
  largest_contentful_paint_ms: "largest-contentful-paint",
  total_blocking_time_ms: "total-blocking-time",
  speed_index_ms: "speed-index",
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function round(browser, url, tries = TRIES) {
  const { port } = new URL(browser.wsEndpoint());
  const options = { port: Number(port), onlyCategories: CATEGORIES, logLevel: "error" };
  const { lhr, artifacts } = await lighthouse(url, options);
  if (lhr.runtimeError && tries > 1) return round(browser, url, tries - 1);
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) {
    throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
  }
  return { ...lhr, times: processorTimes(artifacts.Trace.traceEvents) };
}

// What costs points: the audits that count and are not passed.
function missed({ audits, categories }) {
  const counted = CATEGORIES.slice(1).flatMap((name) => categories[name].auditRefs);
  return counted
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => id);
}

function loaded({ audits }) {
  const requests = audits["network-requests"].details.items;
  const bytes = requests.reduce((sum, { transferSize }) => sum + (transferSize ?? 0), 0);
  return { requests: requests.length, kilobytes: Math.round(bytes / 102.4) / 10 };
}

export async function measure(browser, url, rounds) {
  const results = [];
  for (let number = 0; number < rounds; number += 1) results.push(await round(browser, url));
  const score = (name) =>
    Math.round(100 * median(results.map(({ categories }) => categories[name].score)));
  const time = (id) => Math.round(median(results.map(({ audits }) => audits[id].numericValue)));
  return {
    ...Object.fromEntries(CATEGORIES.map((name) => [name.replace("-", "_"), score(name)])),
    ...Object.fromEntries(Object.entries(TIMES).map(([name, id]) => [name, time(id)])),
    blocking_by_processor_time_ms: median(results.map(({ times }) => blocking(times))),
    layout_shift: Math.max(
      ...results.map(({ audits }) => audits["cumulative-layout-shift"].numericValue),
    ),
    missed: [...new Set(results.flatMap(missed))],
    ...loaded(results[0]),
  };
}

async function measureAll(asked, email, pages) {
  const browser = await open(asked);
  try {
    await signIn(browser, { ...asked, email });
    const answers = {};
    for (const [name, path] of Object.entries(pages)) {
      answers[name] = await measure(browser, `${asked.site}${path}`, asked.rounds);
    }
    return answers;
  } finally {
    await browser.close();
  }
}

const asked = await told();
const answers = {};
for (const [email, pages] of Object.entries(asked.pages)) {
  Object.assign(answers, await measureAll(asked, email, pages));
}
printed(answers);
