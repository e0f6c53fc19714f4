// What waits on this phone counts on the page of its day, too: in the dots and in their words. After
// much pain nothing there leads on to a further session.

import { counts } from "./entries.js";

function mark(place, waiting) {
  const free = [...place.querySelectorAll(".dot:not(.dot--done)")];
  for (const dot of place.querySelectorAll(".dot--waits")) dot.classList.remove("dot--waits");
  for (const dot of free.slice(0, waiting)) dot.classList.add("dot--waits");
}

// Its words, with how many are done in all.
function say(place, waiting) {
  const { done, one, more } = place.dataset;
  const said = place.querySelector("[data-waiting-words]");
  said.hidden = !waiting;
  place.querySelector(".dots__words").hidden = Boolean(waiting);
  if (!waiting) return;
  const all = Number(done) + waiting;
  said.textContent = (waiting === 1 ? one : more).replace("{n}", all).replace("{waiting}", waiting);
}

export function countOnToday(sessions, { hurts }) {
  for (const place of document.querySelectorAll("[data-day-so-far]")) {
    const ofDay = sessions.filter(({ day }) => day === place.dataset.daySoFar);
    const waiting = ofDay.filter(counts).length;
    mark(place, waiting);
    say(place, waiting);
  }
  if (hurts) for (const start of document.querySelectorAll("[data-start]")) start.hidden = true;
}
