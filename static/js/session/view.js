// What the page shows of a session's course. It sets attributes and fills in numbers; how a state
// looks is the style sheet's business, and its words stand in the template and in the plan.

import { attach } from "../figure.js";
import { announcement, cue, filled } from "./words.js";

const MOVING = 70; // milliseconds between two pictures
const COUNTING = 100;
const A_SECOND = 1000;
const less = window.matchMedia("(prefers-reduced-motion: reduce)");

export class View {
  constructor(root, plan) {
    Object.assign(this, { root, words: plan.words });
    root.dataset.led = "";
  }

  fill(name, words) {
    for (const place of this.root.querySelectorAll(`[data-${name}]`)) {
      if (place.textContent !== words) place.textContent = words;
    }
  }

  // After a change of state or step. ``facts`` are more of what applies, besides the course's own.
  show(course, now, facts = []) {
    const { root } = this;
    const { state, step, number, turns } = course;
    root.dataset.state = state;
    root.dataset.phase = step?.phase ?? "";
    root.dataset.exercise = number + 1;
    root.dataset.advice = state === "advice" ? course.advice : "";
    root.dataset.is = [...factsOf(course), ...facts].join(" ");
    for (const page of root.querySelectorAll("[data-exercise-page]")) {
      page.toggleAttribute("data-current", Number(page.dataset.exercisePage) === number + 1);
    }
    const of = course.exercises.length;
    this.fill("place", filled(this.words.place, { n: number + 1, of }));
    this.fill("next-name", course.exercise.name);
    if (step) this.fill("cue", cue(step, turns, this.words));
    this.announce(course);
    this.draw(course, now);
    this.rest(course);
  }

  announce({ isRunning, step, turns, exercise }) {
    const words = isRunning ? announcement(step, turns, this.words, exercise.name) : "";
    // The same words again are said again; in a question nothing is left of what went on before.
    if (!words || this.announced !== step) this.fill("announce", "");
    this.announced = step;
    if (words) this.fill("announce", words);
  }

  get player() {
    const figure = this.root.querySelector("[data-current] [data-moving]");
    return figure ? attach(figure) : undefined;
  }

  // Between two steps: the seconds, the ring, the figure.
  draw(course, now) {
    const { isRunning, step, exercise } = course;
    if (!isRunning) return;
    const progress = course.progress(now);
    const left = Math.max(Math.ceil((course.endsAt - now) / 1000), 0);
    this.fill("seconds", clock(left));
    this.root.toggleAttribute("data-minutes", left >= 60);
    this.fill("count", String(left));
    this.share(progress, now);
    if (!document.hidden) this.move(step, exercise, less.matches ? 1 : progress);
  }

  // How full the ring is; a new step begins it again at once.
  share(progress, now) {
    if (this.sharedOf === this.announced && now - this.sharedAt < COUNTING) return;
    Object.assign(this, { sharedOf: this.announced, sharedAt: now });
    this.root.style.setProperty("--share", progress.toFixed(3));
  }

  // The figure does what the step asks for; it gets ready while 3-2-1 is counted and while sides
  // are changed, plays by itself through minutes and while the next exercise is shown, and stays
  // as it is in other rests.
  move({ state, phase, turn, isChange }, exercise, progress) {
    const isPlayed = state === "between" || exercise.unit === "minutes";
    if (isPlayed) return this.play();
    if (!["beat", "count"].includes(state)) return;
    const isToCome = isChange || state === "count";
    const asked = isToCome ? { phase: "move", progress: 0 } : { phase, progress };
    this.isPlaying = false;
    this.player?.show({ ...asked, side: exercise.sides[turn.side].side || undefined });
  }

  play() {
    if (this.isPlaying || less.matches) return;
    this.isPlaying = true;
    this.player?.play();
  }

  // What waits for a press: the figure shows the exercise until it begins, and rests in a pause.
  rest({ state, isRunning }) {
    if (isRunning) return;
    this.isPlaying = false;
    if (state === "ready") this.play();
    else this.player?.pause();
  }

  // Milliseconds until it has to be drawn again: soon where something moves, else when the next
  // whole second is over.
  wait({ step, exercise, endsAt }, now) {
    const left = Math.max(endsAt - now, 0);
    const nextSecond = left % A_SECOND || Math.min(left, A_SECOND);
    if (document.hidden || less.matches || exercise.unit === "minutes") return nextSecond;
    if (step.state !== "beat" || step.phase === "rest") return nextSecond;
    return Math.min(left, step.phase === "hold" ? COUNTING : MOVING);
  }
}

// "18", and from a minute on "9:30".
const clock = (seconds) =>
  seconds < 60
    ? String(seconds)
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

// What of a state applies: the style sheet hides the parts that do not (data-only).
function factsOf({ state, step, exercise, turns, isAnything }) {
  const isEarly = state === "beat" && turns.isInMinutes && !step.isChange;
  const facts = {
    optional: exercise.optional,
    some: isAnything,
    none: !isAnything,
    untouched: !turns.isBegun,
    begun: turns.isBegun,
    longer: state === "beat" && step.most,
    early: isEarly,
    held: step?.phase === "hold",
    [step?.of]: true,
  };
  return Object.keys(facts).filter((name) => name !== "undefined" && facts[name]);
}
