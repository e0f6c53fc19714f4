// A figure moves when its page has been read in, unless the reader prefers less motion; then,
// and without this script, it rests on the pose that tells most. A button starts and stops it.

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

const parts = (svg) => svg.querySelectorAll("animate, animateTransform");

function play(figure) {
  const svg = figure.querySelector("svg");
  if (!figure.dataset.begun) for (const part of parts(svg)) part.beginElement();
  figure.dataset.begun = "yes";
  svg.unpauseAnimations();
  figure.dataset.moving = "playing";
}

function pause(figure) {
  figure.querySelector("svg").pauseAnimations();
  figure.dataset.moving = "resting";
}

// Back to the telling pose, as if it had never moved.
function rest(figure) {
  const svg = figure.querySelector("svg");
  for (const part of parts(svg)) part.endElement();
  delete figure.dataset.begun;
  svg.unpauseAnimations();
  figure.dataset.moving = "resting";
}

function prepare(figure) {
  if (figure.dataset.moving) return;
  const button = figure.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    if (figure.dataset.moving === "playing") pause(figure);
    else play(figure);
  });
  if (still.matches) figure.dataset.moving = "resting";
  else play(figure);
}

function prepareAll(root) {
  root.querySelectorAll("[data-moving]").forEach(prepare);
}

still.addEventListener("change", () => {
  document.querySelectorAll("[data-moving]").forEach(still.matches ? rest : play);
});

prepareAll(document);
document.addEventListener("htmx:afterSwap", () => prepareAll(document));
