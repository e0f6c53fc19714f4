import assert from "node:assert/strict";
import test from "node:test";

import { exercise, Going } from "./going.mjs";

const held = (line) => line.filter((said) => said.includes("hold"));

test("both sides of each set, and the lower ends of everything", () => {
  const going = new Going(exercise({ sides: "both", sets: [2, 3], repetitions: [2, 3], hold: [20, 30] }));
  const line = going.press("ready").line();
  assert.deepEqual(held(line), [
    "beat hold right 1.1",
    "beat hold right 1.2",
    "beat hold left 1.1",
    "beat hold left 1.2",
    "beat hold right 2.1",
    "beat hold right 2.2",
    "beat hold left 2.1",
    "beat hold left 2.2",
  ]);
  assert.deepEqual(going.result, { result: "done", amount: 8, pain: "", skip_reason: "" });
});

test("what lies between: letting go, an offer, changing sides, an offer of a set", () => {
  const going = new Going(exercise({ sides: "both", sets: [1, 2], repetitions: [1, 2], hold: [5, 5] }));
  assert.deepEqual(going.press("ready").line(), [
    "count count right 1.1",
    "beat move right 1.1",
    "beat hold right 1.1",
    "beat return right 1.1",
    "offer repetition right 1.1",
    "beat change left 1.1",
    "beat move left 1.1",
    "beat hold left 1.1",
    "beat return left 1.1",
    "offer set left 1.1",
  ]);
  assert.equal(going.course.state, "end");
});

test("one more is done by the other side as well", () => {
  const going = new Going(exercise({ sides: "both", repetitions: [1, 2], hold: [5, 5] }));
  going.press("ready").after(3 + 4 + 5 + 3 + 1);
  assert.equal(going.course.state, "offer");
  assert.deepEqual(held(going.press("more").line()), [
    "beat hold right 1.2",
    "beat hold left 1.1",
    "beat hold left 1.2",
  ]);
  assert.equal(going.result.amount, 4);
});

test("one more is offered up to the upper end and no further", () => {
  const going = new Going(exercise({ repetitions: [1, 3] }));
  going.press("ready").after(3 + 4 + 1).press("more").after(3 + 4 + 1).press("more");
  going.after(3 + 4 + 1);
  assert.equal(going.course.state, "end");
  assert.equal(going.result.amount, 3);
});

test("one more set is a rest and a set", () => {
  const going = new Going(exercise({ sets: [1, 2], repetitions: [2, 2] }));
  going.press("ready").after(3 + 8 + 1);
  assert.equal(going.said, "offer set 1.2");
  const line = going.press("more").line();
  assert.equal(line[0], "set_rest rest 2.1");
  assert.equal(going.result.amount, 4);
});

test("a hold is made longer up to its upper end", () => {
  const going = new Going(exercise({ hold: [20, 30] })).press("ready").after(3 + 4 + 19).press("longer");
  going.after(10);
  assert.equal(going.said, "beat hold 1.1");
  going.after(1.1);
  assert.equal(going.said, "beat return 1.1");
});

test("each step ends by the one before it, however late that is noticed", () => {
  const doses = { repetitions: [30, 30], hold: [10, 10] };
  const [often, seldom] = [new Going(exercise(doses)), new Going(exercise(doses))];
  often.press("ready").after(303, 0.1);
  seldom.press("ready").after(303, 7.3);
  assert.equal(often.said, seldom.said);
  assert.ok(Math.abs(often.course.endsAt - seldom.course.endsAt) < 1);
  assert.equal(often.course.turns.done, 15);
});

test("a long silence is no exercise: it is paused where it was", () => {
  const going = new Going(exercise({ repetitions: [9, 9], hold: [30, 30] })).press("ready").after(10);
  going.after(76, 76);
  assert.equal(going.course.state, "paused");
  going.press("go").after(3 + 26);
  assert.equal(going.said, "beat hold 1.1");
  going.after(1.1);
  assert.equal(going.said, "beat return 1.1");
});

test("a pause keeps what is left of a beat", () => {
  const going = new Going(exercise({ hold: [20, 20] })).press("ready").after(3 + 4 + 12).press("pause");
  going.after(600).press("go").after(3 + 7);
  assert.equal(going.said, "beat hold 1.1");
  going.after(1.1);
  assert.equal(going.said, "beat return 1.1");
});

test("back is this turn again, then the one before, then the exercise before", () => {
  const going = new Going(exercise({ item: "a" }), exercise({ item: "b", repetitions: [3, 3], hold: [9, 9] }));
  going.press("ready").line();
  assert.equal(going.course.number, 1);
  going.press("ready").after(3 + 19 + 10).press("back");
  assert.equal(going.said, "count count 1.2");
  going.press("back");
  assert.equal(going.said, "count count 1.1");
  going.press("back");
  assert.deepEqual([going.course.number, going.course.state], [0, "ready"]);
});

