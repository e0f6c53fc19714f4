// Under a long text: how long it is, from 80 % of its limit on. Counted as the server counts:
// characters, not halves of one, a line break once, without the spaces around it. What is too
// long stays as it was typed or pasted; the server refuses it beside the field.

const FROM = 0.8; // of the limit
const PAUSE = 400; // ms without typing, before the number changes: a screen reader speaks it

const lengthOf = (text) => [...text.replaceAll(/\r\n?/g, "\n").trim()].length;
const inWords = (number) => number.toLocaleString(document.documentElement.lang);

function counterOf(box) {
  const there = box.parentElement.querySelector(":scope > .counter");
  if (there) return there;
  const counter = document.createElement("p");
  counter.className = "counter";
  counter.setAttribute("aria-live", "polite");
  box.after(counter);
  return counter;
}

function count(box) {
  const typed = lengthOf(box.value);
  const limit = Number(box.dataset.counter);
  const counter = counterOf(box);
  const words = typed > limit ? box.dataset.counterOver : box.dataset.counterWords;
  const numbers = { typed, limit, over: typed - limit };
  const said = words.replaceAll(/\{(\w+)\}/g, (_, name) => inWords(numbers[name]));
  counter.classList.toggle("counter--over", typed > limit);
  counter.textContent = typed >= limit * FROM ? said : "";
}

const waiting = new WeakMap();

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-counter]")) return;
  counterOf(target); // there before it speaks, or nothing is read out
  clearTimeout(waiting.get(target));
  waiting.set(target, setTimeout(count, PAUSE, target));
});

const countAll = (root) => root.querySelectorAll("[data-counter]").forEach(count);
document.addEventListener("htmx:afterSwap", (event) => countAll(event.target));
countAll(document);
