// A session that is ticked off, or has ended, is kept on this phone before anything else is tried.
// Then the server is asked who is signed in, and the form is sent as without a script; where that
// cannot be, the session waits on this phone (show.js). Its key makes it one session, whichever way
// it comes, and however often.
//
// Where this phone keeps nothing the page stays, says so, and tries again.

import { say, silence } from "../not-saved.js";
import { answersForm, ask, channel, person } from "../person.js";
import { plainOf } from "./entries.js";
import { add, discard, formIsLost, goesByForm } from "./queue.js";

const FORM = "form[data-session-log]";
const PATIENCE = 6000; // ms; then it waits on this phone
const PAUSES = [5, 15, 30, 60]; // seconds until what is not kept is tried again
const BY_FORM = "goes-by-form";

const mayGo = new WeakSet();
const busy = new WeakSet();
const unkept = new Map(); // form → how often it was tried

export const freshKey = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
  );

// A page that this phone kept is shown many times: each time it is another session.
function renew(form) {
  form.elements.client_id.value = freshKey();
  form.elements.performed_at.value = "";
}

const line = (row) =>
  [".result__name", "[data-said]", "[data-done]", "[data-hurt]"]
    .map((place) => row.querySelector(place).textContent.trim())
    .filter(Boolean)
    .join(" · ");

// Words of it, to be read on this phone while it waits.
function aboutOf(form) {
  const rows = [...form.querySelectorAll("[data-result]")];
  const said = rows.filter((row) => row.querySelector("[name^=result-]:checked"));
  const exercises = rows.length ? said.map(line) : (form.dataset.exercises ?? "").split("\n");
  return {
    whose: document.querySelector("[data-unsent]")?.dataset.whose ?? "",
    exercises: exercises.map((each) => each.trim()).filter(Boolean),
  };
}

function entryOf(form) {
  const { day, on } = form.dataset;
  const { record } = document.body.dataset;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return plainOf(new FormData(form), { record, day, on }, timeZone ?? "");
}

const tell = (what, detail) => document.dispatchEvent(new CustomEvent(what, { detail }));

async function keep(form) {
  form.elements.performed_at.value ||= new Date().toISOString();
  const plain = entryOf(form);
  try {
    await add(plain, aboutOf(form), { byForm: true });
    tell("session:kept", plain);
    return { plain, isKept: true };
  } catch {
    return { plain, isKept: false };
  }
}

async function sendForm(form, { plain, isKept }) {
  silence();
  unkept.delete(form);
  if (isKept) {
    await goesByForm(plain.client_id);
    attempt(() => sessionStorage.setItem(BY_FORM, plain.client_id));
  }
  mayGo.add(form);
  form.requestSubmit();
}

function attempt(what) {
  try {
    return what();
  } catch {
    return undefined; // without storage the entry is sent after a while
  }
}

const askNow = () => (navigator.onLine === false ? { reason: "no-network" } : ask(PATIENCE));

async function take(form) {
  if (busy.has(form)) return;
  busy.add(form);
  const kept = await keep(form);
  const { reason, ...more } = await askNow();
  busy.delete(form);
  if (!reason) return sendForm(form, kept);
  if (kept.isKept) await formIsLost(kept.plain.client_id);
  if (kept.isKept && !form.matches("[data-results]")) renew(form);
  if (!kept.isKept || reason === "closed") say(reason, more);
  if (!kept.isKept) tryLater(form);
  tell("session:waits", { ...kept, reason });
}

function tryLater(form) {
  const tries = unkept.get(form) ?? 0;
  unkept.set(form, tries + 1);
  setTimeout(tryAgain, PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000);
}

function tryAgain() {
  if (document.hidden) return;
  for (const form of unkept.keys()) if (form.isConnected) take(form);
}

// What went by a form is answered by the page that came after it: by the session, by a question, or
// by a message why not. If it is another page, the form was lost on the way.
async function learn() {
  const went = attempt(() => sessionStorage.getItem(BY_FORM));
  attempt(() => sessionStorage.removeItem(BY_FORM));
  const { logged } = document.body.dataset;
  const isAnswered = answersForm || logged === went || document.querySelector(".messages > *");
  if (went) await (isAnswered ? discard(went) : formIsLost(went));
  if (logged && logged !== went) await discard(logged);
}

export const learned = person ? learn().catch(() => undefined) : Promise.resolve();

if (person) {
  if (!answersForm) document.querySelectorAll(FORM).forEach(renew);
  document.addEventListener(
    "submit",
    (event) => {
      const { target: form } = event;
      if (!form.matches(FORM) || mayGo.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      take(form);
    },
    true,
  );
  for (const type of ["online", "focus"]) window.addEventListener(type, tryAgain);
  document.addEventListener(
    "click",
    ({ target }) => target.closest("[data-try-again]") && tryAgain(),
  );
  channel.addEventListener("message", tryAgain); // someone has signed in
}
