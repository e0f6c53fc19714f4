// Before someone signs out: what is not sent yet is sent or discarded, as they choose. Then nothing
// of theirs stays on this phone. Without a network nobody signs out, so nothing is thrown away; nor
// without the words to ask in (templates/offline/_notice_leave.html).
import { noticeWords } from "../notices.js";
import { ask, person } from "../person.js";
import { whenOf } from "./entries.js";
import { discardAll, refusedOf, waiting } from "./queue.js";
import { sendAll } from "./sync.js";
import { hideQueue, wipePages } from "./wipe.js";

const PATIENCE = 6000; // ms
const OVER = ["signed-out", "closed", "gone"]; // what is sealed waits for its person
const OTHER = "other-person"; // theirs is shown then
const UNREACHABLE = ["no-network", "trouble"];
const mayGo = new WeakSet();
let leaving; // { form, submitter, dialog and words once something is asked }
let isUnderWay = false;

const askNow = () => (navigator.onLine === false ? { reason: "no-network" } : ask(PATIENCE));

// Without storage nothing waits.
const unsent = () => waiting(person).catch(() => []);
const refused = () => refusedOf(person).catch(() => []);

// --- what is asked

async function open() {
  leaving.words = await noticeWords("leave-words");
  if (!leaving.words) return;
  const dialog = leaving.words.querySelector("dialog").cloneNode(true);
  dialog.addEventListener("click", pressed);
  dialog.addEventListener("close", () => {
    dialog.remove();
    isUnderWay = false;
  });
  document.body.append(dialog);
  leaving.dialog = dialog;
}

// All that a page without the words says.
function sayStays() {
  isUnderWay = false;
  const { form } = leaving;
  const said = document.createElement("p");
  said.className = "leave__stays";
  said.setAttribute("role", "alert");
  said.textContent = form.dataset.signOut;
  form.after(said);
}

async function show(name, prepare) {
  if (!leaving.dialog?.isConnected) await open();
  const { dialog } = leaving;
  if (!dialog?.isConnected) return sayStays();
  const part = partOf(name);
  prepare?.(part);
  for (const one of dialog.querySelectorAll(".leave__part")) one.hidden = one !== part;
  dialog.querySelector("[role=status]").textContent = "";
  const heading = part.querySelector("[data-heading]");
  heading.id = "leave";
  for (const other of dialog.querySelectorAll("#leave")) if (other !== heading) other.id = "";
  if (!dialog.open) dialog.showModal();
  heading.focus();
}

const partOf = (name) => leaving.dialog.querySelector(`[data-part="${name}"]`);

const askAbout = (entries) =>
  show("unsent", (part) => {
    const heading = part.querySelector("[data-heading]");
    const { one, more, sign } = heading.dataset;
    const sessions = entries.filter(({ kind }) => kind === "session").length;
    const count = sessions === 1 ? one : more.replace("{n}", sessions);
    heading.textContent = sessions < entries.length ? sign : count;
  });

function fill(place, text) {
  if (text) place.textContent = text;
  else place.remove();
}

function asRead({ plain, about = {}, reason }) {
  const shown = leaving.words.querySelector("[data-part=one]").cloneNode(true);
  const part = (name) => shown.querySelector(`[data-${name}]`);
  const { pain_after: pain = null, note } = plain;
  const isSession = plain.kind === "session";
  fill(part("when"), isSession && whenOf(plain, document.documentElement.lang));
  fill(part("why"), reason || part("why").dataset.why);
  for (const line of about.exercises ?? []) {
    part("exercises").append(Object.assign(document.createElement("li"), { textContent: line }));
  }
  fill(part("pain"), pain !== null && part("pain").dataset.pain.replace("{n}", pain));
  fill(part("note"), note);
  return shown;
}

const showRefused = (entries) =>
  show("refused", (part) =>
    part.querySelector("[data-list]").replaceChildren(...entries.map(asRead)),
  );

// --- what is done

function leave() {
  const { form, submitter, dialog } = leaving;
  dialog?.close();
  isUnderWay = false;
  mayGo.add(form);
  form.requestSubmit(submitter?.isConnected ? submitter : null);
}

async function wipeAndLeave() {
  navigator.serviceWorker?.controller?.postMessage({ do: "wipe" });
  await Promise.all([wipePages(), hideQueue()]);
  leave();
}

// Only the server signs out, and only the person whose page this is. Whether nobody is signed out.
async function isHeldUp() {
  const { reason } = await askNow();
  if (reason === OTHER) location.reload();
  else if (UNREACHABLE.includes(reason)) await show("no-network");
  return reason === OTHER || UNREACHABLE.includes(reason);
}

// What was refused is seen before it goes.
async function discard() {
  const back = partOf("refused").hidden ? await refused() : [];
  if (back.length) return showRefused(back);
  if (await isHeldUp()) return;
  await discardAll(person).catch(() => undefined);
  await wipeAndLeave();
}

async function send() {
  const status = leaving.dialog.querySelector("[role=status]");
  status.textContent = status.dataset.sending;
  const { reason } = await sendAll({ person }).catch(() => ({ reason: "trouble" }));
  if (OVER.includes(reason)) return wipeAndLeave();
  if (reason === OTHER) return location.reload();
  if (reason === "no-network") return show("no-network");
  if ((await unsent()).length) return show("trouble");
  const back = await refused();
  return back.length ? showRefused(back) : wipeAndLeave();
}

const presses = { send, discard, stay: () => leaving.dialog.close() };

// One press at a time; the browser's own way to close a dialog is to stay.
async function pressed({ target }) {
  const press = presses[target.closest("[data-press]")?.dataset.press];
  if (!press || leaving.isBusy) return;
  leaving.isBusy = true;
  try {
    await press();
  } finally {
    leaving.isBusy = false;
  }
}

async function start() {
  const [entries, back] = await Promise.all([unsent(), refused()]);
  if (entries.length) return askAbout(entries);
  if (back.length) return showRefused(back);
  if (!(await isHeldUp())) return wipeAndLeave();
}

function beforeLeaving(event) {
  const { target: form, submitter } = event;
  if (!person || !form.matches("form[data-sign-out]") || mayGo.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (isUnderWay) return;
  isUnderWay = true;
  if (form.nextElementSibling?.matches(".leave__stays")) form.nextElementSibling.remove();
  leaving = { form, submitter };
  start();
}

document.addEventListener("submit", beforeLeaving, true);
