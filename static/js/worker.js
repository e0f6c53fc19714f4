// Answers for the site on this phone, also where there is no network. It is built to one file and
// served from the root, with `self.RELEASE` in front of it: offline/release.py.
//
// - What a patient may open is asked of the network first; what is kept is shown where there is none.
// - What the site itself consists of is kept once a release; whose pages are kept, and for how long,
//   the server says (offline:kept).
// - The clinic's side is left alone.
import { sendAll } from "./offline/sync.js";
import { wipeAll } from "./offline/wipe.js";
import { answerFile, answerStatic } from "./worker/files.js";
import { keep, noteSaved } from "./worker/keep.js";
import { answerClinic, answerPage } from "./worker/pages.js";
import { keptFor } from "./worker/kept.js";
import { isClinics, isOfSite, mayBeKept } from "./worker/release.js";
import { dropOldShellsUnlessNeeded, install } from "./worker/shell.js";

const SEND = "send"; // the name of a Background Sync

async function settleIn() {
  await self.registration.navigationPreload?.enable();
  await dropOldShellsUnlessNeeded();
  await self.clients.claim();
}

// What still waits is tried again by the browser: it takes a failure for that.
async function send() {
  const { reason } = await sendAll({ person: await keptFor() });
  if (["no-network", "trouble", "too-many"].includes(reason)) throw new Error(reason);
  await keep({ now: true });
}

const DO = {
  keep: () => keep(),
  send: () => send().catch(() => undefined),
  wipe: wipeAll,
  "take over": () => self.skipWaiting(),
};

function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method !== "GET") return noteSaved();
  if (isClinics(url)) return answerClinic(event);
  if (isOfSite(url)) return event.respondWith(answerStatic(request));
  if (request.mode === "navigate") return answerPage(event, url);
  if (mayBeKept(url)) event.respondWith(answerFile(request));
}

self.addEventListener("install", (event) => install(event));
self.addEventListener("activate", (event) => event.waitUntil(settleIn()));
self.addEventListener("fetch", answer);
self.addEventListener("message", (event) => {
  const act = DO[event.data?.do];
  if (act) event.waitUntil(act());
});
self.addEventListener("sync", (event) => {
  if (event.tag === SEND) event.waitUntil(send());
});
