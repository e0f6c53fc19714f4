// What of one's own sessions is on this phone only: said on every page, with what can be done about
// it. The words stand in templates/offline/_notice_unsent.html.
//
// data-unsent is where they go. A page that may be renewed once something was sent says so there
// (data-renews), and so does one on which "how was it?" can be asked (data-asks).

import { isUnderWay } from "../under-way.js";
import { say as sayNotSaved } from "../not-saved.js";
import { noticeWords } from "../notices.js";
import { ask, headers, person } from "../person.js";
import { feelingOf, isMuchPain, isSoonAfterOther, whenOf } from "./entries.js";
import { refusedOf, reword, takeBack, waiting } from "./queue.js";
import { sendNow } from "./sending.js";

const box = document.querySelector("[data-unsent]");
const mayAsk = box?.dataset.asks !== undefined;
const muchPain = document.querySelector("template[data-much-pain]")?.content;
const language = document.documentElement.lang || "en-GB";
const channel = new BroadcastChannel("offline");
const sentTo = new Map(); // client_id → the session's page, once the server has it
let why = ""; // the last reason why something could not be sent
let isTyped = false; // about how it was, and not saved
let justDone = ""; // its client_id
let again; // the timer of showAndSend
let asked = ""; // the client_id of the one whose questions are open

let words; // of all parts; undefined until they are needed
let questions;
let daySoFar;

const part = (name) => words.querySelector(`[data-part="${name}"]`).cloneNode(true);

function put(place, name, text) {
  for (const one of place.querySelectorAll(`[data-${name}]`)) {
    if (text) one.textContent = one.dataset[name].replace("{n}", text) || text;
    else one.remove();
  }
}

// Said where it could be somebody else's: there are several records, or this page is another's.
const nameOf = ({ plain, about = {} }) =>
  box.dataset.several !== undefined || plain?.record !== document.body.dataset.record
    ? about.whose
    : "";

