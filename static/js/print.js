// Opens the browser's own dialogue; a button that needs this script shows itself by it.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
