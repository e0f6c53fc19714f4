import assert from "node:assert/strict";
import test from "node:test";

import { announcement, cue, says } from "../../../static/js/session/words.js";
import { exercise, Going } from "./going.mjs";

const WORDS = {
  repetition: "{n} of {of}",
  set: "round {n} of {of}",
  ready: "get ready",
  rest: "Rest",
  says: { repetition: "One more?" },
  announces: {
    count: "Get ready.",
    turn: "{where}: {what}",
    repetition: "One more? Press One more, or wait.",
    set_rest: "Rest. Then round {n} of {of}.",
    between: "Next comes: {name}",
  },
};

function worded(dose) {
  const made = exercise(dose);
  for (const side of made.sides) {
    side.words = side.side && `The ${side.side} leg`;
    side.next = `Now the ${side.side} leg`;
  }
  for (const beat of made.beats) {
    beat.cue = beat.phase;
    beat.says = `${beat.phase}!`;
    beat.announces = `${beat.phase} for ${beat.seconds} seconds.`;
    beat.announces_most = `${beat.phase} for ${beat.most} seconds.`;
  }
  return made;
}

const now = ({ course }) => [
  cue(course.step, course.turns, WORDS).replaceAll("\u00a0", " "),
  announcement(course.step, course.turns, WORDS, "Bridge"),
  says(course.step, course.turns, WORDS),
];

test("side, round, repetition and phase, each where there are several", () => {
  const dose = { sides: "both", sets: [2, 2], repetitions: [2, 3], hold: [9, 12] };
  const going = new Going(worded(dose)).press("ready");
  const where = `The right leg · round 1 of 2 · 1 of 2`;
  assert.deepEqual(now(going), [`${where} · get ready`, "Get ready.", ""]);
  going.after(3);
  const begins = "The right leg, round 1 of 2, 1 of 2: move for 4 seconds.";
  assert.deepEqual(now(going), [`${where} · move`, begins, "The right leg: move!"]);
  going.after(4);
  assert.deepEqual(now(going), [`${where} · hold`, "hold for 9 seconds.", "hold!"]);
  going.press("longer");
  assert.equal(now(going)[1], "hold for 12 seconds.");
});

test("what there is one of is not counted", () => {
  const going = new Going(worded({ hold: [9, 9] })).press("ready").after(3);
  assert.deepEqual(now(going), ["move", "move for 4 seconds.", "move!"]);
});

test("the offer, the other side and the rest before a round", () => {
  const dose = { sides: "both", sets: [2, 2], repetitions: [1, 2], hold: [9, 9] };
  const going = new Going(worded(dose)).press("ready").after(3 + 16 + 1);
  const offered = "One more? Press One more, or wait.";
  assert.deepEqual(now(going), [`The right leg · round 1 of 2`, offered, "One more?"]);
  going.press("more").after(3 + 4);
  assert.equal(now(going)[0], `The right leg · round 1 of 2 · 2 of 2 · hold`);
  going.after(9 + 3 + 1);
  assert.deepEqual(now(going), Array(3).fill("Now the left leg"));
  going.after(4 + 16 + 3 + 16 + 1);
  assert.deepEqual(now(going), [`Rest · round 2 of 2`, "Rest. Then round 2 of 2.", "Rest"]);
});

test("a voice says which side begins, and then the number of each repetition", () => {
  const dose = { sides: "both", sets: [1, 1], repetitions: [2, 2], hold: [9, 9] };
  const going = new Going(worded(dose)).press("ready").after(3 + 1);
  assert.equal(now(going)[2], "The right leg: move!");
  going.after(4 + 9 + 3 + 3);
  assert.equal(now(going)[2], "2 of 2");
  going.after(4 + 9 + 3);
  assert.equal(now(going)[2], "Now the left leg");
  going.after(5);
  assert.equal(now(going)[2], "move!");
});

test("large words break only after a dot", () => {
  const dose = { sides: "both", sets: [2, 2], repetitions: [2, 2], hold: [9, 9] };
  const { course } = new Going(worded(dose)).press("ready");
  const lines = cue(course.step, course.turns, WORDS).split("· ");
  assert.deepEqual(lines, ["The right leg\u00a0", "round 1\u00a0of\u00a02\u00a0", "1\u00a0of\u00a02\u00a0", "get ready"]);
});
