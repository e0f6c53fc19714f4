// A session by the clock is a line of steps, each so many seconds long: counting 3-2-1, the beats
// of a turn, changing sides, rests, offers. Pure: what step comes after which.
//
// A step: { state, phase, seconds, turn, beat, of }. ``state`` is what the page shows, ``turn``
// { set, side, repetition } whom it belongs to, ``beat`` its number within the turn, ``of`` what is
// offered. ``most`` is there where it may be made longer, ``from`` where part of it is over.

const COUNT = 3; // seconds
const CHANGE = 5;
const OFFER = 10;
export const BETWEEN = 10;

export function count(turns) {
  return { state: "count", phase: "count", seconds: COUNT, turn: turns.turn() };
}

// Between two exercises; the next one is shown meanwhile.
export const between = () => ({ state: "between", phase: "rest", seconds: BETWEEN });

function beat(turns, number, turn = turns.turn()) {
  const { phase, seconds, most } = turns.guide.beats[number];
  const step = { state: "beat", phase, seconds, turn, beat: number };
  if (turns.isInMinutes) step.from = turns.seconds[turns.at] ?? 0; // it was broken off
  if (step.from > seconds) return { ...step, seconds: most, isLonger: true };
  return most > seconds && !turns.isEased ? { ...step, most } : step;
}

const offer = (turns, of) => ({
  state: "offer",
  phase: "rest",
  seconds: OFFER,
  turn: turns.turn(turns.at - 1),
  of,
});

// How long the rest before another set is; part of it may have been the time for an offer.
function setRest(turns, offered = 0) {
  const seconds = Math.max(turns.guide.rest - offered, COUNT);
  return { state: "set_rest", phase: "rest", seconds, turn: turns.turn() };
}

// After the last repetition of a side; null where the exercise is over.
function afterSide(turns, offered) {
  if (turns.follows === "side") {
    const step = { state: "beat", phase: "rest", seconds: CHANGE, turn: turns.turn() };
    return { ...step, isChange: true };
  }
  if (turns.follows === "set") return setRest(turns, offered);
  return turns.mayAddSet && !turns.isInMinutes ? offer(turns, "set") : null;
}

function afterTurn(turns) {
  if (turns.follows === "turn") {
    const rest = turns.guide.beats.findIndex(({ phase }) => phase === "rest");
    return rest < 0 ? beat(turns, 0) : beat(turns, rest, turns.turn(turns.at - 1));
  }
  return turns.mayRepeat ? offer(turns, "repetition") : afterSide(turns);
}

function afterBeat(step, turns) {
  if (step.isChange || (step.phase === "rest" && !turns.isInMinutes)) return beat(turns, 0);
  const next = turns.guide.beats[step.beat + 1];
  if (next && next.phase !== "rest") return beat(turns, step.beat + 1);
  if (turns.isInMinutes && step.most) return { ...offer(turns, "minutes"), turn: step.turn };
  return finish(turns, step.seconds);
}

// The turn under way is over, after so many seconds.
export function finish(turns, seconds) {
  turns.finish(seconds);
  return afterTurn(turns);
}

// What comes when the time of a step is over; null where the exercise is.
export function after(step, turns) {
  if (step.state === "beat") return afterBeat(step, turns);
  if (step.of === "repetition") return afterSide(turns, OFFER);
  if (step.of === "minutes") return finish(turns, turns.guide.beats[0].seconds);
  if (step.of === "set") return null;
  return beat(turns, 0); // it was counted down, or the rest before a set
}

// What comes when the offer is taken.
export function taken(step, turns) {
  if (step.of === "minutes") return longer(beat(turns, 0));
  if (step.of === "set") {
    turns.addSet();
    return setRest(turns, OFFER);
  }
  turns.repeat();
  return count(turns);
}

// The same step up to the upper end.
export function longer({ most, ...step }) {
  return { ...step, seconds: most, isLonger: true };
}
