// Asks on Today whether to follow the time zone of this phone. The words stand in
// templates/today/_travel.html.
//
// What was answered is kept on the phone, for each account: "never", and for each record the zone
// that was not followed. That is asked again once the phone has been where the record is, or is in
// a third zone.
import { person } from "./person.js";
import { city, isElsewhere, zone } from "./phone-zone.js";

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

function ask() {
  if (!isElsewhere(question.dataset.travel.split(" "))) return isHome();
  const { never: isNever, notNow = {} } = answers();
  if (isNever || notNow[record] === zone) return;
  const asks = question.querySelector("[data-city]");
  asks.textContent = asks.dataset.city.replace("{city}", city);
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
