// One notice says why something was not saved, in the words of offline/notices.html: until they are
// there, that it was not. Nothing on the page says "saved" meanwhile: mark such words data-saved.
import { noticeWords } from "./notices.js";

const box = () => document.querySelector("[data-not-saved]");
let reason = "";
const covered = new WeakMap(); // words that said "saved" → what they said

export const why = () => reason;

export function nothingSaysSaved() {
  if (!reason) return;
  for (const words of document.querySelectorAll("[data-saved]")) {
    if (!covered.has(words)) covered.set(words, words.textContent);
    words.textContent = box().dataset.short;
    words.classList.add("is-not-saved");
  }
}

// Whom to call, where a clinic has closed the page; without a number its name alone.
function nameClinic(words, clinic) {
  for (const place of words.querySelectorAll("[data-clinic]")) place.textContent = clinic.name;
  for (const link of words.querySelectorAll("[data-clinic-number]")) {
    link.textContent = clinic.number;
    if (clinic.number) link.href = clinic.href;
  }
}

// The words of a reason in the notice that all share; what can be done about it stands below them.
function noticeOf(what, words) {
  const said =
    words.querySelector(`[data-reason="${what}"]`) ?? words.querySelector("[data-reason=trouble]");
  const notice = words.firstElementChild.cloneNode(true);
  const parts = [...said.cloneNode(true).childNodes];
  const ways = parts.filter(({ localName }) => localName === "p");
  notice.querySelector("[data-words]").append(...parts.filter((part) => !ways.includes(part)));
  notice.querySelector(".notice__text").append(...ways);
  const lead = notice.querySelector("[data-lead]");
  if (said.dataset.withoutLead === undefined) lead.textContent = `${box().dataset.lead}.`;
  else lead.remove();
  for (const place of notice.querySelectorAll("[data-own]")) place.textContent = box().dataset.own;
  for (const link of notice.querySelectorAll("[data-help]")) link.href = box().dataset.help;
  return notice;
}

function sayShortly() {
  if (box().childElementCount) return; // what is said already is better than less
  const notice = document.createElement("p");
  notice.className = "notice notice--stop";
  notice.textContent = `${box().dataset.lead}.`;
  box().replaceChildren(notice);
}

async function sayWhy(what, { name = "", clinic }) {
  const words = await noticeWords("not-saved-words");
  if (reason !== what) return; // by now there is another, or none
  if (!words) return sayShortly();
  const notice = noticeOf(what, words);
  for (const place of notice.querySelectorAll("[data-name]")) {
    place.textContent = name || place.textContent;
  }
  if (clinic) nameClinic(notice, clinic);
  if (notice.outerHTML !== box().firstElementChild?.outerHTML) box().replaceChildren(notice);
}

export function say(what, more = {}) {
  if (!box()) return;
  reason = what;
  nothingSaysSaved();
  sayWhy(what, more);
}

export function silence() {
  reason = "";
  box()?.replaceChildren();
  for (const words of document.querySelectorAll("[data-saved].is-not-saved")) {
    words.textContent = covered.get(words);
    words.classList.remove("is-not-saved");
    covered.delete(words);
  }
}
