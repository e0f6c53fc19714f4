// What a page need not hold until it is opened is fetched then: how to do an exercise (data-how), the
// fields of another, a filter (data-when-opened). Where it cannot be, without this script or without
// a network, a link to a page that has it stands in its place.

const PATIENCE = 6000; // ms; then the link is there again
const WAITING = "[data-how], [data-when-opened]";
const asked = new WeakMap(); // place → what is on its way to it

async function fetched(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE) });
  if (!answer.ok || answer.redirected) throw new Error("not there");
  return answer.text();
}

async function fill(place) {
  place.hidden = true;
  try {
    const part = new DOMParser().parseFromString(await askedFor(place), "text/html");
    const { parentElement } = place;
    place.replaceWith(...part.body.children);
    parentElement.dispatchEvent(new CustomEvent("part:filled", { bubbles: true }));
  } catch {
    asked.delete(place);
    place.hidden = false; // opened again, it is asked for again
  }
}

// A part of a search is of what has been chosen by then. How to do an exercise lies beside, or below,
// the page that has it, too.
function addressOf(place) {
  const { whenOpened: part, how } = place.dataset;
  const search = part && place.closest("form[method=get]");
  if (search) return `${part}?${new URLSearchParams(new FormData(search))}`;
  return part ?? new URL(how, place.querySelector("a").href).pathname;
}

function askedFor(place) {
  const address = addressOf(place);
  if (asked.get(place)?.address !== address) {
    asked.set(place, { address, text: fetched(address) });
  }
  return asked.get(place).text;
}

function open({ target }) {
  const place = target.open && target.querySelector?.(WAITING);
  if (place && !place.hidden) fill(place);
}

// What is about to be opened is there by the time it is.
function expect({ target }) {
  const place = target
    .closest?.("summary")
    ?.parentElement.querySelector(":scope > [data-when-opened]");
  if (place) askedFor(place).catch(() => asked.delete(place));
}

document.addEventListener("toggle", open, true); // it does not bubble
document.addEventListener("pointerdown", expect);
document.addEventListener("focusin", expect);
