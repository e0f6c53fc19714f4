// What this phone knows of the day's sessions and the server does not yet: the page of a session
// offers what is left after them.

import { waiting } from "../offline/queue.js";
import { person } from "../person.js";
import { offered } from "./offers.js";

async function waitingOn(day) {
  try {
    const sessions = (await waiting(person)).map(({ plain }) => plain);
    return sessions.filter((plain) => plain?.kind === "session" && plain.day === day);
  } catch {
    return []; // without storage nothing waits
  }
}

function leaveOpen(row) {
  for (const result of row.querySelectorAll("[name^=result-]")) result.checked = false;
}

// The pages of what is offered, numbered anew, and the lines of the form at the end.
function show(root, exercises, left) {
  for (const { item } of exercises) {
    const number = left.findIndex((one) => one.item === item) + 1;
    const page = root.querySelector(`[data-exercise-page][data-item="${CSS.escape(item)}"]`);
    if (number) page.dataset.exercisePage = number;
    else page.remove();
    const result = root.querySelector(`[name="result-${CSS.escape(item)}"]`);
    if (!number && result) leaveOpen(result.closest("[data-result]"));
  }
  if (!left.length) {
    root
      .querySelector("[data-nothing-left]")
      .before(root.querySelector("[data-nothing-left]").content.cloneNode(true));
  }
}

// The plan as it is to be led now.
export async function afterWhatWaits(root, plan) {
  const sessions = await waitingOn(root.dataset.day);
  if (!sessions.length || !plan.exercises.length) return plan;
  const exercises = offered(plan, sessions);
  show(root, plan.exercises, exercises);
  return { ...plan, exercises };
}
