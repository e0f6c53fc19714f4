// The course of a session: which state it is in, what a press or the time does to it. Pure: it is
// told what time it is, and tells ``onChange`` when it has moved on; it knows no page and no clock.
//
// Each step ends so many milliseconds after the step before it ended, not after it was noticed:
// a late call of ``tick`` goes through as many steps as are over.

import { went, isAnything } from "./results.js";
import { after, between, count } from "./steps.js";
import { Turns } from "./turns.js";

const LOST = 75_000; // ms without a tick: a call, sleep, a frozen tab; nobody exercised to that
const TIMED = new Set(["count", "beat", "offer", "set_rest", "between"]);

// The limits of the rules for pain are the plan's.
function adviceOf(pain, { some, much }) {
  if (pain >= much) return "much";
  return pain >= some ? "some" : "low";
}

export class Course {
  constructor({ exercises, pain }, onChange) {
    Object.assign(this, { exercises, limits: pain, onChange });
    this.turnsOf = exercises.map((exercise) => new Turns(exercise));
    this.said = exercises.map(() => ({}));
    this.number = 0;
    this.enter("ready");
  }

  get exercise() {
    return this.exercises[this.number];
  }

  get turns() {
    return this.turnsOf[this.number];
  }

  // What to do about the pain that was told of this exercise: low, some or much.
  get advice() {
    return adviceOf(this.said[this.number].pain, this.limits);
  }

  // --- the time

  get isRunning() {
    return TIMED.has(this.state);
  }

  // A state that waits for a press.
  enter(state) {
    Object.assign(this, { state, step: undefined });
  }

  start(step, now) {
    if (!step) return this.leaveExercise(now);
    this.goOnWith(step, now - (step.from ?? 0) * 1000);
  }

  goOnWith(step, startedAt) {
    Object.assign(this, { state: step.state, step, startedAt });
  }

  get endsAt() {
    return this.startedAt + this.step.seconds * 1000;
  }

  // From 0 to 1 of the step.
  progress(now) {
    return Math.min(Math.max((now - this.startedAt) / (this.step.seconds * 1000), 0), 1);
  }

  // ``lost``: how long nothing was heard of the clock.
  tick(now, lost = now - (this.tickedAt ?? now)) {
    const before = this.tickedAt ?? now;
    this.tickedAt = now;
    if (!this.isRunning) return;
    if (lost > LOST) {
      this.pause(Math.min(before, this.endsAt));
      return this.onChange();
    }
    let hasMoved = false;
    while (this.isRunning && now >= this.endsAt) {
      hasMoved = true;
      this.note(this.endsAt);
      this.follow(this.endsAt);
    }
    if (this.isRunning) this.note(now);
    if (hasMoved) this.onChange();
  }

  follow(now) {
    const { resumes } = this.step;
    if (this.state === "between") this.enter("ready");
    else if (resumes) this.goOnWith(resumes.step, now - resumes.passed);
    else this.start(after(this.step, this.turns), now);
  }

  // How long a dose in minutes has lasted so far.
  note(now) {
    if (!this.turns.isInMinutes || this.state !== "beat" || this.step.isChange) return;
    const seconds = (now - this.startedAt) / 1000;
    this.turns.seconds[this.turns.at] = Math.min(seconds, this.step.seconds);
  }

  pause(now) {
    if (!this.isRunning) return;
    if (this.state === "between") return this.enter("ready");
    this.note(now);
    this.held = this.step.resumes ?? { step: this.step, passed: now - this.startedAt };
    this.state = "paused";
  }

  // On from where it was paused: a beat after 3-2-1, a rest at once.
  goOn(now) {
    const { step, passed } = this.held;
    if (step.state === "beat") this.start({ ...count(this.turns), resumes: this.held }, now);
    else this.goOnWith(step, now - passed);
  }

  // --- from exercise to exercise

  // Counted down, from the turn that is under way or comes next.
  begin(now) {
    if (this.turns.isOver) this.turns.again();
    this.start(count(this.turns), now);
  }

  // On to the next one that has not hurt.
  leaveExercise(now) {
    const next = this.said.findIndex(
      ({ outcome }, each) => each > this.number && outcome !== "hurt",
    );
    if (next < 0) return this.enter("end");
    this.left = this.number;
    this.number = next;
    this.start(between(), now);
  }

  exerciseBefore() {
    const number = this.said.findLastIndex(
      ({ outcome }, each) => each < this.number && outcome !== "hurt",
    );
    if (number >= 0) {
      this.number = number;
      this.said[number].outcome = undefined;
      if (this.turns.isOver) this.turns.again();
    }
    this.enter("ready");
  }

  // --- what is kept of it, and what it comes to

  get kept() {
    const items = this.exercises.map(({ item }, number) => {
      const [turns, said] = [this.turnsOf[number].kept, this.said[number]];
      return [item, { turns, said, went: this.went(number) }];
    });
    const stays = ["hurt", "advice", "end"].includes(this.state) ? this.state : "";
    const { item } = this.exercise;
    return { item, state: stays, items: { ...this.others, ...Object.fromEntries(items) } };
  }

  // What was kept of an earlier time, on the page of today's exercises: some may have gone since.
  restore(kept) {
    const known = new Set(this.exercises.map(({ item }) => item));
    const gone = Object.entries(kept.items).filter(([item]) => !known.has(item));
    this.others = Object.fromEntries(gone);
    for (const [number, exercise] of this.exercises.entries()) {
      const { turns, said } = kept.items[exercise.item] ?? {};
      this.turnsOf[number] = new Turns(exercise, turns);
      this.said[number] = { ...said };
    }
    const number = this.exercises.findIndex(({ item }) => item === kept.item);
    this.number = number < 0 ? this.firstLeft : number;
    this.enter(number < 0 || !kept.state ? "ready" : kept.state);
  }

  // Begun again: what hurt today stays left out.
  keepHurt(kept) {
    for (const [number, { item }] of this.exercises.entries()) {
      const { turns, said } = kept.items[item] ?? {};
      if (said?.outcome !== "hurt") continue;
      this.turnsOf[number] = new Turns(this.exercises[number], turns);
      this.said[number] = said;
    }
    this.number = this.firstLeft;
  }

  // How many exercises are over, one way or another.
  get ended() {
    const isOver = (turns, number) => turns.isEnough || this.said[number].outcome;
    return this.turnsOf.filter(isOver).length;
  }

  get firstLeft() {
    const isLeft = (turns, number) => !turns.isEnough && !this.said[number].outcome;
    return Math.max(this.turnsOf.findIndex(isLeft), 0);
  }

  went(number) {
    const { optional } = this.exercises[number];
    return went(this.turnsOf[number], this.said[number], { isOptional: optional });
  }

  // By item, as the form takes it.
  get results() {
    return new Map(Object.entries(this.kept.items).map(([item, { went }]) => [item, went]));
  }

  get isAnything() {
    const isSaid = (turns, number) => isAnything(turns, this.said[number]);
    return this.turnsOf.some(isSaid) || Object.keys(this.others ?? {}).length > 0;
  }
}
