// The programme builder: what a saved or refused change says stands beside its field, and the
// library beside it always knows what is in the programme.
import { nothingSaysSaved, why } from "./not-saved.js";
import { unsaved } from "./saving.js";
import htmx from "./swap.js";

const PROBLEM = ".invalid-feedback";

// Assistive technology hears of the mark as it comes and goes.
document.addEventListener("htmx:oobAfterSwap", ({ target }) => {
  if (!target.matches?.(".field-words")) return;
  const field = document.getElementById(target.id.replace(/_error$/, ""));
  if (!field?.matches("input, select, textarea")) return;
  const wrong = Boolean(target.querySelector(PROBLEM));
  field.classList.toggle("is-invalid", wrong);
  if (wrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
});

function openAround(part) {
  for (let each = part; each; each = each.parentElement)
    if (each.matches("details")) each.open = true;
}

// Nothing is published while something typed waits to be saved.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches?.("[data-publish]") || !unsaved().length) return;
  event.preventDefault();
  if (why()) return nothingSaysSaved();
  for (const form of unsaved()) htmx.trigger(form, "submit");
  htmx.trigger(event.target, "submit");
});

// A number that was refused is not in the programme: it is put right before publishing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches?.("[data-publish]")) return;
  const problem = document.querySelector(`.builder ${PROBLEM}`);
  if (!problem) return;
  event.preventDefault();
  const words = problem.closest(".field-words");
  const field = document.getElementById(words.id.replace(/_error$/, ""));
  openAround(words);
  (field?.matches("input, select, textarea")
    ? field
    : words.parentElement.querySelector("input")
  )?.focus();
});

// Fields that were fetched may be newer than the page: what says the same beside them is made anew
// by saving nothing.
document.addEventListener("part:filled", ({ target }) => {
  const fields = target.querySelector("[data-mark]");
  const shown = document.querySelector("#totals [name=seen]");
  if (fields && shown && fields.dataset.mark !== shown.value) {
    htmx.trigger(fields.closest("form"), "submit");
  }
});

// An open exercise stays open where it is moved.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const dose = detail.elt.closest(".dose-card")?.querySelector(".dose-card__dose");
  if (dose?.open) detail.parameters.open = "yes";
});

// A search that was on its way while the programme changed does not know of the change, and
// would offer once more what was just added: it is asked again.
let changes = 0;
let changesWhenAsked = 0;
const search = () => document.querySelector("form[data-picks]");

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target === search()) changesWhenAsked = changes;
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig?.verb === "post") changes += 1;
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const overtaken = search() && detail.target?.id === "found" && changesWhenAsked < changes;
  if (overtaken) htmx.trigger(search(), "submit");
});

// What someone else has set is shown, but not over what is being typed: the next save then asks.
const controls = (part) => [...part.querySelectorAll("input:not([type=hidden]), select, textarea")];
const isTick = (control) => control.type === "checkbox";
const held = (part) =>
  controls(part)
    .filter((control) => !isTick(control) || control.checked)
    .map(({ value }) => value.trim());

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const fresh = detail.fragment.querySelector("[data-in-place-of]");
  if (!fresh) return;
  detail.shouldSwap = false;
  const { target } = detail;
  if (JSON.stringify(held(target)) !== fresh.dataset.inPlaceOf) return;
  if (controls(target).includes(document.activeElement)) return;
  const values = controls(fresh);
  controls(target).forEach((control, at) => {
    if (isTick(control)) control.checked = values[at].checked;
    else control.value = values[at].value;
    control.classList.remove("is-invalid");
    control.removeAttribute("aria-invalid");
  });
  target.querySelector(".field-words").replaceWith(fresh.querySelector(".field-words"));
});
