// A device that notes what it was asked to sound, buzz, say and keep lit. Its audio clock is the
// page's clock; a tone that was taken back before it began is off.

const device = { tones: [], buzzes: [], said: [], cancelled: 0, locks: [], contexts: [] };
window.device = device;

const nothing = () => undefined;
const give = (on, name, value) => Object.defineProperty(on, name, { value, configurable: true });

function oscillator() {
  const noted = { isOff: false };
  const tone = new EventTarget();
  return Object.assign(tone, {
    frequency: {},
    connect: (next) => next,
    start: (at) => {
      Object.assign(noted, { at: Math.round(at * 1000), hertz: tone.frequency.value });
      device.tones.push(noted);
    },
    stop: (at) => {
      if (at * 1000 <= noted.at + 60) noted.isOff = true;
    },
  });
}

function gain() {
  const names = ["setValueAtTime", "exponentialRampToValueAtTime", "setTargetAtTime"];
  const changes = [...names, "cancelScheduledValues"].map((name) => [name, nothing]);
  return {
    gain: Object.fromEntries(changes),
    connect: (next) => next,
    disconnect: nothing,
  };
}

class Context extends EventTarget {
  state = "suspended";
  createGain = gain;
  createOscillator = oscillator;

  constructor() {
    super();
    device.contexts.push(this);
  }

  get currentTime() {
    return performance.now() / 1000;
  }

  turn(state) {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }

  resume() {
    if (this.state !== "running") this.turn("running");
    return Promise.resolve();
  }
}

const A_LETTER = 60; // ms
const synthesis = Object.assign(new EventTarget(), {
  voices: window.voicesOfTheDevice ?? [],
  speaking: false,
  getVoices: () => synthesis.voices,
  speak: ({ text, voice }) => {
    device.said.push({ text, voice: voice.name });
    synthesis.speaking = true;
    clearTimeout(synthesis.saying);
    synthesis.saying = setTimeout(() => {
      synthesis.speaking = false;
    }, text.length * A_LETTER);
  },
  cancel: () => {
    device.cancelled += 1;
    synthesis.speaking = false;
  },
});

class Utterance {
  constructor(text) {
    this.text = text;
  }
}

function lit() {
  const lock = new EventTarget();
  lock.isHeld = true;
  lock.release = () => {
    lock.isHeld = false;
    lock.dispatchEvent(new Event("release"));
    return Promise.resolve();
  };
  device.locks.push(lock);
  return Promise.resolve(lock);
}

give(window, "AudioContext", Context);
give(window, "speechSynthesis", synthesis);
give(window, "SpeechSynthesisUtterance", Utterance);
give(navigator, "vibrate", (pattern) => device.buzzes.push(pattern));
give(navigator, "wakeLock", { request: lit });

// Another app in front, or this page again.
let isHidden = false;
Object.defineProperty(document, "hidden", { get: () => isHidden });
window.hide = (is) => {
  isHidden = is;
  if (is) for (const lock of device.locks.filter((one) => one.isHeld)) lock.release();
  document.dispatchEvent(new Event("visibilitychange"));
};