function lines(place, exercises) {
  const list = place.querySelector("[data-exercises]");
  list.append(
    ...exercises.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
}

// --- one that waits

function one(entry, _index, entries) {
  const shown = part("one");
  const { plain, about = {}, client_id, saved_at } = entry;
  shown.dataset.clientId = client_id;
  put(shown, "when", plain ? whenOf(plain, language) : new Date(saved_at).toLocaleString(language));
  put(shown, "whose", nameOf(entry));
  const count = plain?.results?.length ?? about.exercises?.length;
  put(shown, "count", count ? String(count) : "");
  const soon = shown.querySelector("[data-soon]");
  const plains = entries.map((other) => other.plain).filter(Boolean);
  if (!plain || !isSoonAfterOther(plain, plains, Number(soon.dataset.soon))) soon.remove();
  if (!plain) shown.querySelector("[data-do]").parentElement.remove();
  const ask = shown.querySelector("[data-do=ask]");
  if (!mayAsk || asked === client_id) ask?.remove();
  if (plain && mayAsk && asked === client_id) shown.append(feeling(plain));
  return shown;
}

function feeling({ pain_after, effort, note }) {
  const form = questions.querySelector("form").cloneNode(true);
  const said = { pain_after, effort };
  for (const field of form.querySelectorAll("[type=radio]")) {
    field.defaultChecked = field.value === String(said[field.name] ?? "") && field.value !== "";
  }
  form.elements.note.defaultValue = note;
  form.elements.csrfmiddlewaretoken.value = headers()["X-CSRFToken"];
  return form;
}

// --- one that was refused

function refused(entry) {
  const { plain, about = {}, client_id, reason } = entry;
  const shown = part("refused");
  shown.dataset.clientId = client_id;
  put(shown, "when", whenOf(plain, language));
  put(shown, "whose", nameOf(entry));
  shown.querySelector("[data-why]").textContent =
    reason || shown.querySelector("[data-why]").dataset.why;
  lines(shown, about.exercises ?? []);
  put(shown, "pain", plain.pain_after === null ? "" : String(plain.pain_after));
  put(shown, "note", plain.note);
  return shown;
}

// --- all of them

const isToday = ({ on }) => on === new Date().toLocaleDateString("sv");

// As far as the server knows.
function firstPainOn(day) {
  const place = document.querySelector(`[data-day-so-far="${CSS.escape(day)}"]`);
  return place?.dataset.firstPain ? Number(place.dataset.firstPain) : null;
}

// The last one, if it is of today or was done a moment ago.
function hurtsMuch(sessions) {
  const last = sessions.at(-1);
  if (!last || !(isToday(last) || last.client_id === justDone)) return false;
  const { painHigh, painRise } = box.dataset;
  const ofDay = sessions.filter(({ day }) => day === last.day);
  const first = firstPainOn(last.day);
  return isMuchPain(ofDay, { high: Number(painHigh), rise: Number(painRise), first });
}

function waitingPart(entries) {
  const shown = part("waiting");
  const reason = ["signed-out", "other-person", "closed"].includes(why) ? why : "";
  for (const line of shown.querySelectorAll("[data-reason]")) {
    if (line.dataset.reason !== reason) line.remove();
  }
  const signIn = shown.querySelector("[data-sign-in]");
  signIn?.setAttribute("href", `${signIn.pathname}?next=${encodeURIComponent(location.pathname)}`);
  shown.querySelector("[data-list]").append(...entries.map(one));
  return shown;
}

// What goes with a form just now does not wait: the page that comes next says what became of it.
// A browser that was closed in that moment has no such page, so it is looked at again.
function shownOf(sessions) {
  const left = ({ by_form_until = 0 }) => by_form_until - Date.now(); // ms
  const going = sessions.filter((entry) => left(entry) >= 0);
  clearTimeout(again);
  if (going.length) again = setTimeout(showAndSend, Math.max(...going.map(left)) + 1);
  return sessions.filter((entry) => left(entry) < 0);
}

async function showAndSend() {
  await show();
  sendNow();
}

async function read() {
  const isSession = ({ kind }) => kind === "session";
  try {
    const [queue, back] = await Promise.all([waiting(person), refusedOf(person)]);
    return { queue: shownOf(queue.filter(isSession)), back: back.filter(isSession) };
  } catch {
    return { queue: [], back: [] }; // without storage there is nothing
  }
}

// Read again once the words are there: it may have been sent meanwhile.
async function readWithWords() {
  const left = await read();
  if (words || !(left.queue.length || left.back.length)) return left;
  words = await noticeWords("unsent-words");
  questions = await noticeWords("feeling-words");
  daySoFar = await noticeWords("day-so-far-words");
  return read();
}

// Without words, as much as the page itself can say.
function said({ queue, back }) {
  if (!words && (queue.length || back.length)) return [box.dataset.short];
  const parts = back.map(refused);
  return queue.length ? [waitingPart(queue), ...parts] : parts;
}

const tell = (detail) => document.dispatchEvent(new CustomEvent("unsent:shown", { detail }));

export async function show() {
  const left = await readWithWords();
  const plains = left.queue.map(({ plain }) => plain).filter(Boolean);
  const parts = said(left);
  const hurts = Boolean(muchPain) && hurtsMuch(plains);
  if (hurts) parts.unshift(muchPain.firstElementChild.cloneNode(true));
  box.replaceChildren(...parts);
  box.hidden = !parts.length;
  tell({ sessions: plains, hurts, words: daySoFar });
}

// --- presses

async function undo(client_id) {
  const wasThere = await takeBack(client_id);
  if (!wasThere && sentTo.has(client_id)) return location.assign(sentTo.get(client_id));
  await show();
  sendNow();
}

const presses = {
  ask: async (client_id) => {
    asked = client_id;
    await show();
    box.querySelector("[data-feeling] input")?.focus();
  },
  undo,
  "put-away": undo,
  send: () => sendNow(),
};

function pressed({ target }) {
  const button = target.closest("[data-unsent] [data-do]");
  presses[button?.dataset.do]?.(button.closest("[data-client-id]")?.dataset.clientId);
}

// Sent meanwhile, it is said to the session's own page, as with a network.
async function say(form) {
  const client_id = form.closest("[data-client-id]").dataset.clientId;
  if (await reword(client_id, feelingOf(new FormData(form)))) {
    asked = "";
    isTyped = false;
    await show();
    box.querySelector("[data-heading]")?.focus();
  } else if (sentTo.has(client_id)) {
    form.action = sentTo.get(client_id);
    form.dataset.kept = "";
    form.requestSubmit();
  }
}

function submitted(event) {
  const { target: form } = event;
  if (!form.matches("[data-feeling]") || form.dataset.kept !== undefined) return;
  event.preventDefault();
  say(form);
}

// --- what comes of it

async function waits({ plain, isKept, reason }) {
  why = reason;
  if (!isKept) return;
  justDone = plain.client_id;
  asked = mayAsk ? plain.client_id : "";
  await show();
  box.querySelector("[data-heading]")?.focus();
  box.scrollIntoView({ block: "nearest" });
}

function answered(answers) {
  for (const { client_id, session } of answers) if (session) sentTo.set(client_id, session);
  const ended = document.querySelector("[data-session]")?.lead;
  if (ended?.isOver && sentTo.has(ended.clientId)) {
    if (!isTyped) location.assign(sentTo.get(ended.clientId));
  } else if (isUnderWay()) return;
  else if (box.dataset.renews !== undefined && answers.some(isTaken)) location.reload();
  else show();
}

const isTaken = ({ answer }) => answer !== "refused";

// Who closed the page, and whom to call.
async function sayClosed() {
  const { reason, ...more } = await ask();
  if (reason) sayNotSaved(reason, more);
}

async function came({ answered: answers, reason }) {
  why = reason;
  if (reason === "closed") sayClosed();
  if (answers.length) answered(answers);
  else if (!isUnderWay()) await show();
}

if (box && person) {
  show();
  document.addEventListener("click", pressed);
  document.addEventListener("input", ({ target }) => {
    isTyped ||= Boolean(target.closest("[data-feeling], [data-results]"));
  });
  document.addEventListener("submit", submitted, true);
  document.addEventListener("session:waits", ({ detail }) => waits(detail));
  document.addEventListener("offline:came", ({ detail }) => came(detail));
  channel.addEventListener("message", ({ data }) => data.answered && answered(data.answered));
}
