// What is kept for the person whose phone this is: a cache of their own, with a list of it inside.
//
// Our pages say no-store, and mean every cache between us and this phone, and the browser's own.
// This one asks nobody: it is written and wiped by us alone, and holds only what the server lists.
import { isStoppedOn, noticeOf } from "../offline/stopped.js";
import { get } from "../offline/store.js";

export const LIST = "/offline/kept/";
const NONE = { at: 0, pages: [] };

export const cacheOf = (person) => caches.open(`kept-${person}`);

/** For whom pages are kept; "" for nobody. */
export async function keptFor() {
  const fact = await get("facts", "person").catch(() => undefined);
  return fact?.value ?? "";
}

export async function listIn(cache) {
  const list = await cache.match(LIST);
  return list ? list.json() : NONE;
}

export const writeList = (cache, list) => cache.put(LIST, Response.json(list));

// The date on this phone, as the server writes dates.
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// The same, without the address that it was fetched from, and unpacked as it is kept.
async function plain(response) {
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(await response.blob(), { headers });
}

async function ours() {
  const person = await keptFor();
  return person ? cacheOf(person) : undefined;
}

/** The page that is kept for this address, and for this date where it is about one. */
export async function keptPage({ pathname, search }) {
  const cache = await ours();
  if (!cache) return undefined;
  const { pages } = await listIn(cache);
  const asked = pathname + search;
  const fitting = pages.filter(
    ({ url, as = url, on = today() }) => [as].flat().includes(asked) && on === today(),
  );
  const page = fitting.find(({ on }) => on) ?? fitting[0];
  const found = page && (await cache.match(page.url, { ignoreVary: true }));
  const shown = found && (await unlessStopped(found, cache));
  return shown && plain(shown);
}

// After a warning sign the notice, and in no case the exercises.
async function unlessStopped(page, cache) {
  const record = await isStoppedOn(page);
  return record ? cache.match(noticeOf(record), { ignoreVary: true }) : page;
}

/** A picture, a motion, a photo: never a page, which is asked of the network first. */
export async function keptFile(request) {
  const found = await (await ours())?.match(request.url, { ignoreVary: true });
  return isPage(found) ? undefined : found;
}

export const isPage = (response) =>
  Boolean(response?.headers.get("Content-Type")?.startsWith("text/html"));
