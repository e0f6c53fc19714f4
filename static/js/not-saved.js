// One notice says why something was not saved. Its words stand in components/not_saved.html.
// Nothing on the page says "saved" meanwhile: mark such words data-saved.

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
function noticeOf(what) {
  const words = document.querySelector("template[data-not-saved-words]").content;
  const said =
    words.querySelector(`[data-reason="${what}"]`) ?? words.querySelector("[data-reason=trouble]");
  const notice = words.firstElementChild.cloneNode(true);
  const parts = [...said.cloneNode(true).childNodes];
  const ways = parts.filter(({ localName }) => localName === "p");
  notice.querySelector("[data-words]").append(...parts.filter((part) => !ways.includes(part)));
  notice.querySelector(".notice__text").append(...ways);
  if (said.dataset.withoutLead !== undefined) notice.querySelector("[data-lead]").remove();
  return notice;
}

export function say(what, { name = "", clinic } = {}) {
  if (!box()) return;
  const notice = noticeOf(what);
  for (const place of notice.querySelectorAll("[data-name]")) {
    place.textContent = name || place.textContent;
  }
  if (clinic) nameClinic(notice, clinic);
  if (notice.outerHTML !== box().firstElementChild?.outerHTML) box().replaceChildren(notice);
  reason = what;
  nothingSaysSaved();
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
