// Asks on Today whether to follow the time zone of this phone, in the words of
// templates/offline/_notice_travel.html.
//
// What was answered is kept on the phone, for each account: "never", and for each record the zone
// that was not followed. That is asked again once the phone has been where the record is, or is in
// a third zone.
import { noticeWords } from "./notices.js";
import { headers, person } from "./person.js";
import { city as here, isElsewhere, zone } from "./phone-zone.js";

const KEY = `travel-${person}`;
const record = document.body.dataset.record;
const question = document.querySelector("[data-travel]");
const never = document.querySelector("[data-travel-never]");

// Storage may be forbidden: then it is asked on every visit.
const attempt = (what) => {
  try {
    return what();
  } catch {
    return undefined;
  }
};
const answers = () => attempt(() => JSON.parse(localStorage.getItem(KEY))) ?? {};
const keep = (changes) =>
  attempt(() => localStorage.setItem(KEY, JSON.stringify({ ...answers(), ...changes })));

const keepNotNow = (of) => keep({ notNow: { ...answers().notNow, [record]: of } });

function say(answer) {
  question.querySelector("[data-travel-asks]").hidden = true;
  const said = question.querySelector(`[data-travel-said="${answer}"]`);
  said.hidden = false;
  said.focus();
}

function answered({ target }) {
  const answer = target.closest("[data-travel-answer]")?.dataset.travelAnswer;
  if (!answer) return;
  if (answer === "never") keep({ never: true });
  else keepNotNow(zone);
  say(answer);
}

// Nothing is kept of whoever was never asked: another person may use this phone.
function isHome() {
  if (answers().notNow?.[record]) keepNotNow(undefined);
}

const PLACE = /\{(here|city|name)\}/g;

function put(words) {
  const { city, name, follow } = question.dataset;
  const facts = { here, city, name };
  question.replaceChildren(words.cloneNode(true));
  question.querySelector(`[data-of="${name ? "self" : "name"}"]`).remove();
  for (const said of question.querySelectorAll("[data-say]")) {
    said.textContent = said.dataset.say.replace(PLACE, (_, fact) => facts[fact]);
  }
  const form = question.querySelector("form");
  form.action = follow;
  form.elements.time_zone.value = zone;
  form.elements.csrfmiddlewaretoken.value = headers()["X-CSRFToken"];
}

async function ask() {
  if (!isElsewhere(question.dataset.travel.split(" "))) return isHome();
  const { never: isNever, notNow = {} } = answers();
  if (isNever || notNow[record] === zone) return;
  const words = await noticeWords("travel-words");
  if (!words) return; // it is asked on the next visit
  put(words);
  question.addEventListener("click", answered);
  question.hidden = false;
}

// A page that a phone kept says nothing of the time zone that its record has by now.
if (question && !("keptPage" in document.body.dataset)) ask();

// Who goes back is not asked at once whether to follow after all.
document.querySelector("[data-travel-back]")?.addEventListener("submit", () => keepNotNow(zone));

if (never) {
  never.hidden = !answers().never;
  never.querySelector("[data-travel-again]").addEventListener("click", () => {
    keep({ never: false, notNow: {} });
    never.hidden = true;
  });
}
