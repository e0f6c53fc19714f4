// While there is no network the page says so, and what leads to a page that this phone does not keep
// looks like it: pressing it says why, and leads into no wall. The words stand in
// templates/offline/_no_network.html.
//
// A page that was kept on the phone (data-kept-page: when) is fetched again once there is a network.
import { ask, person } from "../person.js";
import { isUnderWay } from "../under-way.js";
import { cacheOf, listIn } from "../worker/kept.js";

const NOT_THEIRS = ["other-person", "signed-out", "closed", "gone"]; // what is kept leaves the screen
export const OUT_OF_REACH = "is-out-of-reach";
const OWN_WAY = "[data-session-log], [data-sign], [data-feeling], [data-kept]"; // forms that can wait

const [HOME, TODAY] = ["/", "/today/"]; // the first leads to the second, also without a network

const line = document.querySelector("[data-no-network]");
const why = line?.querySelector("[data-needs-network]");
const keptAt = document.body.dataset.keptPage;
const isLed = Boolean(document.querySelector("[data-session]"));
let kept = new Set();

const isOff = () => navigator.onLine === false || document.body.dataset.keptPage !== undefined;

async function addresses() {
  try {
    const { pages } = await listIn(await cacheOf(person));
    const there = pages.flatMap(({ url, as = url }) => as);
    return new Set(there.includes(TODAY) ? [HOME, ...there] : there);
  } catch {
    return new Set();
  }
}

// What leads to another page of ours, and not to a place on this one.
function leadsAway(link) {
  const { origin, pathname, search, protocol } = link;
  const isHere = link.hash && pathname + search === location.pathname + location.search;
  return protocol.startsWith("http") && origin === location.origin && !isHere;
}

const links = () => [...document.querySelectorAll("a[href]")].filter(leadsAway);

function mark(link, isOut) {
  link.classList.toggle(OUT_OF_REACH, isOut);
  if (isOut) link.setAttribute("aria-disabled", "true");
  else link.removeAttribute("aria-disabled");
}

async function show() {
  const off = isOff();
  line.hidden = !off;
  why.hidden = true;
  if (off) kept = await addresses();
  for (const link of links()) {
    if (off || link.classList.contains(OUT_OF_REACH)) {
      mark(link, off && !kept.has(link.pathname + link.search));
    }
  }
}

function sayWhy() {
  why.hidden = false;
  line.scrollIntoView({ block: "center" });
}

function pressed(event) {
  const link = event.target.closest(`a.${OUT_OF_REACH}`);
  if (!link || !isOff()) return;
  event.preventDefault();
  sayWhy();
}

// Whose page it is to be can be chosen on the phone; any other form would be lost.
function submitted(event) {
  const { target: form, submitter, defaultPrevented } = event;
  if (defaultPrevented || navigator.onLine !== false || form.matches(OWN_WAY)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { choose } = form.dataset;
  if (choose) location.assign(`${choose}?record=${submitter.value}`);
  else sayWhy();
}

// --- a page that was kept

function sayWhen() {
  const how = {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  };
  const place = line.querySelector("[data-kept-on]");
  if (place)
    place.textContent = new Date(keptAt).toLocaleString(document.documentElement.lang, how);
}

// Nothing is lost by it: it is a kept page on which nothing was typed and no session is led.
const mayRenew = () =>
  document.body.dataset.keptPage !== undefined && !isLed && !document.hidden && !isUnderWay();

async function comeBack() {
  if (!mayRenew()) return;
  const { reason } = await ask();
  if ((!reason || NOT_THEIRS.includes(reason)) && mayRenew()) location.reload();
}

// The worker has learned that it is not theirs who is signed in here.
function hear({ data }) {
  if (data.wiped && mayRenew()) location.reload();
}

// Its night is over: nobody begins that session any more.
function leaveIfOver() {
  const { until, today } = document.querySelector("[data-session]").dataset;
  if (Date.now() >= Date.parse(until)) location.replace(today);
}

if (person && line) {
  if (keptAt) sayWhen();
  if (keptAt && isLed) leaveIfOver();
  show();
  for (const type of ["online", "offline"]) window.addEventListener(type, show);
  for (const type of ["online", "focus"]) window.addEventListener(type, comeBack);
  new BroadcastChannel("offline").addEventListener("message", hear);
  document.addEventListener("click", pressed, true);
  document.addEventListener("submit", submitted);
}
