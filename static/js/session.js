// The page that leads a session: what every page of a patient loads, and what leads.
import "./patient.js";
import { answersForm } from "./person.js";
import { afterWhatWaits } from "./session/known-here.js";
import { Lead } from "./session/lead.js";
import { attend } from "./session/screen.js";

const root = document.querySelector("[data-session]");
const given = JSON.parse(document.getElementById("session-plan").textContent);

async function begin() {
  const plan = answersForm ? given : await afterWhatWaits(root, given);
  if (!plan.exercises.length) return;
  root.lead = new Lead(root, plan, { answersForm });
  attend(root);
}

begin();
