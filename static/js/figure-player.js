// Plays a figure's beats: each is a way to a pose, and a stay there. It draws some 14 times a
// second while something moves, seldom while a hold is counted, and not at all while nothing
// changes.

const MOVING = 70; // milliseconds between two pictures
const COUNTING = 200;
const SLOWER = 0.5;

// A movement that starts and ends gently.
const gently = (share) => (1 - Math.cos(Math.PI * share)) / 2;

const lasts = (beat) => beat.goes + beat.stays;

// Which of some beats it is after a share of them all, and how far it is within that one.
function within(beats, progress) {
  const long = beats.reduce((sum, beat) => sum + lasts(beat), 0);
  let left = Math.min(Math.max(progress, 0), 1) * long;
  for (const beat of beats) {
    if (left <= lasts(beat)) return { beat, seconds: left };
    left -= lasts(beat);
  }
  const last = beats.at(-1);
  return { beat: last, seconds: lasts(last) };
}

export class Player {
  // ``told`` hears of each change: { step, phase, held, frame }; ``held`` is 0 to 1 of a hold.
  constructor(shapes, data, told) {
    Object.assign(this, { shapes, data, told, beat: 0, seconds: 0, pace: 1 });
    this.isPlaying = false;
    this.isAwake = true;
  }

  get beats() {
    return this.data.beats;
  }

  play() {
    this.isPlaying = true;
    this.tick();
  }

  pause() {
    this.isPlaying = false;
    clearTimeout(this.next);
  }

  // Out of sight it stands still, and goes on where it was.
  wake(isAwake) {
    if (isAwake === this.isAwake) return;
    this.isAwake = isAwake;
    clearTimeout(this.next);
    this.drawnAt = undefined;
    if (isAwake && this.isPlaying) this.tick();
  }

  slower(isSlower) {
    this.pace = isSlower ? SLOWER : 1;
  }

  // The end of the written step before or after: its last pose, with its signs.
  step(by) {
    this.pause();
    const steps = [...new Set(this.beats.map((beat) => beat.step).filter(Boolean))];
    const at = steps.indexOf(this.beats[this.beat].step);
    const next = steps.at((at + by) % steps.length);
    this.seek(
      this.beats.findLastIndex((beat) => beat.step === next),
      1,
    );
  }

  // A beat by its number, 0 to 1 of it.
  seek(number, progress) {
    this.beat = number;
    this.seconds = Math.min(Math.max(progress, 0), 1) * lasts(this.beats[number]);
    this.draw();
  }

  // From outside, by a step's number or a phase.
  show({ step, phase, progress = 1 }) {
    this.pause();
    const repetition = phase === "set_up" ? this.beats : this.beats.slice(this.data.again);
    const asked = step
      ? this.beats.filter((beat) => beat.step === step)
      : repetition.filter((beat) => beat.phase === phase);
    if (!asked.length) return;
    const { beat, seconds } = within(asked, progress);
    this.beat = this.beats.indexOf(beat);
    this.seconds = seconds;
    this.draw(progress);
  }

  tick() {
    clearTimeout(this.next);
    if (!this.isPlaying || !this.isAwake) return;
    const now = performance.now();
    if (this.drawnAt !== undefined) this.forward(((now - this.drawnAt) / 1000) * this.pace);
    this.drawnAt = now;
    this.draw();
    this.next = setTimeout(() => this.tick(), this.wait());
  }

  forward(seconds) {
    this.seconds += Math.min(seconds, lasts(this.beats[this.beat]));
    if (this.seconds < lasts(this.beats[this.beat])) return;
    this.seconds = 0;
    this.beat = this.beat + 1 < this.beats.length ? this.beat + 1 : this.data.again;
  }

  get isThere() {
    return this.seconds >= this.beats[this.beat].goes;
  }

  wait() {
    const beat = this.beats[this.beat];
    if (!this.isThere) return MOVING;
    if (beat.phase === "hold") return COUNTING;
    return Math.max(MOVING, ((lasts(beat) - this.seconds) / this.pace) * 1000);
  }

  draw(told) {
    const beat = this.beats[this.beat];
    this.shapes.show(beat, beat.goes ? gently(Math.min(this.seconds / beat.goes, 1)) : 1);
    const isStill = this.isThere && (!this.isPlaying || ["hold", "rest"].includes(beat.phase));
    this.shapes.sign(isStill ? beat.frame : undefined);
    const held = beat.stays ? Math.max(this.seconds - beat.goes, 0) / beat.stays : 1;
    this.told({ ...beat, held: beat.phase === "hold" ? (told ?? held) : 0 });
  }
}
