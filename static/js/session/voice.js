// Says cues and counts, by a voice that is on this device and speaks the page's language. Other
// voices would send the words to whoever makes them: they are never used.

const synthesis = globalThis.speechSynthesis;
const LATE = 400; // ms: a number that would come later is left out

// "en_GB" of one browser is "en-GB" of another.
const tagOf = (language) => language.toLowerCase().replaceAll("_", "-");
const spoken = (language) => tagOf(language).split("-")[0];

// The same country first, then the one that the device would take.
function fitting(language) {
  const local = synthesis
    .getVoices()
    .filter((voice) => voice.localService && spoken(voice.lang) === spoken(language));
  return (
    local.find((voice) => tagOf(voice.lang) === tagOf(language)) ??
    local.find((voice) => voice.default) ??
    local[0]
  );
}

export class Voice {
  numbers = [];

  // ``told`` hears whether there is a voice; many browsers find theirs a while after the page.
  constructor(language, told) {
    if (!synthesis) return;
    const choose = () => {
      this.chosen = fitting(language);
      told(Boolean(this.chosen));
    };
    choose();
    synthesis.addEventListener?.("voiceschanged", choose);
  }

  // At a press: before one, some browsers say nothing.
  unlock() {
    this.say(" ");
  }

  say(words) {
    if (!this.chosen || !words) return;
    const saying = new SpeechSynthesisUtterance(words);
    saying.voice = this.chosen;
    saying.lang = this.chosen.lang;
    synthesis.speak(saying);
  }

  // A number is left out while something else is being said: nobody is talked over.
  count(number, at) {
    const say = () => {
      if (performance.now() - at < LATE && !synthesis.speaking) this.say(String(number));
    };
    this.numbers.push(setTimeout(say, Math.max(at - performance.now(), 0)));
  }

  stop() {
    this.numbers.splice(0).forEach(clearTimeout);
    if (synthesis?.speaking || synthesis?.pending) synthesis.cancel();
  }
}
