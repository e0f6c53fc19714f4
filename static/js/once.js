// One press, one request: after a form is sent, pressing again does nothing until the page
// comes back. The server answers a repeat like the first time; this spares the person the wait.

const PATIENCE = 8000; // ms; a request lost on the way must not lock the form

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled=true]")) {
    button.removeAttribute("aria-disabled");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  // aria-disabled, not disabled: a disabled button's name and value would not be sent
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(release, PATIENCE, form);
});

window.addEventListener("pageshow", () =>
  document.querySelectorAll("form[data-sent]").forEach(release),
);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});
