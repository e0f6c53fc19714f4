import assert from "node:assert/strict";
import test from "node:test";

import {
  counts,
  feelingOf,
  isMuchPain,
  isSoonAfterOther,
  painOf,
  plainOf,
  whenOf,
} from "../../../static/js/offline/entries.js";

const DAY = { record: "r", day: "d", on: "2026-11-29" };
const LIMITS = { high: 6, rise: 3 };
const ONE_TAP = { client_id: "c", programme: "p", performed_at: "2026-11-29T18:05:00.000Z" };

const fields = (more) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...ONE_TAP, ...more })) form.set(name, value);
  return form;
};
const session = (more) => ({ results: null, pain_after: null, ...more });
const went = (result, more) => ({ item: "i", result, amount: null, pain: null, ...more });

test("one tap says nothing of single exercises", () => {
  const plain = plainOf(fields(), DAY, "Europe/London");
  assert.deepEqual(plain, {
    kind: "session",
    ...DAY,
    ...ONE_TAP,
    zone: "Europe/London",
    guided: false,
    results: null,
  });
});

test("a guided session says how each exercise went, and passes over what does not fit", () => {
  const { guided, results } = plainOf(
    fields({
      guided: "True",
      "result-a": "done",
      "amount-a": " 4 ",
      "pain-a": "2",
      "skip_reason-a": "no_time",
      "result-b": "skipped",
      "amount-b": "3",
      "skip_reason-b": "no_time",
      "result-c": "",
      "amount-c": "",
    }),
    DAY,
    "",
  );
  assert.equal(guided, true);
  assert.deepEqual(results, [
    { item: "a", result: "done", amount: 4, pain: 2, skip_reason: "" },
    { item: "b", result: "skipped", amount: null, pain: null, skip_reason: "no_time" },
  ]);
});

test("how it felt: what was left out is left out", () => {
  const nothing = feelingOf(new FormData());
  assert.deepEqual(nothing, { pain_after: null, effort: "", note: "" });
  const form = fields({ pain_after: "0", effort: "ok", note: " Fine. " });
  assert.deepEqual(feelingOf(form), { pain_after: 0, effort: "ok", note: "Fine." });
});

test("nothing done does not count", () => {
  assert.equal(counts(session()), true);
  assert.equal(counts(session({ results: [went("skipped")] })), false);
  assert.equal(counts(session({ results: [went("hurt", { amount: 0, pain: 5 })] })), false);
  assert.equal(counts(session({ results: [went("hurt", { amount: 2, pain: 5 })] })), true);
});

test("what was stopped because it hurt gives the session its pain", () => {
  const results = [went("hurt", { pain: 4 }), went("hurt", { pain: 5 }), went("done", { pain: 8 })];
  assert.equal(painOf(session({ results })), 5);
  assert.equal(painOf(session({ results, pain_after: 1 })), 1);
  assert.equal(painOf(session()), null);
});

for (const [name, sessions, first, isMuch] of [
  ["nobody said anything", [session()], null, false],
  ["5", [session({ pain_after: 5 })], null, false],
  ["6", [session({ pain_after: 6 })], null, true],
  ["6 at one exercise, though it eased", [session({ results: [went("done", { pain: 6 })], pain_after: 1 })], null, true],
  ["a rise of 3", [session({ pain_after: 1 }), session({ pain_after: 4 })], null, true],
  ["a rise of 3 above what the server knows", [session({ pain_after: 4 })], 1, true],
  ["a rise of 2", [session({ pain_after: 2 }), session({ pain_after: 4 })], null, false],
  ["the last score counts", [session({ pain_after: 7 }), session({ pain_after: 2 })], null, false],
  ["one without a score changes nothing", [session({ pain_after: 7 }), session()], null, true],
]) {
  test(`much pain: ${name}`, () => {
    assert.equal(isMuchPain(sessions, { ...LIMITS, first }), isMuch);
  });
}

test("when it was done is said as the clock there said, also where the zone is unknown here", () => {
  const said = whenOf({ ...ONE_TAP, zone: "Asia/Tokyo" }, "en-GB");
  assert.match(said, /Monday.*30 November.*03:05/);
  assert.match(whenOf({ ...ONE_TAP, zone: "Mars/Olympus" }, "en-GB"), /November/);
});

test("one tap a few minutes after another session of its day may be the same one", () => {
  const at = (time, more) => ({
    client_id: time,
    day: "d",
    performed_at: `2026-11-29T${time}:00.000Z`,
    guided: false,
    ...more,
  });
  const isSoon = (one, ...others) => isSoonAfterOther(one, [one, ...others], 10);
  assert.equal(isSoon(at("18:09"), at("18:00")), true);
  assert.equal(isSoon(at("18:09"), at("18:00", { guided: true })), true);
  assert.equal(isSoon(at("18:10"), at("18:00")), false);
  assert.equal(isSoon(at("18:00"), at("18:09")), false);
  assert.equal(isSoon(at("18:09"), at("18:00", { day: "e" })), false);
  assert.equal(isSoon(at("18:09", { guided: true }), at("18:00")), false);
  assert.equal(isSoon(at("18:09")), false);
});
