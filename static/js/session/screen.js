// The screen of a led session for who has no touch: the focus follows what is shown, and keys.
//
// Space presses the main button of the state, where nothing that takes it has the focus; Escape
// goes back out of a question.

const TAKES_KEYS = "a, button, input, select, textarea, summary, [contenteditable]";

const isSeen = (one) => one.checkVisibility({ visibilityProperty: true });
const firstSeen = (place, what) => [...place.querySelectorAll(what)].find(isSeen);

function hasLostFocus() {
  const one = document.activeElement;
  return !one || one === document.body || !isSeen(one);
}

// A question or an exercise begins at its heading; while one goes on, the main button waits.
function moveFocus(root) {
  const heading = firstSeen(root, "[data-heading]");
  const to = heading ?? firstSeen(root, "[data-main]");
  if (to && (heading || hasLostFocus())) to.focus({ preventScroll: true });
  if (heading) scrollTo({ top: 0 });
}

export function follow(root) {
  let shown = "";
  const look = () => {
    const { state, exercise, advice } = root.dataset;
    const now = [state, exercise, advice].join();
    if (now === shown) return;
    const isFirst = shown === "";
    shown = now;
    // The page has just come: whoever reads it begins at its top.
    if (!isFirst) moveFocus(root);
  };
  const watched = ["data-state", "data-exercise", "data-advice"];
  new MutationObserver(look).observe(root, { attributeFilter: watched });
  look();
}

function pressed(root, key) {
  if (key === "Escape") return firstSeen(root, '[data-press="keep"]');
  return document.activeElement?.closest(TAKES_KEYS) ? undefined : firstSeen(root, "[data-main]");
}

export function takeKeys(root) {
  document.addEventListener("keydown", (event) => {
    if (![" ", "Escape"].includes(event.key) || event.defaultPrevented || event.repeat) return;
    const button = pressed(root, event.key);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
