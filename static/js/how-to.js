// How to do an exercise is fetched when it is opened. Where it cannot be, without this script or
// without a network, a link to a page that has it stands in its place.

const PATIENCE = 6000; // ms; then the link is there again

async function fetched(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE) });
  if (!answer.ok || answer.redirected) throw new Error("not there");
  return answer.text();
}

async function fill(place) {
  place.hidden = true;
  try {
    const part = new DOMParser().parseFromString(await fetched(place.dataset.how), "text/html");
    place.replaceWith(...part.body.children);
  } catch {
    place.hidden = false; // opened again, it is asked for again
  }
}

function open({ target }) {
  const place = target.open && target.querySelector?.("[data-how]");
  if (place && !place.hidden) fill(place);
}

document.addEventListener("toggle", open, true); // it does not bubble
