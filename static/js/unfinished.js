// A session that was begun on this device and not ended: Today offers to go on with it, in the
// place of Start (data-go-on, one for each day that it may belong to). What the server has logged
// is unfinished no more.

import { forgetLogged, sweep, unfinished } from "./session/memory.js";

const { record, logged } = document.body.dataset;

sweep();
if (record && logged) forgetLogged(record, logged);

// One tap would say that all of it was done: how far it went is known better.
function offer(place, { day, programme, done, all }) {
  const far = place.querySelector("[data-how-far]");
  far.textContent = far.dataset.howFar.replace("{left}", all - done).replace("{all}", all);
  const link = place.querySelector("a");
  link.href = link.getAttribute("href").replace(/[^/]+\/$/, `${programme}/`);
  const instead = `[data-start], [data-day="${CSS.escape(day)}"] [data-one-tap]`;
  for (const other of document.querySelectorAll(instead)) other.hidden = true;
  place.hidden = false;
}

const entry = record && unfinished(record);
const place = entry && document.querySelector(`[data-go-on="${CSS.escape(entry.day)}"]`);
if (place) offer(place, entry);
