// What was typed and is not saved is kept in this browser, for the person who typed it and the
// address it is for: only fields that were changed, a day at most, until it is saved or they sign out.
// Mark the form data-kept. docs/adr/0026-what-was-typed-is-kept.md says who could read it.
import { noticeWords } from "./notices.js";
import { answersForm, person } from "./person.js";
import { wipe as wipeSessions, wipeOthers as wipeSessionsOfOthers } from "./session/memory.js";

const PREFIX = "kept:";
const DAY = 24 * 60 * 60 * 1000; // ms
const MINUTE = 60 * 1000; // ms
let mayKeep = Boolean(person);

const keyOf = (form) => {
  const to = new URL(form.getAttribute("action") || location.href, location.href);
  return `${PREFIX}${person}:${to.pathname}${to.search}`;
};

// Without storage (a private window, a full disk) what is typed stands on the page all the same.
function attempt(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}

function read(key) {
  const record = attempt(() => JSON.parse(localStorage.getItem(key)));
  return record && Date.now() - record.at < DAY && record.at <= Date.now() ? record : null;
}

const ours = () =>
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) ?? [];
const drop = (key) => attempt(() => localStorage.removeItem(key));

// What the form held when it was opened or last saved; asked for before the first key is pressed.
const before = new WeakMap();
const skipped = "[type=hidden], [type=file], [type=password], [type=submit]";

const valuesOf = (form) => {
  const all = new FormData(form);
  const names = [...form.elements]
    .filter((field) => field.name && !field.matches(skipped))
    .map((field) => field.name);
  return new Map(names.map((name) => [name, all.getAll(name)]));
};
const isSame = (some, others) =>
  some?.length === others?.length && some.every((value, at) => value === others[at]);

export function settle(form) {
  before.set(form, valuesOf(form));
}

document.addEventListener("focusin", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-kept]") && !before.has(form)) settle(form);
});

// "given-…" says what the page was given: a change of someone else's since is then found.
function changesOf(form) {
  const all = new FormData(form);
  const now = valuesOf(form);
  const names = new Set(answersForm ? keptOf(form).map(([name]) => name) : []);
  for (const [name, values] of now) {
    if (!isSame(values, before.get(form)?.get(name))) names.add(name);
  }
  for (const name of [...names]) if (all.has(`given-${name}`)) names.add(`given-${name}`);
  const changes = [...names].map((name) => [name, all.getAll(name)]);
  const unanswered = offers.get(form)?.isConnected
    ? keptOf(form).filter(([name]) => !names.has(name))
    : [];
  return [...unanswered, ...changes];
}

const keptOf = (form) => read(keyOf(form))?.fields ?? [];

const offers = new WeakMap(); // form → the question whether to put back what is kept of it
const sentAs = new WeakMap(); // form → the name it was sent by; the server says it once it is saved

// ``isLeft``: it is sent as the page is left. The next page is older than that, and takes it in
// without a question.
export function keep(form, { name, isLeft } = {}) {
  if (!mayKeep) return;
  if (name) sentAs.set(form, name);
  const sent = sentAs.get(form) ?? "";
  const fields = changesOf(form);
  if (fields.length) {
    const record = { at: Date.now(), page: location.pathname, sent, isLeft, fields };
    attempt(() => localStorage.setItem(keyOf(form), JSON.stringify(record)));
  }
}

export function forget(form) {
  if (!offers.get(form)?.isConnected) drop(keyOf(form));
}

// After signing out in any tab: nothing of theirs is left, and nothing more is kept from here.
export function wipe() {
  mayKeep = false;
  ours().forEach(drop);
  wipeSessions();
}

// Somebody else is signed in here now: what a patient typed about their exercises goes. Typing of
// colleagues at one computer stays for them.
export function wipeOthers() {
  const isOfAPatient = (key) => key.slice(PREFIX.length).split(":")[1].startsWith("/today/");
  const isOwn = (key) => key.startsWith(`${PREFIX}${person}:`);
  ours()
    .filter((key) => !isOwn(key) && isOfAPatient(key))
    .forEach(drop);
  wipeSessionsOfOthers();
}

export function mayKeepAgain() {
  mayKeep = Boolean(person);
}

const asGiven = ([name]) => name.startsWith("given-");
const isAsKept = (form, [name, values]) => isSame(values, new FormData(form).getAll(name));

