// A page left open overnight shows yesterday. Coming back to it on another date fetches it again.
//
// The server says for how many seconds the patient's day goes on (data-day-ends-in on the body,
// only where the page was fetched, never where it answers a form), so neither this phone's clock
// nor its time zone has a say. Nothing is fetched while something is under way (under-way.js), nor,
// on a page to exercise by (data-exercising), for half an hour after it was last looked at: screens
// go dark during a session. The server takes a tick from there for the day before, or asks.

import { isUnderWay } from "./under-way.js";

const HALF_AN_HOUR = 30 * 60 * 1000; // ms
const A_PRESS = 300; // ms; the press that brought the window to the front is answered first

const loadedAt = Date.now();
const endsAt = loadedAt + Number(document.body.dataset.dayEndsIn) * 1000; // NaN on other pages
let lastSeenAt = loadedAt;
let isLeaving = false;

function mayExercise() {
  return document.querySelector("[data-exercising]") && Date.now() < lastSeenAt + HALF_AN_HOUR;
}

function renew() {
  // Without a network the old page is better than none.
  if (isLeaving || document.hidden || !navigator.onLine) return;
  if (mayExercise() || isUnderWay()) return;
  isLeaving = true;
  location.reload();
}

function comeBack() {
  if (!document.hidden && Date.now() >= endsAt) setTimeout(renew, A_PRESS);
}

function lookAway() {
  lastSeenAt = Date.now();
}

document.addEventListener("visibilitychange", () => (document.hidden ? lookAway() : comeBack()));
window.addEventListener("blur", lookAway);
window.addEventListener("focus", comeBack);
window.addEventListener("pagehide", lookAway);
window.addEventListener("pageshow", (event) => event.persisted && comeBack());
