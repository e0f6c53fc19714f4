// What is typed reaches the server, or the page says why not and sends it when it can.
// Typing is sent again by itself; a button that was refused is pressed again by the person.
import { forget, keep, mayKeepAgain, offerAll, settle, wipe } from "./kept.js";
import { nothingSaysSaved, say, silence, why } from "./not-saved.js";
import { ask, channel, headers, person, renew } from "./person.js";

const PASSING = new Set([
  "signed-out",
  "confirm",
  "form-expired",
  "other-person",
  "no-network",
  "trouble",
  "too-many",
]);
const BY_ITSELF = new Set(["no-network", "trouble", "too-many"]);
const MOST_TRIES = 12;
const LONGEST_PAUSE = 60000; // ms
const AT_THE_END = 60 * 1024; // bytes that a browser still sends for a page being closed: 64 KiB, less headers

const typed = new Map(); // form → how many times it was changed since it was saved
const waiting = new Map(); // form → how to send it again
const sending = new Set(); // those of them that are on their way
const refusedForGood = new Set(); // not to be sent again as they are
const sentAtTheEnd = new WeakMap(); // form → how many of its changes were sent when the page was left
const foundWrong = new WeakMap(); // form → how many it had when the server said that one cannot be
let tries = 0;
let timer;
let isAsking = false;
let mustAskAgain = false; // someone signed in while the answer was on its way
let isRenewed = false;
let wasPress = false;

const onPage = (forms) => [...forms].filter((form) => form.isConnected);
const isSavedAlone = (form) => form.hasAttribute("hx-post");
const isFoundWrong = (form) => foundWrong.get(form) === typed.get(form);

// What the server has not heard of. Something wrong that is marked on the page is not among it.
export const unsaved = () =>
  onPage(typed.keys()).filter((form) => isSavedAlone(form) && !isFoundWrong(form));
export const changesOf = (form) => typed.get(form);

export function touch({ target }) {
  const form = target.form;
  if (!person || !target.name || !form?.matches("form[data-kept]")) return;
  typed.set(form, (typed.get(form) ?? 0) + 1);
  if (why()) keep(form);
}

// Accepted as it stood after so many changes; what was typed since is still to be saved.
export function accepted(form, changes) {
  if (form) done(form, changes);
  answered();
}

// What is wrong stands marked on the page, and is there again on the next one.
export function wrong(form, changes) {
  waiting.delete(form);
  sending.delete(form);
  foundWrong.set(form, changes);
  answered();
}

function answered() {
  tries = 0;
  isRenewed = false;
  wasPress = false;
  if (onPage(waiting.keys()).length) return resume();
  if ([...refusedForGood].some((each) => each.isConnected && typed.has(each))) {
    return nothingSaysSaved();
  }
  silence();
}

function done(form, changes) {
  waiting.delete(form);
  sending.delete(form);
  if (typed.get(form) !== changes) return;
  typed.delete(form);
  refusedForGood.delete(form);
  settle(form);
  forget(form);
}

// ``again`` sends the form once more. Without a form it was a button, which is not pressed for
// anyone: it is said that it must be pressed again.
export function refused(reason, { form, again, isPress = false, name, clinic, seconds } = {}) {
  wasPress ||= isPress;
  if (form) {
    sending.delete(form);
    if (!typed.has(form)) typed.set(form, 1);
    if (PASSING.has(reason)) waiting.set(form, again);
    else {
      waiting.delete(form);
      refusedForGood.add(form);
    }
    keep(form);
  }
  say(reason, { name, clinic });
  if (reason === "form-expired" && !isRenewed) {
    isRenewed = true;
    resume();
  } else if (BY_ITSELF.has(reason)) tryLater(seconds);
}

function tryLater(seconds) {
  clearTimeout(timer);
  if (tries >= MOST_TRIES) return;
  const pause = seconds ? seconds * 1000 : Math.min(2000 * 2 ** tries, LONGEST_PAUSE);
  tries += 1;
  timer = setTimeout(resume, pause);
}

export async function resume() {
  if (!PASSING.has(why())) return;
  if (isAsking) {
    mustAskAgain = true;
    return;
  }
  clearTimeout(timer);
  isAsking = true;
  let now;
  do {
    mustAskAgain = false;
    now = await ask();
  } while (mustAskAgain);
  isAsking = false;
  if (now.reason) return refused(now.reason, now);
  mayKeepAgain();
  const left = onPage(waiting.keys());
  if (!left.length) return wasPress ? say("press-again") : silence();
  for (const form of left.filter((each) => !sending.has(each))) {
    sending.add(form);
    waiting.get(form)();
  }
}

// The last second of typing before the page is closed or put away. A browser that leaves a page says
// so twice: hidden, and gone.
function sendTheRest() {
  for (const form of onPage(typed.keys())) keep(form, { isLeft: isSavedAlone(form) && !why() });
  if (["signed-out", "other-person"].includes(why())) return;
  let left = AT_THE_END;
  for (const form of unsaved()) {
    const changes = changesOf(form);
    if (sentAtTheEnd.get(form) === changes) continue;
    const body = new URLSearchParams(new FormData(form));
    left -= body.toString().length;
    if (left < 0) return;
    sentAtTheEnd.set(form, changes);
    const options = {
      method: "POST",
      body,
      keepalive: true,
      headers: { ...headers(), "HX-Request": "true" },
    };
    fetch(form.getAttribute("hx-post"), options).then(
      async (response) => {
        if (response.status === 422) wrong(form, changes);
        else if (response.ok) accepted(form, changes);
        else return sentAtTheEnd.delete(form);
        // If the page was only put away, it learns what it was given by this answer.
        const html = await response.text();
        document.dispatchEvent(new CustomEvent("saving:answered", { detail: { form, html } }));
      },
      // without a network what was typed is still kept in this browser
      () => sentAtTheEnd.delete(form),
    );
  }
}

function comeBack() {
  tries = 0;
  resume();
}

async function heard({ data }) {
  if (data.signedOut) {
    wipe();
    if (typed.size) say("signed-out");
  } else if (data.person === person) {
    renew(data.token);
    mayKeepAgain();
    comeBack();
  } else {
    const now = await ask();
    if (now.reason) refused(now.reason, now);
  }
}

if (person) {
  channel.addEventListener("message", heard);
  // While capturing: htmx sends the form as soon as a change reaches it, and notes how many there were.
  document.addEventListener("input", touch, true);
  document.addEventListener("change", touch, true);
  document.addEventListener("visibilitychange", () =>
    document.hidden ? sendTheRest() : comeBack(),
  );
  window.addEventListener("pagehide", sendTheRest);
  window.addEventListener("focus", comeBack);
  window.addEventListener("online", comeBack);
  document.addEventListener(
    "click",
    ({ target }) => target.closest("[data-try-again]") && comeBack(),
  );
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[data-sign-out]")) return;
    sendTheRest();
    typed.clear();
    wipe();
    channel.postMessage({ signedOut: true });
  });
}
offerAll();
