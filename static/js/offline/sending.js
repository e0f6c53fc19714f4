// When what waits on this phone is sent: on the next visit, when there is a network again, when the
// page comes to the front, when somebody has signed in, and again after a failure. The worker sends
// it too, where the browser can wake it.

import { answersForm, channel, person } from "../person.js";
import { unanswered } from "./queue.js";
import { sendAll } from "./sync.js";
import { learned } from "./take-over.js";

const PAUSES = [5, 15, 30, 60, 120, 300]; // seconds until it is tried again
const AGAIN = ["no-network", "trouble", "too-many"];
let tries = 0;
let timer;
let isSending = false;

function tryLater({ reason, seconds }) {
  clearTimeout(timer);
  if (!AGAIN.includes(reason)) return;
  const pause = seconds ?? PAUSES[Math.min(tries, PAUSES.length - 1)];
  tries += 1;
  timer = setTimeout(() => document.hidden || send(), pause * 1000);
}

// What came of it is told as "offline:came"; nothing where nothing waits.
export async function send() {
  if (isSending || !(await unanswered(person)).length) return;
  isSending = true;
  const came = await sendAll({ person }).catch(() => ({ answered: [], reason: "trouble" }));
  isSending = false;
  if (!came.reason) tries = 0;
  tryLater(came);
  document.dispatchEvent(new CustomEvent("offline:came", { detail: came }));
}

export function sendNow() {
  tries = 0;
  return send().catch(() => undefined); // without storage nothing waits
}

// The browser wakes the worker when there is a network, also with no page open.
export async function askToBeWoken() {
  try {
    const registration = await navigator.serviceWorker?.ready;
    await registration?.sync?.register("send");
  } catch {
    // it is sent on the next visit
  }
}

async function begin() {
  await learned;
  if (!answersForm) await sendNow();
}

if (person) {
  begin().catch(() => undefined);
  for (const type of ["online", "focus"]) window.addEventListener(type, sendNow);
  document.addEventListener("visibilitychange", () => document.hidden || sendNow());
  channel.addEventListener("message", sendNow);
  document.addEventListener("session:waits", askToBeWoken);
}
