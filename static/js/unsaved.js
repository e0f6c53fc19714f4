// Leaving a page with unsaved typing asks first. Mark the form data-unsaved; with a value,
// the page came back with something on it that is not saved.

const dirty = new Set(document.querySelectorAll("form[data-unsaved]:not([data-unsaved=''])"));

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) dirty.add(form);
});
document.addEventListener("submit", (event) => dirty.delete(event.target));
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  // A form that was sent is saved; a button in it has only changed what is to be saved.
  const form = event.target.closest?.("form[data-unsaved]");
  if (form === event.target) dirty.delete(form);
  else if (form && event.detail.requestConfig.verb === "post") dirty.add(form);
});
window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});
