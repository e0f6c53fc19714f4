// A warning sign that is told on this phone. It is kept before it is sent, so that it is not lost
// where there is no network; then it is sent before anything else. From the press on nothing of the
// record's exercises is shown on this phone, in any tab, until the server says that they go on.
//
// The notice that says so stands in a template on each page of the record (data-if-stopped). Once the
// server has the sign, its own notice takes over.
import { person } from "../person.js";
import { add, discard, waiting } from "./queue.js";
import { sendNow } from "./sending.js";
import { goOn, stop, stopped } from "./stopped.js";
import { sendAll } from "./sync.js";
import { freshKey } from "./take-over.js";
import { isOurs } from "./wipe.js";

const FORM = "form[data-sign]";
const PATIENCE = 5000; // ms until the page says that it is not sent yet

const { record, stoppedUrl, isStopped } = document.body.dataset;
const channel = new BroadcastChannel("offline");
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const waitsFor = async () =>
  (await waiting(person).catch(() => [])).filter(
    ({ kind, plain }) => kind === "sign" && plain?.record === record,
  );

// --- the notice

const notice = () => document.querySelector("[data-told-here]");

function say({ isSent }) {
  notice().querySelector("[data-sign-waits]").hidden = isSent;
  notice().querySelector("[data-sign-known]").hidden = !isSent;
}

// In the place of everything on the page: also of what was being led.
function show(facts) {
  const words = document.querySelector("template[data-if-stopped]")?.content;
  if (!notice() && words) {
    const main = document.querySelector("main");
    main.className = "page";
    main.replaceChildren(words.cloneNode(true));
    delete document.body.dataset.keptPage;
  }
  if (!notice()) return;
  say(facts);
  notice().querySelector("[data-told-heading]").focus();
}

// What was done before the sign was told is sent, and not thrown away: a script that leads a session
// ends it, and takes the answer into its own hands.
function hide(facts) {
  const detail = { stopped: true };
  const event = new CustomEvent("stopped:answer", { detail, cancelable: true });
  if (document.dispatchEvent(event) || notice()) return show(facts);
  document.addEventListener("session:waits", () => show(facts), { once: true });
}

const toServer = () => location.replace(`/help/${record}/`);

// --- telling

function signOf(form) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    kind: "sign",
    client_id: freshKey(),
    record: form.dataset.sign,
    which: new FormData(form).getAll("which"),
    told_at: new Date().toISOString(),
    zone: timeZone ?? "",
  };
}

const answerIn = (came, { client_id }) =>
  came?.answered?.find((one) => one.client_id === client_id)?.answer;

async function tell(form) {
  const sign = signOf(form);
  try {
    await add(sign);
  } catch {
    return form.submit(); // this phone keeps nothing: as without a script
  }
  await stop(record);
  channel.postMessage({ stopped: record });
  const sent = sendAll({ person }).catch(() => undefined);
  const isReachable = navigator.onLine !== false;
  const came = isReachable && (await Promise.race([sent, wait(PATIENCE)]));
  const answer = answerIn(came, sign);
  if (answer === "refused") {
    await discard(sign.client_id);
    return form.submit();
  }
  if (answer) return toServer();
  show({ isSent: false });
  await sent;
  await sendNow(); // until there is a network
}

function begin(event) {
  const form = event.target;
  if (!form.matches(FORM) || !person) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  tell(form);
}

// --- what this phone knows

async function askServer() {
  const answer = await fetch(`/help/${record}/stopped/`, {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok || answer.redirected || !isOurs(answer)) throw new Error("not known");
  return (await answer.json()).stopped;
}

// Nothing waits: the server knows of the sign, and says whether the exercises go on.
async function lookAgain() {
  let isStill = true;
  try {
    isStill = await askServer();
  } catch {
    return hide({ isSent: true });
  }
  if (isStill) return toServer();
  await goOn(record);
  if (notice()) location.replace("/today/");
}

// The server's own notice, which has no words for a sign that it does not know of, stays as it is.
async function look() {
  if (isStopped !== undefined) await stop(record); // heard of with this page
  if (!notice() && !stoppedUrl) return;
  if (!(await stopped()).includes(record)) return;
  if ((await waitsFor()).length) hide({ isSent: false });
  else await lookAgain();
}

async function hear({ data }) {
  if (data.stopped === record) return look();
  if (data.answered && notice() && !(await waitsFor()).length) toServer();
}

if (person && record) {
  document.addEventListener("submit", begin, true);
  channel.addEventListener("message", hear);
  window.addEventListener("online", () => notice() && look());
  window.addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("visibilitychange", () => document.hidden || (notice() && look()));
  look();
}
