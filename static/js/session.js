// The page that leads a session: what every page of a patient loads, and what leads.
import "./patient.js";
import { answersForm } from "./person.js";
import { Lead } from "./session/lead.js";
import { attend } from "./session/screen.js";

const root = document.querySelector("[data-session]");
const plan = JSON.parse(document.getElementById("session-plan").textContent);

if (plan.exercises.length) {
  root.lead = new Lead(root, plan, { answersForm });
  attend(root);
}
