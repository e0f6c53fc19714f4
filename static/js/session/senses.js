// What a session lets a person hear and feel, so that nobody has to look: tones, vibration, a
// voice; and the screen stays lit. Each is left out where the device has none.
import { Settings } from "./settings.js";
import { Sound } from "./sound.js";
import { Voice } from "./voice.js";
import { Wake } from "./wake.js";

// What is heard and felt as each phase begins; nothing where a rest begins.
const BEGINS = { move: "go", hold: "hold", return: "back" };
// What always follows these, known beforehand: it sounds in time on a slowed-down page too.
const FOLLOWS = { hold: "return", rest: "move", count: "move" };
const BUZZES = { go: [60], hold: [120], back: [60, 80, 60], finish: [100, 80, 100, 80, 200] };
const LAST_SECONDS = [3, 2, 1];
const TO_SAY_A_CUE = 2000; // ms: until then no number is said
const SOON = 50; // ms: a tone so near has been left to sound

const hasVibration = () => "vibrate" in navigator && matchMedia("(pointer: coarse)").matches;

export class Senses {
  constructor(root) {
    const place = root.querySelector("[data-senses]") ?? document.querySelector("[data-senses]");
    this.settings = new Settings(place, (name, isOn) => this.switched(name, isOn));
    this.sound = new Sound();
    this.wake = new Wake();
    this.voice = new Voice(document.documentElement.lang, (isThere) =>
      this.settings.offer("voice", isThere),
    );
    this.settings.offer("sound", Sound.exists);
    this.settings.offer("vibration", hasVibration());
    addEventListener("pagehide", () => this.stop());
  }

  // At a press that begins something or goes on with it.
  begin() {
    if (this.settings.isOn("sound")) this.sound.unlock();
    if (this.settings.isOn("voice")) this.voice.unlock();
    this.wake.keep();
  }

  // ``next`` is the phase after this one, "" where it is not known.
  beat({ phase, endsAt, says = "", isCounted = phase in FOLLOWS, next = FOLLOWS[phase] }) {
    const wasAnnounced =
      this.announced?.phase === phase && this.announced.at <= performance.now() + SOON;
    this.current = { phase, endsAt, says, isCounted, next };
    this.voice.stop();
    this.sound.cancel();
    this.wake.keep(endsAt);
    this.buzz(BEGINS[phase]);
    if (!wasAnnounced) this.chime(BEGINS[phase]);
    this.soundAhead();
    this.speak();
  }

  soundAhead() {
    const { endsAt, isCounted, next } = this.current;
    this.announced = undefined;
    if (!this.settings.isOn("sound")) return;
    for (const second of isCounted ? LAST_SECONDS : []) {
      this.sound.play("tick", endsAt - 1000 * second);
    }
    if (!BEGINS[next]) return;
    this.sound.play(BEGINS[next], endsAt);
    this.announced = { phase: next, at: endsAt };
  }

  speak() {
    const { endsAt, says, isCounted } = this.current;
    if (!this.settings.isOn("voice")) return;
    this.voice.say(says);
    const from = performance.now() + (says ? TO_SAY_A_CUE : -1000);
    for (const second of isCounted ? LAST_SECONDS : []) {
      const at = endsAt - 1000 * second;
      if (at >= from) this.voice.count(second, at);
    }
  }

  chime(name) {
    if (name && this.settings.isOn("sound")) this.sound.play(name);
  }

  // A phone that lies in a pocket with another page open does not buzz for this one.
  buzz(name) {
    if (name && !document.hidden && this.settings.isOn("vibration")) {
      navigator.vibrate(BUZZES[name]);
    }
  }

  // Paused, skipped, hurt: what was to come is not heard any more.
  stop() {
    this.current = undefined;
    this.announced = undefined;
    this.sound.stop();
    this.voice.stop();
    // Before the first press a browser refuses even this.
    if (hasVibration() && navigator.userActivation?.hasBeenActive) navigator.vibrate(0);
  }

  // Nothing is celebrated where something hurt.
  end({ isQuiet = false } = {}) {
    this.stop();
    if (!isQuiet) this.chime("finish");
    if (!isQuiet) this.buzz("finish");
    this.wake.letGo();
  }

  // Whoever switches one on hears or feels it at once; the voice joins in with the next beat.
  switched(name, isOn) {
    if (name === "sound") this.switchSound(isOn);
    if (name === "voice") this.switchVoice(isOn);
    if (name === "vibration") navigator.vibrate(isOn ? BUZZES.go : 0);
  }

  switchSound(isOn) {
    if (!isOn) return this.sound.stop();
    this.sound.unlock();
    this.chime("go");
    if (this.current) this.soundAhead();
  }

  switchVoice(isOn) {
    this.voice.stop();
    if (!isOn) return;
    this.voice.say(this.settings.box("voice").dataset.sample);
  }
}
