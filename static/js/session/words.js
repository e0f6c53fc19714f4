// The words of a moment: the line in large words, and what a screen reader and a voice say. All of
// them come with the plan; numbers are filled in here.

export const filled = (words, numbers) =>
  words.replaceAll(/\{(\w+)\}/g, (whole, name) => numbers[name] ?? whole);

// A line breaks only after a dot, never within "2 of 3".
const keptTogether = (words) =>
  words.replaceAll(/(\d) ([^\s·]+) (?=\d)/g, "$1\u00a0$2\u00a0").replaceAll(" ·", "\u00a0·");

const beatOf = (guide, { isChange, beat }) => (isChange ? undefined : guide.beats[beat]);

// Which side, set and repetition: only what there are several of.
function places({ guide, counts }, { set, side, repetition }, words) {
  const parts = [guide.sides[side].words];
  if (counts.length > 1) parts.push(filled(words.set, { n: set + 1, of: counts.length }));
  if (counts[set] > 1) parts.push(filled(words.repetition, { n: repetition + 1, of: counts[set] }));
  return parts.filter(Boolean);
}

export const cue = (step, turns, words) => keptTogether(inParts(step, turns, words).join(" · "));

function inParts(step, turns, words) {
  if (!step?.turn) return [];
  const { guide } = turns;
  const side = guide.sides[step.turn.side];
  if (step.isChange) return [side.next];
  if (step.state === "set_rest") {
    const set = filled(words.set, { n: step.turn.set + 1, of: turns.counts.length });
    return [words.rest, set];
  }
  const what = { beat: beatOf(guide, step)?.cue, count: words.ready }[step.state];
  return [...places(turns, step.turn, words), what].filter(Boolean);
}

// One sentence a phase.
export function announcement(step, turns, words, nextName) {
  const { announces } = words;
  if (step.state === "between") return filled(announces.between, { name: nextName });
  if (step.state === "offer") return announces[step.of];
  if (step.state === "count") return announces.count;
  if (step.isChange) return turns.guide.sides[step.turn.side].next;
  if (step.state === "set_rest") {
    return filled(announces.set_rest, { n: step.turn.set + 1, of: turns.counts.length });
  }
  const beat = beatOf(turns.guide, step);
  const what = step.isLonger ? beat.announces_most : beat.announces;
  const where = places(turns, step.turn, words).join(", ");
  return step.beat === 0 && where ? filled(announces.turn, { where, what }) : what;
}

// What a voice says as the step begins; the 3-2-1 is counted by the senses themselves.
export function says(step, turns, words) {
  if (step.state === "count" || step.state === "between") return "";
  if (step.state === "offer") return words.says[step.of];
  if (step.state === "set_rest") return words.rest;
  if (step.isChange) return turns.guide.sides[step.turn.side].next;
  const what = beatOf(turns.guide, step).says;
  return step.beat === 0 ? turnSays(step.turn, turns, words, what) : what;
}

// Which side it begins with, and the number of each further repetition: who lies on the floor does
// not look. The other side was named before it.
function turnSays({ set, side, repetition }, { guide, counts }, words, what) {
  if (repetition) return filled(words.repetition, { n: repetition + 1, of: counts[set] });
  const where = side === 0 && guide.sides[side].words;
  return where ? filled(words.announces.turn, { where, what }) : what;
}
