// htmx, without what a strict content security policy forbids. A form that is not valid comes
// back with status 422 and is shown like any other answer.
import htmx from "htmx.org";

import { nothingSaysSaved } from "./not-saved.js";
import { headers, reasonOf } from "./person.js";
import { accepted, changesOf, refused, wrong } from "./saving.js";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.defaultSettleDelay = 0; // ms; what is new on the page listens to typing from the first letter
htmx.config.attributesToSettle = ["class", "width", "height"]; // not style, which is forbidden
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
// Going back asks the server: no page about a patient stays in the browser's storage.
htmx.config.historyCacheSize = 0;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

htmx.config.timeout = 30000; // ms; what hangs is said, and tried again

// Forms that are saved by themselves: their fields are sent whichever of their buttons is pressed.
const savedForm = (element) => element.closest("form[data-kept][hx-post]");
const changesWhenSent = new WeakMap();

document.addEventListener("htmx:configRequest", ({ detail }) => {
  Object.assign(detail.headers, headers());
  const form = detail.verb === "post" && savedForm(detail.elt);
  if (form) changesWhenSent.set(detail, changesOf(form));
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const sent = detail.requestConfig;
  if (!detail.successful) return;
  const form = sent.verb === "post" ? savedForm(sent.elt) : null;
  if (form && detail.xhr.status === 422) wrong(form, changesWhenSent.get(sent));
  else accepted(form, changesWhenSent.get(sent));
});

function notAccepted(detail, reason, seconds) {
  const sent = detail.requestConfig;
  const form = sent.verb === "post" ? savedForm(sent.elt) : null;
  refused(reason, { form, again: () => htmx.trigger(form, "submit"), isPress: !form, seconds });
}
document.addEventListener("htmx:responseError", ({ detail }) => {
  const said = (name) => detail.xhr.getResponseHeader(name);
  notAccepted(
    detail,
    reasonOf(detail.xhr.status, said("X-Not-Saved")),
    Number(said("Retry-After")),
  );
});
document.addEventListener("htmx:sendError", ({ detail }) => notAccepted(detail, "no-network"));
document.addEventListener("htmx:timeout", ({ detail }) => notAccepted(detail, "no-network"));
document.addEventListener("htmx:afterSettle", nothingSaysSaved);
document.addEventListener("htmx:oobAfterSwap", nothingSaysSaved);

// What was sent while the page was put away is answered like any other change.
document.addEventListener("saving:answered", ({ detail }) => {
  if (detail.form.isConnected) htmx.swap(detail.form, detail.html, { swapStyle: "none" });
});

export default htmx;
