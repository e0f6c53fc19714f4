// Figures that move. Each rests on the pose that tells most, in the page from the start; once the
// page is read in and quiet, the movement is fetched, and plays unless the reader prefers less
// motion. Without this script it rests.
//
//   const player = attach(figure);  // figure: an element with data-moving; then figure.player
//   player.play(); player.pause();
//   player.show({ phase: "hold", progress: 0.5, side: "left" });  // or a step: { step: 3 }
//   player.seek(2, 0.5);  // a beat by its number, from 0; how far it is
//
// In a session that is led (data-led) only the script that leads it says when one plays.
// ``show`` and ``seek`` end the playing: whoever calls them says when to go on. What they ask for
// before the movement is there is shown when it is.

import { Player } from "./figure-player.js";
import { Shapes } from "./figure-shapes.js";

const SOON = 1200; // milliseconds after the page is there
const PULSE = 1.8; // seconds
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

export function attach(figure) {
  figure.player ??= new Moving(figure);
  return figure.player;
}

// Of a muscle that works: 0 to 1 and back, in seconds.
const pulse = (seconds) => (1 - Math.cos((2 * Math.PI * seconds) / PULSE)) / 2;

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) throw new Error("no movement");
  return answer.text();
}

class Moving {
  constructor(figure) {
    this.figure = figure;
    this.svg = figure.querySelector("svg");
    this.isSeen = true;
    figure.dataset.moving = "resting";
    figure.addEventListener("click", ({ target }) => this.press(target.closest("[data-do]")));
    new IntersectionObserver(([{ isIntersecting }]) => {
      this.isSeen = isIntersecting;
      this.wake();
    }).observe(figure);
  }

  // The movement, fetched when it is first asked for. Without a network it rests, and the next
  // press asks again.
  async load() {
    this.loading ??= this.read();
    try {
      this.player = await this.loading;
    } catch {
      this.loading = undefined;
      this.figure.dataset.moving = "resting";
    }
    return this.player;
  }

  async read() {
    const { motion, motionUrl, side, left, right } = this.figure.dataset;
    const data = JSON.parse(motion ?? (await fetched(motionUrl)));
    const shapes = new Shapes(this.svg, data, { left, right });
    shapes.side(side);
    const player = new Player(shapes, data, (now) => this.tell(now));
    player.seek(data.telling, 1);
    return player;
  }

  async play() {
    this.figure.dataset.moving = "playing";
    this.figure.querySelector("[data-said]").textContent = "";
    const isFirst = !this.player;
    const player = await this.load();
    if (this.figure.dataset.moving !== "playing") return;
    if (isFirst) player.seek(0, 0);
    this.wake();
    player.play();
  }

  async pause() {
    this.figure.dataset.moving = "resting";
    (await this.load())?.pause();
  }

  async step(by) {
    this.figure.dataset.moving = "resting";
    const player = await this.load();
    if (!player) return;
    player.step(by);
    this.say(player.beats[player.beat].step);
  }

  async slower(button) {
    const isSlower = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", isSlower);
    (await this.load())?.slower(isSlower);
  }

  async show(asked) {
    this.figure.dataset.moving = "led";
    const player = await this.load();
    if (asked.side) player?.shapes.side(asked.side);
    player?.show(asked);
  }

  async seek(beat, progress) {
    this.figure.dataset.moving = "led";
    const player = await this.load();
    player?.pause();
    player?.seek(beat, progress);
  }

  wake() {
    this.player?.wake(this.isSeen && !document.hidden);
  }

  press(button) {
    const isPlaying = this.figure.dataset.moving === "playing";
    if (button?.dataset.do === "play") isPlaying ? this.pause() : this.play();
    if (button?.dataset.do === "slower") this.slower(button);
    if (button?.dataset.do === "back") this.step(-1);
    if (button?.dataset.do === "on") this.step(1);
  }

  // The step that is shown, marked in the caption and in the list of steps.
  tell({ step, phase, held }) {
    this.figure.dataset.phase = phase;
    this.figure.style.setProperty("--held", held.toFixed(3));
    this.figure.style.setProperty("--pulse", pulse(performance.now() / 1000).toFixed(2));
    if (!step || step === this.told) return;
    this.told = step;
    const place = this.figure.closest("[data-exercise]") ?? this.figure;
    for (const each of place.querySelectorAll("[data-step]")) {
      each.toggleAttribute("data-now", Number(each.dataset.step) === step);
    }
  }

  // Only when a button was pressed: what plays by itself says nothing.
  say(step) {
    const told = this.figure.querySelector(`[data-step="${step}"]`);
    this.figure.querySelector("[data-said]").textContent = told?.dataset.says ?? "";
  }
}

function prepareAll(root) {
  for (const figure of root.querySelectorAll("[data-moving]")) {
    if (figure.player) continue;
    const moving = attach(figure);
    if (!still.matches) whenQuiet(() => isLed(figure) || moving.play());
  }
}

function whenQuiet(then) {
  const idly = window.requestIdleCallback ?? ((what) => what());
  setTimeout(() => idly(then), SOON);
}

const isLed = (figure) => figure.closest("[data-led]");
const all = () => [...document.querySelectorAll("[data-moving]")].map(attach);

still.addEventListener("change", () => {
  for (const moving of all()) {
    if (!isLed(moving.figure)) still.matches ? moving.pause() : moving.play();
  }
});
document.addEventListener("visibilitychange", () => {
  for (const moving of all()) moving.wake();
});
document.addEventListener("htmx:afterSwap", () => prepareAll(document));

if (document.readyState === "complete") prepareAll(document);
else window.addEventListener("load", () => prepareAll(document));
