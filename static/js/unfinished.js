// A session that was begun on this device and not ended: Today offers to go on with it, in the
// place of Start (data-go-on, one for each day that it may belong to). What the server has logged
// is unfinished no more. One that was ended without a network is sent as soon as there is one; the
// server knows it by its key, should it have come through after all.

import { answersForm, headers } from "./person.js";
import { forget, forgetLogged, sweep, unfinished, unsent } from "./session/memory.js";

const { record, logged } = document.body.dataset;

sweep();
if (record && logged) forgetLogged(record, logged);

// One tap would say that all of it was done: how far it went is known better.
function offer(place, { day, programme, done, all }) {
  const far = place.querySelector("[data-how-far]");
  far.textContent = far.dataset.howFar.replace("{left}", all - done).replace("{all}", all);
  const link = place.querySelector("a");
  link.href = link.getAttribute("href").replace(/[^/]+\/$/, `${programme}/`);
  const instead = `[data-start], [data-one-tap="${CSS.escape(day)}"]`;
  for (const other of document.querySelectorAll(instead)) other.hidden = true;
  place.hidden = false;
}

function formOf({ clientId, doneAt, programme, on, kept }) {
  const form = new URLSearchParams({ client_id: clientId, programme, page_on: on, guided: "on" });
  if (doneAt) form.set("performed_at", doneAt);
  for (const [item, { went }] of Object.entries(kept.items)) {
    for (const [name, value] of Object.entries(went)) form.set(`${name}-${item}`, value);
  }
  return form;
}

// Whether there was an answer to it. It leads elsewhere, whether the session was taken or refused.
async function send(entry) {
  const said = { method: "POST", body: formOf(entry), redirect: "manual" };
  try {
    const answer = await fetch(`/today/${entry.day}/session/`, {
      ...said,
      headers: { ...headers(), "X-Background": "session" },
    });
    return answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

async function sendAll() {
  let wasSent = false;
  for (const entry of unsent(record)) {
    if (!(await send(entry))) continue;
    forget(record, entry.day);
    wasSent = true;
  }
  if (wasSent) location.reload();
}

if (record && !answersForm && !document.querySelector("[data-session]")) {
  sendAll();
  window.addEventListener("online", sendAll);
}

const entry = record && unfinished(record);
const place = entry && document.querySelector(`[data-go-on="${CSS.escape(entry.day)}"]`);
if (place) offer(place, entry);
