// Soft tones, made on the spot. What is to come is given to the audio clock beforehand: it sounds
// in time also where the browser slows a hidden page's timers down.

// Hertz, and seconds from the first note on.
const CHIMES = {
  go: [{ hertz: 659, after: 0 }],
  hold: [
    { hertz: 523, after: 0 },
    { hertz: 784, after: 0.14 },
  ],
  back: [
    { hertz: 784, after: 0 },
    { hertz: 523, after: 0.14 },
  ],
  tick: [{ hertz: 440, after: 0, lasts: 0.09, loudness: 0.16 }],
  // Short: the page after the session comes soon.
  finish: [
    { hertz: 523, after: 0 },
    { hertz: 659, after: 0.11 },
    { hertz: 784, after: 0.22 },
    { hertz: 1047, after: 0.33 },
  ],
};
const LASTS = 0.35; // seconds
const LOUDNESS = 0.3; // of 1
const SWELLS = 0.015; // seconds: without it a tone begins and ends with a click
const SILENT = 0.0001; // an exponential way never reaches 0
const LATE = 250; // ms: a tone that would come later is left out
const SOON = 0.05; // seconds: as good as begun

const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;

export class Sound {
  static exists = Boolean(Context);

  scheduled = new Set();
  waiting = [];

  // At a press: before one, a browser plays nothing. A moment later, for to open the sound takes
  // long on some phones, and what was pressed is to be seen first.
  unlock() {
    this.isUnlocked = true;
    if (this.context) this.resume();
    else this.opening ??= setTimeout(() => this.open());
  }

  open() {
    try {
      this.context = new Context();
    } catch {
      return; // a machine without any way to sound
    }
    this.context.addEventListener("statechange", () => this.changed());
    if (this.isRunning) this.changed();
    else this.resume();
  }

  resume() {
    if (this.context && !this.isRunning) this.context.resume().catch(() => undefined);
  }

  get isRunning() {
    return this.context?.state === "running";
  }

  // A call takes the sound away, and the audio clock stands still: what is to come waits for both.
  changed() {
    if (this.isRunning) {
      for (const { name, at } of this.waiting.splice(0)) this.play(name, at);
    } else {
      this.waiting.push(...this.takeBack());
    }
  }

  // ``at`` is a time of performance.now().
  play(name, at = performance.now()) {
    if (!this.isUnlocked) return;
    if (!this.isRunning) {
      this.waiting.push({ name, at });
      this.resume();
      return;
    }
    const ahead = at - performance.now();
    if (ahead < -LATE) return;
    const start = this.context.currentTime + Math.max(ahead, 0) / 1000;
    const chime = { name, at, start };
    this.scheduled.add(chime);
    chime.notes = CHIMES[name].map((note) => this.note(start + note.after, note));
    chime.notes.at(-1).tone.addEventListener("ended", () => this.scheduled.delete(chime));
  }

  note(start, { hertz, lasts = LASTS, loudness = LOUDNESS }) {
    const { context } = this;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    volume.gain.value = SILENT;
    volume.gain.setValueAtTime(SILENT, start);
    volume.gain.exponentialRampToValueAtTime(loudness, start + SWELLS);
    volume.gain.exponentialRampToValueAtTime(SILENT, start + lasts);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + lasts);
    tone.addEventListener("ended", () => volume.disconnect());
    return { tone, volume };
  }

  cancel() {
    this.waiting = [];
    this.takeBack();
  }

  // What has not begun.
  takeBack() {
    const soon = this.context ? this.context.currentTime + SOON : 0;
    const ahead = [...this.scheduled].filter(({ start }) => start > soon);
    for (const chime of ahead) this.silence(chime);
    return ahead;
  }

  stop() {
    this.cancel();
    for (const chime of this.scheduled) this.silence(chime);
  }

  silence(chime) {
    const now = this.context.currentTime;
    for (const { tone, volume } of chime.notes) {
      volume.gain.cancelScheduledValues(now);
      volume.gain.setTargetAtTime(0, now, SWELLS);
      tone.stop(now + SOON);
    }
    this.scheduled.delete(chime);
  }
}
