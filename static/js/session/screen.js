// The screen of a led session for who has no touch: the focus follows what is shown, and keys.
//
// Space presses the main button, where nothing that takes it has the focus; Escape goes back out
// of a question.

const TAKES_KEYS = "a, button, input, select, textarea, summary";
const QUESTIONS = ["resume", "hurt", "advice", "skip", "leave", "elsewhere", "end"];

const isSeen = (one) => one.checkVisibility({ visibilityProperty: true });
const firstSeen = (place, what) => [...place.querySelectorAll(what)].find(isSeen);

function hasLostFocus() {
  const one = document.activeElement;
  return !one || one === document.body || !isSeen(one);
}

const focus = (one) => one?.focus({ preventScroll: true });

// A question begins at its heading, and so does another exercise that was gone to; while one goes
// on, the main button waits to be pressed.
function moveFocus(root, { state, isOther }) {
  const isQuestion = QUESTIONS.includes(state);
  if (isQuestion || isOther || state === "count") scrollTo({ top: 0 });
  if (isQuestion || (isOther && state === "ready")) focus(firstSeen(root, "[data-heading]"));
  else if (hasLostFocus()) focus(firstSeen(root, "[data-main]"));
}

function followFocus(root) {
  let shown = { ...root.dataset };
  const look = () => {
    const { state, exercise, advice, is } = root.dataset;
    const isOther = exercise !== shown.exercise;
    const isNew = isOther || state !== shown.state || advice !== shown.advice;
    const hasMore = state === "end" && is !== shown.is;
    if (isNew || hasMore) moveFocus(root, { state, isOther });
    shown = { state, exercise, advice, is };
  };
  const watched = ["data-state", "data-exercise", "data-advice", "data-is"];
  new MutationObserver(look).observe(root, { attributeFilter: watched });
}

function meant(root, key) {
  if (key === "Escape") return firstSeen(root, '[data-press="keep"]');
  return document.activeElement?.closest(TAKES_KEYS) ? undefined : firstSeen(root, "[data-main]");
}

function takeKeys(root) {
  document.addEventListener("keydown", (event) => {
    if (![" ", "Escape"].includes(event.key) || event.defaultPrevented || event.repeat) return;
    const button = meant(root, event.key);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

// From when the page shows its first state.
export function attend(root) {
  followFocus(root);
  takeKeys(root);
}
