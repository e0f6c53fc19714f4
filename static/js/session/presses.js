// What each press does to the course of a session (data-press). One that does not fit the state
// it is in does nothing. Pure, as the course is.

import { after, finish, longer, taken } from "./steps.js";

const JUST_BEGUN = 2000; // ms; going back from there goes to the turn before

// A question that stops the session; ``keep`` answers that it goes on.
function ask(course, question, now) {
  course.pause(now);
  course.cameFrom = course.state;
  course.enter(question);
}

// What hurts between two exercises is the one just done.
function askAboutPain(course, now) {
  if (course.state === "between") course.number = course.left;
  ask(course, "hurt", now);
}

function keep(course, now) {
  if (course.cameFrom === "paused") course.goOn(now);
  else if (course.turns.isOver || course.said[course.number].outcome) course.leaveExercise(now);
  else course.enter("ready");
}

// The turn under way again, from its first beat.
function gently(course, now) {
  if (course.advice === "much") return;
  if (course.cameFrom === "paused" && course.held.step.state === "beat") course.begin(now);
  else keep(course, now);
}

function leaveOut(course, now) {
  course.said[course.number].outcome = "hurt";
  course.leaveExercise(now);
}

// Whether the turn that was there last is over: what follows it, and the start of the next one.
function isAfterTurn({ step, startedAt }, now) {
  if (step.of === "minutes") return false;
  if (step.state !== "beat" || step.phase === "rest") return true;
  return step.beat === 0 && now - startedAt <= JUST_BEGUN;
}

function back(course, now) {
  const { turns } = course;
  if (course.state === "ready" || course.state === "between") return course.exerciseBefore();
  if (course.state === "paused") {
    course.goOnWith(course.held.step, now - course.held.passed);
  }
  if (isAfterTurn(course, now) && !turns.back()) return course.exerciseBefore();
  if (turns.isInMinutes) turns.seconds[turns.at] = 0;
  course.begin(now);
}

function next(course, now) {
  const { state, step, turns } = course;
  if (state === "between") return course.enter("ready");
  if (!step) return;
  if (state === "beat" && turns.isInMinutes && !step.isChange) {
    course.start(finish(turns, (now - course.startedAt) / 1000), now);
  } else if (step.phase === "rest") {
    course.start(after(step, turns), now);
  }
}

const WHILE_GOING = ["ready", "count", "beat", "offer", "set_rest", "between", "paused"];

// What is pressed: in which states, and what it does.
const PRESSES = {
  ready: [["ready", "between"], (course, now) => course.begin(now)],
  pause: [["count", "beat", "offer", "set_rest", "between"], (course, now) => course.pause(now)],
  go: [["paused"], (course, now) => course.goOn(now)],
  back: [WHILE_GOING, back],
  skip: [WHILE_GOING, (course, now) => ask(course, "skip", now)],
  hurt: [WHILE_GOING, askAboutPain],
  leave: [WHILE_GOING, (course, now) => ask(course, "leave", now)],
  more: [["offer"], (course, now) => course.start(taken(course.step, course.turns), now)],
  longer: [
    ["beat"],
    (course) => {
      if (course.step.most) course.step = longer(course.step);
    },
  ],
  next: [WHILE_GOING, next],
  keep: [["skip", "hurt", "leave"], keep],
  skipped: [
    ["skip"],
    (course, now, { reason }) => {
      Object.assign(course.said[course.number], { outcome: "skipped", reason });
      course.leaveExercise(now);
    },
  ],
  rated: [
    ["hurt"],
    (course, _now, { pain }) => {
      const said = course.said[course.number];
      said.pain = Math.max(Number(pain), said.pain ?? 0);
      if (said.pain > 0) course.turns.ease();
      course.enter("advice");
    },
  ],
  gently: [["advice"], gently],
  "leave-out": [["advice"], leaveOut],
  stop: [
    ["leave", "between", "advice", "ready"],
    (course) => {
      if (course.state === "advice") course.said[course.number].outcome = "hurt";
      course.enter("end");
    },
  ],
};

// Whether it did anything. ``data``: { reason } or { pain }, as the button says.
export function press(course, what, now, data = {}) {
  const [states, act] = PRESSES[what] ?? [[]];
  if (!states.includes(course.state)) return false;
  act(course, now, data);
  return true;
}
