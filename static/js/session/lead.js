// Leads a session: the clock, the presses, the memory, other tabs, and the form at the end.

import { apart } from "./apart.js";
import { Course } from "./course.js";
import { forget, recall, remember } from "./memory.js";
import { press } from "./presses.js";
import { fill } from "./fill.js";
import { Senses } from "./senses.js";
import { Tabs } from "./tabs.js";
import { View } from "./view.js";
import { says } from "./words.js";

const SAVES = 5000; // ms between two savings of minutes that go on
const COUNTED = 5; // seconds from which on the last three of a rest are counted
const CLAIMS = ["go", "again"]; // presses by which this tab leads from now on

// Whether the last seconds are counted: not where a rest is short, or nothing begins after it.
function isCounted({ state, phase, seconds }) {
  if (state === "between" || state === "offer") return false;
  return phase === "rest" ? seconds >= COUNTED : ["hold", "count"].includes(phase);
}

// The phase that surely comes next; "" where that is not known yet.
function follows({ state, phase, resumes, beat }, { guide }) {
  if (resumes) return resumes.step.phase;
  if (state === "between" || state === "offer") return "";
  if (state === "beat" && phase === "move") return guide.beats[beat + 1]?.phase ?? "";
  return { count: "move", rest: "move", hold: "return" }[phase] ?? "";
}

export class Lead {
  constructor(root, plan, { answersForm }) {
    Object.assign(this, { root, plan });
    this.form = root.querySelector("[data-results]");
    this.clientId = this.form.elements.client_id.value;
    this.senses = new Senses(root);
    this.view = new View(root, plan);
    this.course = this.fresh();
    this.tabs = new Tabs(root.dataset.record, () => this.giveWay());
    this.listen();
    if (answersForm) this.showForm();
    else this.open();
  }

  fresh() {
    return new Course(this.plan, () => this.changed());
  }

  // --- what was there before

  get entry() {
    return recall(this.root.dataset.record, this.root.dataset.day);
  }

  open() {
    const { entry } = this;
    const { programme, changed } = this.root.dataset;
    if (entry && entry.programme !== programme) return this.openOther(entry);
    this.tabs.lead();
    if (entry) this.restore(entry);
    if (changed !== undefined) return this.showChanged();
    if (entry && this.course.state === "end") return this.end();
    if (entry) this.course.enter("resume");
    this.show();
  }

  // The version that it was begun with has an address of its own.
  openOther(entry) {
    if (entry.isAnything) {
      location.replace(location.pathname.replace(this.root.dataset.programme, entry.programme));
      return;
    }
    forget(this.root.dataset.record, this.root.dataset.day);
    this.open();
  }

  restore(entry) {
    this.clientId = entry.clientId;
    this.doneAt = entry.doneAt;
    this.course = this.fresh();
    this.course.restore(entry.kept);
  }

  // Begun anew: what hurt is not forgotten.
  begin() {
    const { entry } = this;
    this.course = this.fresh();
    this.clientId = crypto.randomUUID?.() ?? this.form.elements.client_id.value;
    if (entry) this.course.keepHurt(entry.kept);
    forget(this.root.dataset.record, this.root.dataset.day);
  }

  // --- the clock

  tick() {
    clearTimeout(this.timer);
    const [now, wall] = [performance.now(), Date.now()];
    const lost = Math.max(now - this.heardAt, wall - this.wallAt);
    Object.assign(this, { heardAt: now, wallAt: wall });
    this.course.tick(now, lost);
    if (!this.course.isRunning) return;
    this.view.draw(this.course, now);
    if (now - this.savedAt > SAVES) this.save();
    this.timer = setTimeout(() => this.tick(), this.view.wait(this.course, now));
  }

  // The clock is heard from now on.
  wind() {
    Object.assign(this, { heardAt: performance.now(), wallAt: Date.now() });
    this.course.tickedAt = this.heardAt;
  }

  // After every change of state or step, by the time or by a press.
  changed() {
    const { course } = this;
    const done = course.turnsOf.reduce((sum, turns) => sum + turns.done, 0);
    if (done > (this.done ?? 0) || course.turns.isInMinutes) this.doneAt = new Date().toISOString();
    this.done = done;
    if (course.state === "end") return this.end();
    this.save();
    this.show();
    this.sound();
  }

  // At a press: before one, a browser refuses sound and vibration.
  beginSenses() {
    this.isHeard = true;
    this.senses.begin();
  }

  show(facts) {
    this.view.show(this.course, performance.now(), facts);
  }

  sound() {
    const { course } = this;
    if (!course.isRunning) return this.senses.stop();
    const { step, turns, endsAt } = course;
    this.senses.beat({
      phase: step.phase,
      endsAt,
      says: says(step, turns, this.plan.words),
      isCounted: isCounted(step),
      next: follows(step, turns),
    });
  }

