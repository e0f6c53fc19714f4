// A page left open overnight shows yesterday. Coming back to it on another date fetches it again.
//
// The server says for how many seconds the patient's day goes on (data-day-ends-in on the body,
// only where the page was fetched, never where it answers a form), so neither this phone's clock
// nor its time zone has a say. Nothing is fetched while something is under way:
// - a form in which something was changed, or which is being sent;
// - anything marked data-under-way, which a script may set, as a guided session does;
// - on a page to exercise by (data-exercising), half an hour after it was last looked at: screens
//   go dark during a session. The server takes a tick from there for the day before, or asks.

const HALF_AN_HOUR = 30 * 60 * 1000; // ms
const A_PRESS = 300; // ms; the press that brought the window to the front is answered first

const loadedAt = Date.now();
const endsAt = loadedAt + Number(document.body.dataset.dayEndsIn) * 1000; // NaN on other pages
let lastSeenAt = loadedAt;
let isLeaving = false;

function isChanged(field) {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("input, textarea")) return field.value !== field.defaultValue;
  const options = [...(field.options ?? [])];
  const hasDefault = options.some((option) => option.defaultSelected);
  return hasDefault && options.some((option) => option.selected !== option.defaultSelected);
}

// Something is under way, or was changed and not sent.
export function isBeingFilledIn() {
  if (document.querySelector("[data-under-way], form[data-sent], [data-not-saved]:not(:empty)")) {
    return true;
  }
  return [...document.forms].some((form) => [...form.elements].some(isChanged));
}

function isUnderWay() {
  const mayExercise = document.querySelector("[data-exercising]");
  return (mayExercise && Date.now() < lastSeenAt + HALF_AN_HOUR) || isBeingFilledIn();
}

function renew() {
  // Without a network the old page is better than none.
  if (isLeaving || document.hidden || !navigator.onLine || isUnderWay()) return;
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
