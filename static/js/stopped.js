// A warning sign may be told in another tab, on another device, or by someone else. A page that
// comes to the front asks the server, and renews itself if the exercises are stopped.
//
// What is heard is remembered on this phone, for pages that are kept on it (offline/stopped.js).
//
// Words that were typed and not sent stay: sending them leads to the notice as well. A script of
// the page may ask too ("stopped:ask"), and take the answer into its own hands ("stopped:answer").

import { stop } from "./offline/stopped.js";

const { record } = document.body.dataset;
const address = document.body.dataset.stoppedUrl;
const PAUSE = 2000; // ms; the window and the page come to the front at the same moment
let askedAt = 0;

const isTyped = (box) => box.value !== box.defaultValue;

async function act(detail) {
  if (detail.stopped && record) await stop(record);
  const event = new CustomEvent("stopped:answer", { detail, cancelable: true });
  const isTaken = !document.dispatchEvent(event);
  if (!detail.stopped || isTaken) return;
  if (![...document.querySelectorAll("textarea")].some(isTyped)) location.reload();
}

async function ask() {
  if (!address || document.hidden || Date.now() < askedAt + PAUSE) return;
  askedAt = Date.now();
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    await act(await answer.json());
  } catch {
    // without a network the page stays as it is
  }
}

document.addEventListener("visibilitychange", ask);
document.addEventListener("stopped:ask", ask);
window.addEventListener("focus", ask);
window.addEventListener("pageshow", (event) => event.persisted && ask());
