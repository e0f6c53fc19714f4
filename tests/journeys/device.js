// A device that notes what it was asked to sound, buzz, say and keep lit. Its audio clock is the
// page's clock; a tone that was taken back before it began is off.
(() => {
  const device = { tones: [], buzzes: [], said: [], cancelled: 0, locks: [], contexts: [] };
  window.device = device;
  const give = (on, name, value) => Object.defineProperty(on, name, { value, configurable: true });

  class Context extends EventTarget {
    state = "suspended";
    get currentTime() { return performance.now() / 1000; }
    constructor() { super(); device.contexts.push(this); }
    turn(state) { this.state = state; this.dispatchEvent(new Event("statechange")); }
    async resume() { if (this.state !== "running") this.turn("running"); }
    createGain() {
      const nothing = () => undefined;
      const gain = { setValueAtTime: nothing, exponentialRampToValueAtTime: nothing,
        cancelScheduledValues: nothing, setTargetAtTime: nothing };
      return { gain, connect: (next) => next, disconnect: nothing };
    }
    createOscillator() {
      const tone = new EventTarget();
      const one = { isOff: false };
      return Object.assign(tone, {
        frequency: {},
        connect: (next) => next,
        start: (at) => {
          Object.assign(one, { at: Math.round(at * 1000), hertz: tone.frequency.value });
          device.tones.push(one);
        },
        stop: (at) => { if (at * 1000 <= one.at + 60) one.isOff = true; },
      });
    }
  }
  give(window, "AudioContext", Context);
  give(navigator, "vibrate", (pattern) => device.buzzes.push(pattern));

  const synthesis = new EventTarget();
  give(window, "speechSynthesis", Object.assign(synthesis, {
    voices: window.voicesOfTheDevice ?? [],
    getVoices: () => synthesis.voices,
    speaking: false,
    speak: (words) => {
      device.said.push({ text: words.text, voice: words.voice.name });
      synthesis.speaking = true;
      clearTimeout(synthesis.saying);
      synthesis.saying = setTimeout(() => { synthesis.speaking = false; }, words.text.length * 60);
    },
    cancel: () => { device.cancelled += 1; synthesis.speaking = false; },
  }));
  give(window, "SpeechSynthesisUtterance", class { constructor(text) { this.text = text; } });

  give(navigator, "wakeLock", { request: async () => {
    const lock = new EventTarget();
    lock.isHeld = true;
    lock.release = async () => { lock.isHeld = false; lock.dispatchEvent(new Event("release")); };
    device.locks.push(lock);
    return lock;
  } });

  let hidden = false;
  give(document, "hidden", false);
  Object.defineProperty(document, "hidden", { get: () => hidden });
  window.hide = (isHidden) => {
    hidden = isHidden;
    if (isHidden) for (const lock of device.locks) if (lock.isHeld) lock.release();
    document.dispatchEvent(new Event("visibilitychange"));
  };
})();
