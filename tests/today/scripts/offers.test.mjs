import assert from "node:assert/strict";
import test from "node:test";

import { offered } from "../../../static/js/session/offers.js";

const often = { item: "often", optional: false, least: 2, most: 3 };
const once = { item: "once", optional: false, least: 1, most: 1 };
const PLAN = { exercises: [often, once], has_left_out: false };
const tap = { results: null };
const went = (item, result, amount = null) => ({ results: [{ item, result, amount }] });
const names = (plan, ...sessions) => offered(plan, sessions).map(({ item }) => item);

test("what hurt is not offered again, by however little it hurt", () => {
  assert.deepEqual(names(PLAN, went("often", "hurt")), ["once"]);
  assert.deepEqual(names(PLAN, went("often", "hurt"), went("once", "hurt")), []);
});

test("what is done as often as the day asks for is not offered again", () => {
  assert.deepEqual(names(PLAN, went("once", "done")), ["often"]);
  assert.deepEqual(names(PLAN, tap), ["often"]);
  assert.deepEqual(names(PLAN, went("once", "skipped")), ["often", "once"]);
});

test("beyond all that the day asks for everything is offered, but not after something hurt", () => {
  assert.deepEqual(names(PLAN, tap, tap, tap), ["often", "once"]);
  assert.deepEqual(names(PLAN, went("once", "hurt"), tap, tap, tap), []);
  assert.deepEqual(names({ ...PLAN, has_left_out: true }, tap, tap, tap), []);
});

test("what has had its least number of times is optional, and comes last", () => {
  const [first, last] = offered(PLAN, [went("often", "done"), went("often", "part", 1)]);
  assert.deepEqual([first.item, first.optional, last.item, last.optional], [
    "once",
    false,
    "often",
    true,
  ]);
  assert.deepEqual(
    offered(PLAN, [tap, tap]).map(({ optional }) => optional),
    [false],
  );
});
