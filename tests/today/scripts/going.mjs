// A session gone through by a clock of its own, for the tests next to this.

import { Course } from "../../../static/js/session/course.js";
import { press } from "../../../static/js/session/presses.js";

const SIDES = { both: ["right", "left"], one: ["left"], none: [""] };
const beat = (phase, seconds, most = seconds) => ({ phase, seconds, most });
const HELD = (hold) => [beat("move", 4), beat("hold", ...hold), beat("return", 3), beat("rest", 3)];

export function exercise({ sides = "none", sets = [1, 1], repetitions = [1, 1], ...more } = {}) {
  const { hold, minutes, optional = false, item = "one" } = more;
  const lasting = minutes && [beat("move", ...minutes.map((each) => each * 60))];
  return {
    item,
    optional,
    unit: minutes ? "minutes" : "repetitions",
    sides: SIDES[sides].map((side) => ({ side })),
    sets,
    repetitions,
    beats: lasting ?? (hold ? HELD(hold) : [beat("move", 2), beat("return", 2)]),
    rest: 30,
  };
}

export class Going {
  constructor(...exercises) {
    this.now = 0;
    this.changes = 0;
    this.exercises = exercises;
    this.course = this.fresh();
  }

  fresh() {
    return new Course({ exercises: this.exercises, pain: { some: 4, much: 6 } }, () => {
      this.changes += 1;
    });
  }

  // So many seconds later, heard every so many.
  after(seconds, every = 0.1) {
    const until = this.now + seconds * 1000;
    while (this.now < until) {
      this.now = Math.min(this.now + every * 1000, until);
      this.course.tick(this.now);
    }
    return this;
  }

  press(what, data) {
    press(this.course, what, this.now, data);
    this.course.tickedAt = this.now;
    return this;
  }

  // What is shown until it waits for a press: "beat hold right 1/1", each once.
  line(seconds = 3600) {
    const seen = [];
    for (const until = this.now + seconds * 1000; this.now < until && this.course.isRunning; ) {
      if (seen.at(-1) !== this.said) seen.push(this.said);
      this.after(0.1);
    }
    return seen;
  }

  get said() {
    const { state, step, exercise } = this.course;
    if (!step?.turn) return state;
    const { set, side, repetition } = step.turn;
    const { side: name } = exercise.sides[side];
    const where = [name, `${set + 1}.${repetition + 1}`].filter(Boolean).join(" ");
    return [state, step.of ?? (step.isChange ? "change" : step.phase), where].join(" ");
  }

  get result() {
    return [...this.course.results.values()][0];
  }
}
