// A slider beside each number of degrees: what one says, the other says. The number is what
// is sent. Whatever only a script can do is hidden until here.

const numberOf = (slider) => document.getElementById(slider.dataset.slider);
const sliderOf = (number) =>
  number.id && document.querySelector(`[data-slider="${CSS.escape(number.id)}"]`);

function prepare(root) {
  for (const slider of root.querySelectorAll("[data-slider]")) {
    slider.value = numberOf(slider).value;
    slider.hidden = false;
  }
  for (const button of root.querySelectorAll("[data-scripted]")) button.hidden = false;
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset.slider) {
    numberOf(target).value = target.value;
    return;
  }
  const slider = target.type === "number" && sliderOf(target);
  if (slider) slider.value = target.value;
});

prepare(document);
document.addEventListener("htmx:afterSettle", () => prepare(document));

// On a narrow screen the row of poses scrolls: begin at the one that is open.
document
  .querySelector(".poses [aria-current]")
  ?.scrollIntoView({ block: "nearest", inline: "nearest" });
