// Pages: the network first, with patience; then what is kept; then the page that says why not.
import { contactBy, isOurs } from "../offline/wipe.js";
import { keptPage } from "./kept.js";
import { RELEASE } from "./release.js";
import { withoutNetwork } from "./shell.js";

const PATIENCE = 4000; // ms: a network that answers nothing for so long is none, if a page is kept
const DOWN = [502, 503, 504]; // said by a proxy, or by a server that cannot work now

const channel = new BroadcastChannel("offline");
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The browser may have asked already, while it started this worker.
const fromNetwork = async (event) => (await event.preloadResponse) ?? fetch(event.request);

/** Someone else is signed in here, or nobody: what was kept is wiped. Every page hears of it. */
export async function note(response) {
  const wasWiped = await contactBy(response);
  if (wasWiped) channel.postMessage({ wiped: true });
}

async function other(url) {
  const page = await keptPage(url);
  if (page || !RELEASE.leadsToToday.includes(url.pathname)) return page;
  return (await keptPage({ pathname: RELEASE.today, search: "" }))
    ? Response.redirect(RELEASE.today)
    : undefined;
}

// Nor is a network's own page an answer of ours. Where a redirect leads the browser sees for itself.
const isNone = (response) =>
  DOWN.includes(response.status) || (response.type !== "opaqueredirect" && !isOurs(response));

async function choose(answered, url) {
  const kept = await other(url);
  if (!kept) return answered.catch(withoutNetwork);
  const fresh = answered.then((response) => (isNone(response) ? kept : response)).catch(() => kept);
  return Promise.race([fresh, wait(PATIENCE).then(() => kept)]);
}

export function answerPage(event, url) {
  const answered = fromNetwork(event);
  // One that comes too late to be shown still says who is signed in.
  event.waitUntil(answered.then(note).catch(() => undefined));
  event.respondWith(choose(answered, url));
}

/** As if there were no worker. Where the browser has asked already, that answer is the answer. */
export function answerClinic(event) {
  if (event.request.mode === "navigate") event.respondWith(fromNetwork(event));
}
