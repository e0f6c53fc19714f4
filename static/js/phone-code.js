// The page with a code for a patient's phone: counts down how long it works, and says so once the
// phone is signed in. Marked data-phone-state with the address to ask; data-seconds-left.
import { headers } from "./person.js";

const ASK_EVERY = 3000; // ms
const PATIENCE = 10000; // ms

const code = document.querySelector("[data-phone-state]");

function inWords(seconds) {
  const left = Math.max(0, seconds);
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

function countDown(place) {
  const ends = performance.now() + Number(place.dataset.secondsLeft) * 1000;
  const show = () => {
    place.querySelector("[data-left]").textContent = inWords(
      Math.round((ends - performance.now()) / 1000),
    );
  };
  show();
  place.hidden = false;
  setInterval(show, 1000);
}

// Nothing to say while the phone has not come, or while there is no network: it is asked again.
async function whatBecameOfIt() {
  const answer = await fetch(code.dataset.phoneState, {
    cache: "no-store",
    headers: { ...headers(), "X-Background": "phone" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  return answer.status === 200 ? answer.text() : "";
}

async function ask() {
  const said = await whatBecameOfIt().catch(() => "");
  if (said) code.outerHTML = said;
  else setTimeout(ask, ASK_EVERY);
}

if (code) {
  countDown(code.querySelector("[data-seconds-left]"));
  setTimeout(ask, ASK_EVERY);
}