test("back while letting go is the turn just done, and counts it once", () => {
  const going = new Going(exercise({ repetitions: [2, 2], hold: [9, 9] })).press("ready");
  going.after(3 + 16 + 1).press("back");
  assert.equal(going.said, "count count 1.1");
  going.line();
  assert.equal(going.result.amount, 2);
});

test("left out before anything was done it is skipped, with the reason", () => {
  const going = new Going(exercise({ repetitions: [2, 2] })).press("skip");
  going.press("skipped", { reason: "no_time" });
  assert.deepEqual(going.result, { result: "skipped", amount: "", pain: "", skip_reason: "no_time" });
});

test("left out after some of it, it is part done", () => {
  const going = new Going(exercise({ repetitions: [3, 3] })).press("ready").after(3 + 4 + 1);
  going.press("skip").press("skipped", { reason: "too_hard" });
  assert.deepEqual(going.result, { result: "part", amount: 1, pain: "", skip_reason: "" });
});

test("no, stay: it goes on after 3-2-1", () => {
  const going = new Going(exercise({ hold: [9, 9] })).press("ready").after(8).press("leave").press("keep");
  assert.equal(going.said, "count count 1.1");
});

test("what hurts is stopped, rated, and may go on gently up to 5 of 10", () => {
  const going = new Going(exercise({ repetitions: [2, 2], hold: [9, 9] })).press("ready").after(8).press("hurt");
  assert.equal(going.course.state, "hurt");
  going.after(60).press("rated", { pain: "5" });
  assert.deepEqual([going.course.state, going.course.advice], ["advice", "some"]);
  going.press("gently").line();
  assert.deepEqual(going.result, { result: "done", amount: 2, pain: 5, skip_reason: "" });
});

test("from 6 on there is no going on with it", () => {
  const going = new Going(exercise({ item: "a" }), exercise({ item: "b" })).press("ready").after(4);
  going.press("hurt").press("rated", { pain: "6" }).press("gently");
  assert.deepEqual([going.course.state, going.course.advice], ["advice", "much"]);
  going.press("leave-out");
  assert.equal(going.course.number, 1);
  assert.deepEqual(going.result, { result: "hurt", amount: 0, pain: 6, skip_reason: "" });
  going.press("back");
  assert.equal(going.course.number, 1); // what hurt is not gone back to
});

test("minutes are counted, and what is enough may go on", () => {
  const going = new Going(exercise({ minutes: [2, 3] })).press("ready").after(3 + 121);
  assert.equal(going.said, "offer minutes 1.1");
  going.press("more").after(30).press("next");
  assert.deepEqual(going.result, { result: "done", amount: 2, pain: "", skip_reason: "" });
});

test("minutes that are ended early are part of it", () => {
  const going = new Going(exercise({ minutes: [10, 15] })).press("ready").after(3 + 200).press("next");
  assert.deepEqual(going.result, { result: "part", amount: 3, pain: "", skip_reason: "" });
});

test("what was not reached is skipped without a reason; what nobody had to do is not spoken of", () => {
  const going = new Going(exercise({ item: "a" }), exercise({ item: "b" }), exercise({ item: "c", optional: true }));
  going.press("ready").line();
  going.press("leave").press("stop");
  const results = [...going.course.results.values()].map(({ result }) => result);
  assert.deepEqual(results, ["done", "skipped", ""]);
});

test("it goes on from what was kept, at the turn that was under way", () => {
  const dose = { sides: "both", repetitions: [2, 3], hold: [9, 9] };
  const going = new Going(exercise(dose)).press("ready").after(3 + 19 + 16 + 1).press("more").after(5);
  const kept = JSON.parse(JSON.stringify(going.course.kept));
  const later = new Going(exercise(dose));
  later.course.restore(kept);
  assert.equal(later.said, "ready");
  assert.deepEqual(held(later.press("ready").line())[0], "beat hold right 1.3");
  assert.equal(later.result.amount, 6);
});

test("minutes go on from where they were", () => {
  const going = new Going(exercise({ minutes: [10, 15] })).press("ready").after(3 + 300);
  const later = new Going(exercise({ minutes: [10, 15] }));
  later.course.restore(JSON.parse(JSON.stringify(going.course.kept)));
  later.press("ready").after(3 + 299);
  assert.equal(later.said, "beat move 1.1");
  later.after(2);
  assert.equal(later.said, "offer minutes 1.1");
});

test("much pain that was told is still told after a reload", () => {
  const going = new Going(exercise({})).press("ready").after(4).press("hurt").press("rated", { pain: "8" });
  const later = new Going(exercise({}));
  later.course.restore(JSON.parse(JSON.stringify(going.course.kept)));
  later.press("gently");
  assert.deepEqual([later.course.state, later.course.advice], ["advice", "much"]);
});

