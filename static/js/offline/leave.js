// Before someone signs out: what is not sent yet is sent or discarded, as they choose. Then nothing
// of theirs stays on this phone. Without a network nobody signs out, so nothing is thrown away.
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
let leaving; // { form, submitter, dialog }

const words = () => document.querySelector("template[data-leave-words]").content;
const askNow = () => (navigator.onLine === false ? { reason: "no-network" } : ask(PATIENCE));

// Without storage nothing waits.
const unsent = () => waiting(person).catch(() => []);
const refused = () => refusedOf(person).catch(() => []);

// --- what is asked

function show(part) {
  const { dialog } = leaving;
  for (const one of dialog.querySelectorAll(".leave__part")) one.hidden = one !== part;
  dialog.querySelector("[role=status]").textContent = "";
  const heading = part.querySelector("[data-heading]");
  heading.id = "leave";
  for (const other of dialog.querySelectorAll("#leave")) if (other !== heading) other.id = "";
  if (!dialog.open) dialog.showModal();
  heading.focus();
}

const partOf = (name) => leaving.dialog.querySelector(`[data-part="${name}"]`);

function askAbout(entries) {
  const part = partOf("unsent");
  const heading = part.querySelector("[data-heading]");
  const { one, more, sign } = heading.dataset;
  const sessions = entries.filter(({ kind }) => kind === "session").length;
  const count = sessions === 1 ? one : more.replace("{n}", sessions);
  heading.textContent = sessions < entries.length ? sign : count;
  show(part);
}

function fill(place, text) {
  if (text) place.textContent = text;
  else place.remove();
}

function asRead({ plain, about = {}, reason }) {
  const shown = words().querySelector("[data-part=one]").cloneNode(true);
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

function showRefused(entries) {
  const part = partOf("refused");
  part.querySelector("[data-list]").replaceChildren(...entries.map(asRead));
  show(part);
}

// --- what is done

function leave() {
  const { form, submitter, dialog } = leaving;
  if (dialog.open) dialog.close();
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
  else if (UNREACHABLE.includes(reason)) show(partOf("no-network"));
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
  if (reason === "no-network") return show(partOf("no-network"));
  if ((await unsent()).length) return show(partOf("trouble"));
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

function begin(form, submitter) {
  const dialog = words().querySelector("dialog").cloneNode(true);
  dialog.addEventListener("click", pressed);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  leaving = { form, submitter, dialog };
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
  if (leaving?.dialog.isConnected) return;
  begin(form, submitter);
  start();
}

document.addEventListener("submit", beforeLeaving, true);
