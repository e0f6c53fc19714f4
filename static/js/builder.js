// The programme builder: what a saved or refused change says stands beside its field.

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

// A number that was refused is not in the programme: it is put right before publishing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches?.("[data-publish]")) return;
  const problem = document.querySelector(`.builder ${PROBLEM}`);
  if (!problem) return;
  event.preventDefault();
  const words = problem.closest(".field-words");
  const field = document.getElementById(words.id.replace(/_error$/, ""));
  (field?.matches("input, select, textarea") ? field : words.parentElement.querySelector("input"))?.focus();
});