test("what an earlier page asked for and this one does not is kept with its result", () => {
  const going = new Going(exercise({ item: "a" }), exercise({ item: "b" })).press("ready");
  going.line();
  const later = new Going(exercise({ item: "b" }));
  later.course.restore(JSON.parse(JSON.stringify(going.course.kept)));
  assert.equal(later.course.results.get("a").result, "done");
  assert.equal(later.course.exercise.item, "b");
});

test("of what has hurt, nothing beyond the lower ends is offered, also after a reload", () => {
  const dose = { sets: [1, 2], repetitions: [1, 2], hold: [9, 12] };
  const going = new Going(exercise(dose)).press("ready").after(8);
  assert.equal(going.course.step.most, 12);
  going.press("hurt").press("rated", { pain: "3" }).press("gently").after(3 + 4 + 1);
  assert.equal(going.course.step.most, undefined);
  const line = going.line();
  assert.equal(going.course.state, "end");
  assert.ok(!line.some((said) => said.startsWith("offer")), line);
  const minutes = new Going(exercise({ minutes: [1, 2] })).press("ready").after(10);
  minutes.press("hurt").press("rated", { pain: "1" });
  const later = new Going(exercise({ minutes: [1, 2] }));
  later.course.restore(JSON.parse(JSON.stringify(minutes.course.kept)));
  later.press("gently").press("ready").after(3 + 1);
  assert.equal(later.course.state, "beat");
  assert.equal(later.course.step.most, undefined);
});

test("pain of 0 changes nothing", () => {
  const going = new Going(exercise({ repetitions: [1, 2] })).press("ready").after(4);
  going.press("hurt").press("rated", { pain: "0" }).press("gently").after(3 + 4);
  assert.equal(going.course.state, "offer");
});

test("begun again, what hurt stays left out", () => {
  const going = new Going(exercise({ item: "a" }), exercise({ item: "b" })).press("ready").after(4);
  going.press("hurt").press("rated", { pain: "7" }).press("leave-out");
  const again = new Going(...going.exercises);
  again.course.keepHurt(JSON.parse(JSON.stringify(going.course.kept)));
  assert.equal(again.course.exercise.item, "b");
  assert.equal(again.course.results.get("a").result, "hurt");
});

test("what hurts between two exercises is the one just done", () => {
  const going = new Going(exercise({ item: "a" }), exercise({ item: "b" })).press("ready").after(8);
  assert.equal(going.said, "between");
  going.press("hurt");
  assert.equal(going.course.exercise.item, "a");
  going.press("rated", { pain: "7" }).press("leave-out");
  assert.equal(going.course.exercise.item, "b");
  assert.deepEqual(going.result, { result: "hurt", amount: 1, pain: 7, skip_reason: "" });
});

test("a little pain told between two exercises stays with the one just done", () => {
  const going = new Going(exercise({ item: "a" }), exercise({ item: "b" })).press("ready").after(8);
  going.press("hurt").press("rated", { pain: "2" }).press("gently");
  assert.deepEqual([going.said, going.course.exercise.item], ["between", "b"]);
  assert.deepEqual(going.result, { result: "done", amount: 1, pain: 2, skip_reason: "" });
});

for (const [pain, advice] of [
  ["0", "low"],
  ["3", "low"],
  ["4", "some"],
  ["5", "some"],
  ["6", "much"],
  ["10", "much"],
]) {
  test(`pain ${pain} of 10 is ${advice}`, () => {
    const going = new Going(exercise()).press("hurt").press("rated", { pain });
    assert.equal(going.course.advice, advice);
  });
}

test("what hurt is passed over on the way on as well", () => {
  const going = new Going(...["a", "b", "c"].map((item) => exercise({ item })));
  going.press("ready").line();
  going.press("ready").after(4).press("hurt").press("rated", { pain: "8" }).press("leave-out");
  going.press("back");
  assert.equal(going.course.exercise.item, "a");
  going.press("ready").line();
  assert.equal(going.course.exercise.item, "c");
});

test("minutes gone back in begin again", () => {
  const going = new Going(exercise({ minutes: [2, 3] })).press("ready").after(3 + 90).press("back");
  going.after(3 + 119);
  assert.equal(going.said, "beat move 1.1");
  going.after(1.1);
  assert.equal(going.said, "offer minutes 1.1");
});

test("just after a turn has begun, back is the turn before", () => {
  const going = new Going(exercise({ repetitions: [3, 3], hold: [9, 9] })).press("ready");
  going.after(3 + 19 + 1.5).press("back");
  assert.equal(going.said, "count count 1.1");
});
