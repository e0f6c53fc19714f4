// When a form comes back with something to put right, reading starts there.

function focusErrors(root) {
  root.querySelector("[data-error-summary]")?.focus();
}

focusErrors(document);
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