// Gives back the values that found no field.
function fill(form, [name, values]) {
  const fields = [...form.elements].filter((field) => field.name === name);
  const left = [...values];
  for (const field of fields) {
    if (field.matches("[type=checkbox], [type=radio]")) {
      field.checked = values.includes(field.value);
    } else if (field.matches("select[multiple]")) {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else {
      field.value = left.shift() ?? "";
    }
  }
  // What the page was given is put back silently: a save before the typing is there would renew it.
  for (const type of asGiven([name]) ? [] : ["input", "change"]) {
    fields.at(-1)?.dispatchEvent(new Event(type, { bubbles: true }));
  }
  return fields.some((field) => field.matches("[type=checkbox], [type=radio], select[multiple]"))
    ? []
    : left;
}

// Gives back the values that found no field.
function fillAll(form, fields) {
  for (const field of fields.filter(asGiven)) fill(form, field);
  return fields
    .filter((field) => !asGiven(field))
    .flatMap((field) => fill(form, field))
    .filter(Boolean);
}

// Lines that have no place on the page any more are shown, to be copied.
function putBack(form, offer, fields) {
  const homeless = fillAll(form, fields);
  if (!homeless.length) return offer.remove();
  for (const part of offer.querySelectorAll("[data-kept-actions], [data-kept-text]")) part.remove();
  showLeft(offer, homeless.join("\n"));
}

export function offerAll() {
  const saved = attempt(() => document.cookie.match(/(?:^|; )saved=([\w-]+)/)?.[1]);
  if (saved) document.cookie = "saved=; path=/; max-age=0; SameSite=Lax";
  for (const key of ours()) {
    const record = read(key);
    if (!record || (saved && record.sent === saved)) drop(key);
  }
  if (!person) return;
  document.querySelectorAll("form[data-kept]").forEach(settle);
  // The answer to a form has on it what was typed.
  if (answersForm) return;
  const forms = [...document.querySelectorAll("form[data-kept]")];
  forms.forEach(offerOrOpen);
  const places = new Set(forms.map(keyOf));
  const own = `${PREFIX}${person}:`;
  ours()
    .filter(
      (key) => key.startsWith(own) && !places.has(key) && read(key)?.page === location.pathname,
    )
    .forEach(showHomeless);
}

// Fields that wait until they are opened have to be there before something is put back.
function offerOrOpen(form) {
  const closed = form.querySelector("details:has(> [data-when-opened])");
  if (!closed) return offer(form);
  if (read(keyOf(form))) closed.open = true;
}

document.addEventListener("part:filled", ({ target }) => {
  const form = target.closest("form[data-kept]");
  if (!form) return;
  settle(form);
  if (person && !answersForm) offer(form);
});

// Its form is gone from this page: taken out, or published since. It can be copied.
async function showHomeless(key) {
  const record = read(key);
  const typed = record?.fields.filter((field) => !asGiven(field)).flatMap(([, values]) => values);
  const text = typed?.filter((value) => /\p{L}{2}/u.test(value)).join("\n");
  if (!text) return drop(key);
  const offer = await wordsOfOffer(record);
  if (!offer) return; // it is kept until the words are there
  offer.querySelector("[data-put-back]").remove();
  showLeft(offer, text);
  offer.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-throw-away]")) return;
    drop(key);
    offer.remove();
  });
  document.querySelector("main").prepend(offer);
}

function showLeft(offer, text) {
  const left = offer.querySelector("[data-kept-left]");
  left.hidden = false;
  left.querySelector(".kept-text").textContent = text;
}

// What of it can be read: numbers and choices say little without their labels.
function wordsOf(form, fields) {
  const isText = (field) =>
    !asGiven(field) &&
    form.querySelector(`:is(textarea, [type=text])[name="${CSS.escape(field[0])}"]`);
  return fields
    .filter(isText)
    .flatMap(([, values]) => values)
    .join("\n");
}

async function wordsOfOffer(record) {
  const words = (await noticeWords("kept-words"))?.cloneNode(true).firstElementChild;
  if (!words) return undefined;
  const when = new Date(record.at).toLocaleString(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  words.querySelector("[data-kept-when]").textContent = when;
  return words;
}

// From then on a form that is saved by itself hears of changes.
const loaded = new Promise((done) => window.addEventListener("load", done));

// Its place is on the page at once: what is typed before the words come does not replace it.
async function offer(form) {
  const record = read(keyOf(form));
  if (record?.isLeft && Date.now() - record.at < MINUTE) {
    if (document.readyState !== "complete") await loaded;
    if (!fillAll(form, record.fields).length) return;
  }
  const fields = record?.fields.filter((field) => !isAsKept(form, field)) ?? [];
  if (fields.every(asGiven)) return forget(form);
  const place = Object.assign(document.createElement("div"), { hidden: true });
  offers.set(form, place);
  form.before(place);
  const words = await wordsOfOffer(record);
  if (!words || !place.isConnected) return;
  const text = wordsOf(form, fields);
  words.querySelector("[data-kept-text]").textContent = text;
  words.querySelector("[data-kept-text]").hidden = !text;
  words.addEventListener("click", ({ target }) => {
    if (target.closest("[data-put-back]")) putBack(form, words, record.fields);
    if (target.closest("[data-throw-away]")) {
      words.remove();
      forget(form);
    }
  });
  offers.set(form, words);
  place.replaceWith(words);
}
