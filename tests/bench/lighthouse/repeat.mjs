// A second visit to Today, in bytes as the network carries them: the page, what the worker asks for,
// and the connections themselves. Reads one JSON object from standard input, and prints one.
import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

import { newPage, open, signIn } from "./browser.mjs";
import { printed, told } from "./talk.mjs";

const A_LOOK = 500; // ms
const QUIET = 5000; // ms without a byte: the visit is over

// Everything between the browser and the site goes through here.
function counter(port) {
  const count = { bytes: 0, connections: 0, at: Date.now() };
  const server = createServer((browser) => {
    count.connections += 1;
    const site = connect(port, "localhost");
    site.on("data", ({ length }) => {
      count.bytes += length;
      count.at = Date.now();
    });
    for (const [one, other] of [
      [browser, site],
      [site, browser],
    ]) {
      one.on("error", () => other.destroy());
      one.pipe(other);
    }
  });
  return new Promise((resolve) => {
    server.listen(0, "localhost", () => resolve({ server, count, port: server.address().port }));
  });
}

async function untilQuiet(count) {
  while (Date.now() - count.at < QUIET) await wait(A_LOOK);
}

// What is kept is looked at again every few minutes: those have passed. How many pages are kept.
async function letMinutesPass() {
  let pages = 0;
  for (const name of (await caches.keys()).filter((one) => one.startsWith("kept-"))) {
    const cache = await caches.open(name);
    const list = await (await cache.match("/offline/kept/")).json();
    await cache.put("/offline/kept/", Response.json({ ...list, at: 0 }));
    pages += list.pages.length;
  }
  return pages;
}

const kilobytes = (bytes) => Math.round(bytes / 102.4) / 10;

async function visit(browser, url, count) {
  Object.assign(count, { bytes: 0, connections: 0 });
  const page = await newPage(browser);
  await page.goto(url);
  await untilQuiet(count);
  return { page, kilobytes: kilobytes(count.bytes), connections: count.connections };
}

async function measure(asked) {
  const { server, count, port } = await counter(Number(new URL(asked.site).port));
  const site = `https://localhost:${port}`;
  const url = `${site}${asked.pages[asked.email].today}`;
  const browser = await open(asked);
  try {
    await signIn(browser, { ...asked, site });
    const first = await visit(browser, url, count);
    const kept = await first.page.evaluate(letMinutesPass);
    await first.page.close();
    const second = await visit(browser, url, count);
    return {
      kept_pages: kept,
      first_visit_kilobytes: first.kilobytes,
      repeat_visit_kilobytes: second.kilobytes,
      repeat_visit_connections: second.connections,
    };
  } finally {
    await browser.close();
    server.close();
  }
}

printed(await measure(await told()));