  // --- presses

  listen() {
    this.root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-press]");
      if (button) this.press(button.dataset.press, button.dataset);
    });
    document.addEventListener("visibilitychange", () => this.look());
    window.addEventListener("pagehide", () => this.putAway());
    window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    document.addEventListener("stopped:answer", (event) => this.hear(event));
    document.addEventListener("session:kept", ({ detail }) => this.forgetKept(detail));
    document.addEventListener("session:waits", ({ detail }) => this.showWaiting(detail));
  }

  press(what, data = {}) {
    const now = performance.now();
    this.tick(); // what is over by now is over before the press
    if (CLAIMS.includes(what)) this.tabs.lead();
    if (this.course.state === "resume" || this.course.state === "elsewhere") {
      return this.takeUp(what);
    }
    if (!press(this.course, what, now, data)) return;
    this.beginSenses();
    this.wind();
    if (what !== "ready") return this.goOn();
    this.askServer();
    // An exercise begins with much at once.
    apart(
      () => this.show(),
      () => this.isOver || this.goOn(),
    );
  }

  goOn() {
    this.changed();
    this.tick();
  }

  // Go on from what was kept, which another tab may have changed by now; or begin again.
  takeUp(what) {
    const { entry, course } = this;
    if (what === "again") this.begin();
    else if (what !== "go") return;
    else if (entry) this.restore(entry);
    else if (this.isKept)
      return location.reload(); // logged by now, in the other tab
    else course.enter("ready");
    this.beginSenses();
    this.changed();
  }

  // --- what happens meanwhile

  look() {
    if (document.hidden) this.save();
    else this.tick();
  }

  // The page is left, or closed.
  putAway() {
    this.course.pause(performance.now());
    this.senses.stop();
    this.save();
  }

  // Another tab leads from now on.
  giveWay() {
    if (this.isOver) return;
    this.course.pause(performance.now());
    this.course.enter("elsewhere");
    this.senses.stop();
    this.show();
  }

  askServer() {
    document.dispatchEvent(new Event("stopped:ask"));
  }

  // A warning sign was told, or another version is in force, or none (a pause): it does not lead on. What was done
  // before that is sent.
  hear(event) {
    const { stopped, programme } = event.detail;
    // Sending what was done leads to the notice as well.
    if (this.isOver || (stopped && this.course.isAnything)) event.preventDefault();
    if (this.isOver) return;
    if (stopped && this.course.isAnything) {
      this.end();
    } else if (!stopped && programme !== undefined && programme !== this.root.dataset.programme) {
      this.showChanged();
    }
  }

  // --- memory

  save() {
    this.savedAt = performance.now();
    const { course } = this;
    if (this.isOver || ["resume", "elsewhere"].includes(course.state)) return;
    if (course.state === "ready" && !course.isAnything && !this.entry) return;
    const { record, day, programme, began, until } = this.root.dataset;
    const left = course.exercises.filter(({ optional }) => !optional).length;
    this.isKept = remember(record, {
      day,
      on: began,
      programme,
      clientId: this.clientId,
      until: Date.parse(until),
      kept: course.kept,
      isAnything: course.isAnything,
      doneAt: this.doneAt,
      done: Math.min(course.ended, left),
      all: left,
    });
  }

  // --- the end

  end() {
    const { course } = this;
    course.pause(performance.now());
    course.enter("end");
    if (!course.isAnything) return this.goToToday();
    this.save();
    this.isOver = true;
    if (this.isHeard) this.senses.end({ isQuiet: course.said.some(({ pain }) => pain > 0) });
    this.fill();
    this.show(["sending"]);
    this.form.requestSubmit(); // offline/take-over.js keeps it before it is sent
  }

  // It is in the queue: what is remembered here is not needed any more.
  forgetKept({ client_id }) {
    if (client_id === this.clientId) forget(this.root.dataset.record, this.root.dataset.day);
  }

  // It could not be sent now.
  showWaiting({ plain, isKept }) {
    if (plain.client_id === this.clientId) this.show(isKept ? ["waits", "unsent"] : ["unsent"]);
  }

  fill() {
    const performedAt = this.doneAt ?? new Date().toISOString();
    fill(this.form, { results: this.course.results, clientId: this.clientId, performedAt });
  }

  goToToday() {
    this.isOver = true;
    forget(this.root.dataset.record, this.root.dataset.day);
    location.assign(this.root.dataset.today);
  }

  // The form as it is, to be sent by the person.
  showForm() {
    this.isOver = true;
    this.course.enter("end");
    this.show(["unsent"]);
  }

  showChanged() {
    this.course.pause(performance.now());
    this.save();
    this.senses.stop();
    if (this.course.isAnything) this.fill();
    this.isOver = true;
    this.course.enter("end");
    this.show(["changed", this.course.isAnything ? "unsent" : "nothing"]);
  }
}
