// Leaving a page with unsaved typing asks first. Mark the form data-unsaved; with a value,
// the page came back with something on it that is not saved.

const dirty = new Set(document.querySelectorAll("form[data-unsaved]:not([data-unsaved=''])"));

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) dirty.add(form);
});
document.addEventListener("submit", (event) => dirty.delete(event.target));
// A form that was sent is saved; a button in it has only changed what is to be saved.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const form = detail.elt.closest("form[data-unsaved]");
  if (form && form !== detail.elt && detail.requestConfig.verb === "post") dirty.add(form);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  // requestConfig.elt is what was pressed; detail.elt, where that is gone, what stood around it
  if (detail.successful) dirty.delete(detail.requestConfig.elt);
});
window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});
