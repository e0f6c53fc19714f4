// What was done goes into the form at the end, and the form is sent: once the server says who is
// signed in, so that without a network the page stays, says why, and tries again.

import { say, silence } from "../not-saved.js";
import { ask, channel } from "../person.js";
import { say as sayHowItWent } from "../results.js";

const PAUSES = [5, 15, 30, 60]; // seconds until it is tried again
let tries = 0;
let timer;
let isAsking = false;

function put(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio") field.checked = field.value === String(value);
    else field.value = String(value);
  }
}

// ``results``: by item, { result, amount, pain, skip_reason }.
export function fill(form, { results, clientId, performedAt }) {
  put(form, "client_id", clientId);
  put(form, "performed_at", performedAt);
  for (const [item, went] of results) {
    for (const [name, value] of Object.entries(went)) put(form, `${name}-${item}`, value);
  }
  form.querySelectorAll("[data-result]").forEach(sayHowItWent);
}

async function attempt(form, onRefused) {
  if (isAsking) return;
  clearTimeout(timer);
  isAsking = true;
  const { reason, ...more } = await ask();
  isAsking = false;
  if (!reason) {
    silence();
    return form.requestSubmit();
  }
  say(reason, more);
  onRefused();
  timer = setTimeout(attempt, PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000, form, onRefused);
  tries += 1;
}

export function send(form, onRefused) {
  const again = () => form.isConnected && !document.hidden && attempt(form, onRefused);
  window.addEventListener("online", again);
  window.addEventListener("focus", again);
  document.addEventListener("click", ({ target }) => target.closest("[data-try-again]") && again());
  channel.addEventListener("message", again); // someone has signed in
  attempt(form, onRefused);
}
