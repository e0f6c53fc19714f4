// A led session: what keeps a slow processor busy, and how far it is from the clock after a long
// time in a hidden tab. Reads one JSON object from standard input, and prints one.
import { setTimeout as wait } from "node:timers/promises";

import { Course } from "../../../static/js/session/course.js";
import { press } from "../../../static/js/session/presses.js";
import { newPage, open, signIn } from "./browser.mjs";
import { printed, told } from "./talk.mjs";
import { LONG, processorTimes, SLOWER } from "./trace.mjs";

const A_LOOK = 500; // ms
const READY = '[data-press="ready"]';

const seconds = (ms) => Math.round(ms) / 1000;

// --- long tasks

// What takes longer than 50 ms is told by the browser itself.
function watch() {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      window.longTasks.push({ at: startTime, ms: duration });
    }
  }).observe({ type: "longtask" });
}

const stateOf = (page) => page.$eval("[data-session]", ({ dataset }) => dataset.state);
const nowOf = (page) => page.evaluate(() => performance.now());

async function opened(browser, url) {
  const page = await newPage(browser);
  await page.evaluateOnNewDocument(watch);
  await page.goto(url, { waitUntil: "networkidle0" });
  await wait(3000); // what only opening takes is Lighthouse's business
  return page;
}

// Each exercise begins as soon as the page waits for it.
async function goThrough(page, long) {
  const states = new Set();
  for (let waited = 0; waited < long; waited += A_LOOK) {
    const state = await stateOf(page);
    states.add(state);
    if (state === "ready") await page.tap(READY);
    if (state === "end") break;
    await wait(A_LOOK);
  }
  return [...states];
}

async function onASlowProcessor(browser, { site, session, led_seconds }) {
  const page = await opened(browser, `${site}${session}`);
  await page.emulateCPUThrottling(SLOWER);
  const began = await nowOf(page);
  const states = await goThrough(page, 1000 * led_seconds);
  const tasks = await page.evaluate(
    (from) => window.longTasks.filter(({ at }) => at >= from),
    began,
  );
  const ended = await nowOf(page);
  await page.close();
  return {
    seconds: Math.round((ended - began) / 1000),
    states,
    long_tasks: tasks.length,
    longest_ms: Math.max(0, ...tasks.map(({ ms }) => ms)),
  };
}

// The same, by the processor time of each task.
async function byProcessorTime(browser, { site, session, led_seconds }) {
  const page = await opened(browser, `${site}${session}`);
  await page.tracing.start({ categories: ["-*", "disabled-by-default-devtools.timeline"] });
  await goThrough(page, 1000 * led_seconds);
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const times = processorTimes(traceEvents);
  await page.close();
  return {
    tasks: times.length,
    long_tasks: times.filter((ms) => ms > LONG).length,
    longest_ms: Math.round(Math.max(0, ...times)),
  };
}

// --- drift

// When the page went on to which step.
function note() {
  window.steps = [];
  const press = () => window.steps.push({ at: performance.now() });
  addEventListener("click", press, { capture: true, once: true });
  addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector("[data-session]");
    const write = () => {
      const { state, phase } = root.dataset;
      const last = window.steps.at(-1);
      if (last?.state === state && last?.phase === phase) return;
      window.steps.push({ at: performance.now(), state, phase });
    };
    const attributes = ["data-state", "data-phase"];
    new MutationObserver(write).observe(root, { attributeFilter: attributes });
  });
}

// The same session by the plan alone, with a clock that is always looked at in time.
function ideal(plan, long) {
  const steps = [];
  const course = new Course(plan, () => undefined);
  press(course, "ready", 0);
  while (course.isRunning && course.endsAt <= long) {
    const { endsAt } = course;
    course.tick(endsAt, 0);
    steps.push({ at: endsAt, state: course.state, phase: course.step?.phase ?? "" });
  }
  return steps;
}

// How late each step was shown, against the nearest such step of the plan. A page that is looked at
// late passes over what is over by then. The first ones are the press, and what it began.
function lateness([pressed, _count, ...shown], planned) {
  return shown.map(({ at, state, phase }) => {
    const such = planned.filter((step) => step.state === state && step.phase === phase);
    const late = such.map((step) => at - pressed.at - step.at);
    return { at, late: late.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] };
  });
}

async function inAHiddenTab(browser, { site, long_session, hidden_seconds, seen_seconds }) {
  const page = await newPage(browser);
  await page.evaluateOnNewDocument(note);
  await page.goto(`${site}${long_session}`, { waitUntil: "networkidle0" });
  const plan = await page.$eval("#session-plan", ({ textContent }) => JSON.parse(textContent));
  await page.evaluate(() => window.steps.splice(0));
  await page.tap(READY);
  await wait(1000);
  const other = await newPage(browser);
  await other.bringToFront();
  const hiddenAt = await page.evaluate(() => [performance.now(), document.visibilityState]);
  await wait(1000 * hidden_seconds);
  await page.bringToFront();
  const seenAt = await page.evaluate(() => performance.now());
  await wait(1000 * seen_seconds);
  const shown = await page.evaluate(() => window.steps);
  const planned = ideal(plan, 1000 * (hidden_seconds + seen_seconds + 60));
  const late = lateness(shown, planned);
  const after = late.filter(({ at }) => at > seenAt + 1000);
  // A clock that is wrong shows every step late; a busy machine shows some of them late.
  const latest = (steps) => seconds(Math.max(...steps.map((step) => step.late)));
  const least = (steps) => seconds(Math.min(...steps.map((step) => Math.abs(step.late))));
  return {
    was: hiddenAt[1],
    hidden_seconds: Math.round((seenAt - hiddenAt[0]) / 1000),
    steps_shown: late.length,
    latest_while_hidden_s: latest(late.filter((step) => !after.includes(step))),
    steps_after: after.length,
    latest_after_s: latest(after),
    drift_s: least(after),
  };
}

async function as(asked, email, measure) {
  const browser = await open(asked);
  try {
    await signIn(browser, { ...asked, email });
    return await measure(browser, asked);
  } finally {
    await browser.close();
  }
}

const asked = await told();
printed({
  slow_processor: await as(asked, asked.email, onASlowProcessor),
  by_processor_time: await as(asked, asked.email, byProcessorTime),
  hidden_tab: await as(asked, asked.email_of_long_session, inAHiddenTab),
});
