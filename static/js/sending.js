// Before a form is sent that was typed at length (data-kept), the server is asked who is signed
// in. If that fails the page stays as it is, and the form is sent as soon as it can be. If not,
// it is sent as without a script: its answer is the browser's own business. A button that cannot be
// taken back, data-press-again, is never pressed for anyone.
import { keep } from "./kept.js";
import { ask, person } from "./person.js";
import { refused } from "./saving.js";
import { silence } from "./not-saved.js";

const LONGEST = 10; // seconds until the request is on its way
const secure = location.protocol === "https:" ? "; Secure" : "";
const asking = new WeakSet();
const mayGo = new WeakSet();

// The server refuses the form for anyone else, and says by this name that it has accepted it:
// accounts.middleware.
function keepUntilSaved(form) {
  const name = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  keep(form, { name });
  document.cookie = `saving=${person}.${name}; path=/; max-age=${LONGEST}; SameSite=Lax${secure}`;
}

async function send(form, submitter) {
  if (asking.has(form)) return;
  asking.add(form);
  form.dataset.asking = "yes";
  const now = await ask();
  asking.delete(form);
  delete form.dataset.asking;
  if (now.reason && submitter?.matches("[data-press-again]")) {
    keep(form);
    return refused(now.reason, { ...now, isPress: true });
  }
  if (now.reason) return refused(now.reason, { ...now, form, again: () => send(form, submitter) });
  silence();
  mayGo.add(form);
  form.requestSubmit(submitter?.isConnected ? submitter : null);
}

function beforeSending(event) {
  const { target: form, submitter } = event;
  if (!person || !form.matches("form[data-kept][method=post]:not([hx-post])")) return;
  if (mayGo.delete(form)) return keepUntilSaved(form);
  event.preventDefault();
  event.stopImmediatePropagation();
  send(form, submitter);
}

document.addEventListener("submit", beforeSending, true);
