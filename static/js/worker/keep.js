// Keeps what the server lists for this person, and nothing else: what is new or has changed is
// fetched, what is listed no longer is dropped.
import { put } from "../offline/store.js";
import { isOurs } from "../offline/wipe.js";
import { cacheOf, isPage, keptFor, LIST, listIn, writeList } from "./kept.js";
import { note } from "./pages.js";
import { isOfSite, RELEASE } from "./release.js";
import { addFile, dropOldShells, fromShell } from "./shell.js";

const AT_ONCE = 2; // requests
const A_WHILE = 3 * 60 * 1000; // ms: kept again so often, at most, while nothing is sent
const PATIENCE = 30_000; // ms, for each request
const isTrouble = (status) => status === 429 || status >= 500;
const PHOTO = /\/photos\//;

let last = Promise.resolve(); // one after the other
let wasSaved = false; // something was sent since: what is kept may be out of date

export function noteSaved() {
  wasSaved = true;
}

const ask = (url) =>
  fetch(url, {
    headers: { "X-Background": "keep" },
    cache: "no-store",
    signal: AbortSignal.timeout?.(PATIENCE),
  });

const signedIn = (response) => response.headers.get("X-Signed-In");

// Files of the site that a page names and this release has not: those of a newer one.
async function fetchFilesOf(page, cache) {
  const named = (await page.text()).matchAll(/["'](\/[^"'#\s]+)/g);
  const files = new Set([...named].map(([, url]) => url).filter(isFile));
  for (const url of files) {
    if (!(await fromShell(url)) && !(await cache.match(url))) await addFile(cache, url);
  }
  return [...files];
}

const isFile = (pathname) => isOfSite({ pathname });

/** One listed page, as it is written into the list; null where it is not theirs any more. */
async function fetchOne({ cache, person }, page) {
  const response = await ask(page.url);
  if (isTrouble(response.status) || !isOurs(response))
    throw new Error("what is kept stays until the server can say");
  const isTheirs = signedIn(response) === person;
  if (response.status !== 200 || response.redirected || !isTheirs) return null;
  const files = isPage(response) ? await fetchFilesOf(response.clone(), cache) : [];
  const release = isPage(response) ? RELEASE.release : "";
  await cache.put(page.url, response);
  return { ...page, files, release };
}

// Two at a time, so that a page that is being opened never waits for what is only kept.
async function fetchAll(kept, pages, write) {
  const left = [...pages];
  const one = async () => {
    for (let page = left.shift(); page; page = left.shift()) {
      await write(page, await fetchOne(kept, page));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function dropUnlisted(cache, pages) {
  const listed = new Set([LIST, ...pages.flatMap(({ url, files = [] }) => [url, ...files])]);
  for (const { url } of await cache.keys()) {
    const { pathname, search } = new URL(url);
    if (!listed.has(pathname + search)) await cache.delete(url);
  }
}

// A page that was kept under another release; files have none.
const isOlder = ({ release }) => release && release !== RELEASE.release;
const isSame = (page, had) => had?.mark === page.mark && !isOlder(had);

async function bring(kept, listed) {
  const had = new Map((await listIn(kept.cache)).pages.map((page) => [page.url, page]));
  const stands = new Map();
  for (const page of listed) {
    if (had.has(page.url)) stands.set(page.url, { ...had.get(page.url), as: page.as, on: page.on });
  }
  const write = (at = 0) => writeList(kept.cache, { at, pages: [...stands.values()] });
  await write();
  await dropUnlisted(kept.cache, [...stands.values()]);
  const changed = listed.filter((page) => !isSame(page, had.get(page.url)));
  await fetchAll(kept, changed, (page, entry) => {
    if (entry) stands.set(page.url, entry);
    else stands.delete(page.url);
    return write();
  });
  await dropUnlisted(kept.cache, [...stands.values()]);
  await write(Date.now());
}

const toBeKept = (pages) =>
  self.navigator.connection?.saveData ? pages.filter(({ url }) => !PHOTO.test(url)) : pages;

async function renew() {
  wasSaved = false;
  const response = await ask(LIST);
  await note(response);
  if (!response.ok) return;
  const { person, pages } = await response.json();
  if (!person || signedIn(response) !== person) return;
  await put("facts", { name: "person", value: person });
  await bring({ person, cache: await cacheOf(person) }, toBeKept(pages));
  await dropOldShells(); // every page that is kept has been fetched under this release
}

async function isRecent() {
  const person = await keptFor();
  if (!person || wasSaved) return false;
  const { at, pages } = await listIn(await cacheOf(person));
  if (pages.some(isOlder)) return false;
  return at <= Date.now() && Date.now() - at < A_WHILE;
}

async function renewIfDue() {
  if (!(await isRecent())) await renew();
}

/** `now`: something was sent, so what is kept is out of date. */
export function keep({ now = false } = {}) {
  if (now) wasSaved = true;
  last = last.then(renewIfDue).catch(() => undefined); // no network, no room: what is kept stays
  return last;
}
