// The turns of one exercise: one repetition of one set on one side each, set by set, within a set
// side by side. They aim at the lower ends of the dose; repetitions and sets beyond are added one
// by one, up to the upper ends. Pure: no clock, no page.
//
// ``counts`` says how many repetitions each set has; side two does as many as side one did.
// ``at`` is the number of the turn that is under way or comes next, ``done`` how many are done,
// ``seconds`` how long each turn of a dose in minutes has lasted; ``isEased`` whether it has hurt:
// then nothing beyond the lower ends is offered any more.

export class Turns {
  constructor(guide, { counts, at = 0, done = 0, seconds = [], isEased = false } = {}) {
    this.guide = guide;
    this.counts = counts ?? Array(guide.sets[0]).fill(guide.repetitions[0]);
    Object.assign(this, { at, done, seconds, isEased });
  }

  get kept() {
    const { counts, at, done, seconds, isEased } = this;
    return { counts, at, done, seconds, isEased };
  }

  get sides() {
    return this.guide.sides.length;
  }

  get isInMinutes() {
    return this.guide.unit === "minutes";
  }

  // How many turns the lower ends ask for.
  get aim() {
    return this.sides * this.guide.sets[0] * this.guide.repetitions[0];
  }

  get all() {
    return this.counts.reduce((sum, count) => sum + this.sides * count, 0);
  }

  get isOver() {
    return this.at >= this.all;
  }

  // Which set, side and repetition, from 0, the turn of a number is.
  turn(number = this.at) {
    let left = number;
    for (const [set, count] of this.counts.entries()) {
      if (left < this.sides * count) {
        return { set, side: Math.floor(left / count), repetition: left % count };
      }
      left -= this.sides * count;
    }
    return undefined;
  }

  // The turn under way is done; of minutes, after so many seconds.
  finish(seconds = 0) {
    if (this.isInMinutes) this.seconds[this.at] = Math.max(seconds, this.seconds[this.at] ?? 0);
    this.at += 1;
    this.done = Math.max(this.done, this.at);
  }

  // What comes between the turn just done and the next one: "turn" (nothing but letting go),
  // "side", "set", or "end".
  get follows() {
    const [last, next] = [this.turn(this.at - 1), this.turn()];
    if (!next) return "end";
    if (next.set !== last.set) return "set";
    return next.side === last.side ? "turn" : "side";
  }

  // Whether the side just done may have one more repetition in this set.
  get mayRepeat() {
    if (this.isEased) return false;
    const last = this.turn(this.at - 1);
    const isFirstSide = last?.side === 0 && this.follows !== "turn";
    return !this.isInMinutes && isFirstSide && this.counts[last.set] < this.guide.repetitions[1];
  }

  repeat() {
    this.counts[this.turn(this.at - 1).set] += 1;
  }

  ease() {
    this.isEased = true;
  }

  get mayAddSet() {
    return !this.isEased && this.isOver && this.counts.length < this.guide.sets[1];
  }

  addSet() {
    this.counts.push(this.guide.repetitions[0]);
  }

  // The turn before; false at the first one.
  back() {
    if (!this.at) return false;
    this.at -= 1;
    return true;
  }

  // From the first turn again; what is done stays done.
  again() {
    this.at = 0;
  }

  // Repetitions in all, or whole minutes.
  get amount() {
    if (!this.isInMinutes) return this.done;
    return Math.floor(this.seconds.reduce((sum, seconds) => sum + (seconds ?? 0), 0) / 60);
  }

  // Whether the lower ends are reached.
  get isEnough() {
    if (!this.isInMinutes) return this.done >= this.aim;
    const least = this.guide.beats[0].seconds;
    return this.guide.sides.every((_side, number) => (this.seconds[number] ?? 0) >= least);
  }

  get isBegun() {
    return this.isInMinutes ? this.amount > 0 : this.done > 0;
  }
}
