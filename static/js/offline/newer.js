// A new release of the site waits until the person whose page is open lets it take over: what the
// page was opened with goes on until then. A page that leads a session has no place to say so.
import { noticeWords } from "../notices.js";
import { isUnderWay } from "../under-way.js";

const OFTEN = 10 * 60 * 1000; // ms: a page that comes to the front asks no more often

const place = document.querySelector("[data-newer]");
const channel = new BroadcastChannel("offline");
const { serviceWorker } = navigator;

let worker = serviceWorker?.controller; // the first one takes over from nobody
let isPressed = false;
let askedAt = 0;

async function show() {
  const words = place && (await noticeWords("newer-words"));
  if (words && !place.childElementCount) place.append(words.cloneNode(true));
}

// The first one of all waits a moment, too, and nobody is there that it is newer than.
function lookAt({ waiting, active }) {
  if (waiting && active) show();
}

function follow(registration) {
  const coming = registration.installing;
  coming?.addEventListener("statechange", () => lookAt(registration));
  lookAt(registration);
}

function askAgain(registration) {
  if (document.hidden || Date.now() - askedAt < OFTEN) return;
  askedAt = Date.now();
  registration.update().catch(() => undefined); // no network: the next time, then
}

function takeOver({ waiting, installing }) {
  if (isUnderWay()) {
    place.querySelector("[data-newer-later]").hidden = false;
    return;
  }
  isPressed = true;
  const newer = waiting ?? installing;
  if (newer) newer.postMessage({ do: "take over" });
  else location.reload(); // another tab has let it take over
}

// Another tab may have pressed: this one goes on as it is, and offers the same.
function changeOver() {
  if (isPressed) location.reload();
  else if (worker && worker !== serviceWorker.controller) show();
  worker = serviceWorker.controller;
}

export function watch(registration) {
  follow(registration);
  registration.addEventListener("updatefound", () => follow(registration));
  channel.addEventListener("message", ({ data }) => data.newer && lookAt(registration));
  document.addEventListener("visibilitychange", () => askAgain(registration));
  serviceWorker.addEventListener("controllerchange", changeOver);
  place?.addEventListener(
    "click",
    ({ target }) => target.closest("button") && takeOver(registration),
  );
}
