// What phones get where the worker is switched off (WORKER=off): it answers nothing, throws away
// what was kept, and takes itself away. Sessions that are not sent yet stay: pages send them.
import { wipePages } from "./offline/wipe.js";

async function goAway() {
  await wipePages();
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(goAway()));
