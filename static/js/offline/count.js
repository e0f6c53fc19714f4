// What waits on this phone counts on the page of its day, too: in the dots, in their words, and in
// what the day still asks for. After much pain nothing there leads on to a further session.

import { counts } from "./entries.js";
import { OUT_OF_REACH as OUT } from "./network.js";

const partOf = (words, name) => words.querySelector(`[data-part="${name}"]`);
const tapWords = new WeakMap(); // the button of one tap → its words as the server wrote them

const free = (place) => [...place.querySelectorAll(".dot:not(.dot--done)")];

function mark(place, waiting) {
  for (const dot of place.querySelectorAll(".dot--waits")) dot.classList.remove("dot--waits");
  for (const dot of free(place).slice(0, waiting)) dot.classList.add("dot--waits");
}

// Its words, with how many are done in all.
function say(place, waiting, words) {
  const { done, asked } = place.dataset;
  const said = place.querySelector("[data-waiting-words]");
  const isSaid = Boolean(waiting && words);
  said.hidden = !isSaid;
  place.querySelector(".dots__words").hidden = isSaid;
  if (!isSaid) return;
  const numbers = { n: Number(done) + waiting, asked, waiting };
  said.textContent = partOf(words, waiting === 1 ? "one" : "more").textContent.replace(
    /\{(\w+)\}/g,
    (_, name) => numbers[name],
  );
}

// What a day says of itself that has these dots left: nothing more, or nothing that it asks for.
function stateWith(dots) {
  if (!dots.length) return "full";
  return dots.every((dot) => dot.classList.contains("dot--bonus")) ? "complete" : "";
}

// Where the other link leads, and as far out of reach without a network (network.js).
function leadAs(other, link) {
  link.setAttribute("href", other.getAttribute("href"));
  link.ariaDisabled = other.ariaDisabled;
  link.classList.toggle(OUT, other.classList.contains(OUT));
}

// A day that what waits has made complete says so, as it does with a network.
function offerMore(place, waiting, { words, hurts }) {
  const day = place.closest(".hero");
  const start = day.querySelector(":scope > [data-start]");
  const tap = day.querySelector(":scope > form [data-one-tap]");
  if (!start || !tap || day.querySelector("[data-go-on]:not([hidden])")) return;
  const label = tap.lastChild; // after its icon
  if (!tapWords.has(tap)) tapWords.set(tap, label.textContent);
  const left = free(place);
  const state = stateWith(left.slice(waiting));
  const isOther = state !== stateWith(left);
  for (const ours of day.querySelectorAll(":scope > [data-part]")) ours.remove();
  for (const theirs of [start, ...day.querySelectorAll("[data-day-said]")])
    theirs.hidden = isOther || hurts;
  label.textContent = tapWords.get(tap);
  if (!isOther || hurts || !words) return;
  const said = partOf(words, state).cloneNode(true);
  leadAs(start.querySelector("a") ?? start, said.querySelector("a"));
  label.textContent = said.dataset.tap;
  tap.form.before(said);
}

// ``sessions`` wait; ``hurts``: the last of them asks for rest; ``words``: of
// templates/offline/_notice_day_so_far.html, undefined where they cannot be had.
function count({ detail: { sessions, hurts, words } }) {
  for (const place of document.querySelectorAll("[data-day-so-far]")) {
    const ofDay = sessions.filter(({ day }) => day === place.dataset.daySoFar);
    const waiting = ofDay.filter(counts).length;
    mark(place, waiting);
    say(place, waiting, words);
    offerMore(place, waiting, { words, hurts });
  }
  if (hurts) for (const start of document.querySelectorAll("[data-start]")) start.hidden = true;
}

document.addEventListener("unsent:shown", count);
