// Once on each device, where the page has the card (data-install): how to put the site on the home
// screen. Where the browser can do it itself, a button; on iOS two steps in words; nothing
// elsewhere, and nothing where it is there already.
import { isInstalled } from "./installed.js";

const SHOWN = "install-shown";
const card = document.querySelector("[data-install]");
const isIos = navigator.standalone === false && navigator.maxTouchPoints > 1;
let offer; // the browser's own, to be opened by a press

// A browser that keeps nothing would show it again and again: there it is not shown.
function isFirstTime() {
  try {
    if (localStorage.getItem(SHOWN)) return false;
    localStorage.setItem(SHOWN, "yes");
    return true;
  } catch {
    return false;
  }
}

function show(way) {
  if (!card || isInstalled || (card.hidden && !isFirstTime())) return;
  card.querySelector(`[data-install-way="${way}"]`).hidden = false;
  card.hidden = false;
}

function putAway() {
  if (card) card.hidden = true;
}

// Browsers that have it ask on a bar of their own otherwise, in the middle of anything.
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  show("button");
});
window.addEventListener("appinstalled", putAway);

card?.addEventListener("click", async ({ target }) => {
  if (target.closest("[data-install-away]")) return putAway();
  if (!target.closest("[data-install-now]")) return;
  await offer.prompt();
  putAway();
});

if (isIos) show("share");
