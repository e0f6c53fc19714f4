// "/" goes to the search box, Escape empties it. Where focus stood on something that a search
// took away (a chip), reading goes on at what was found.

const box = () => document.querySelector("input[type=search]");
const isTyping = (element) =>
  element?.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && box() && !isTyping(document.activeElement)) {
    event.preventDefault();
    box().focus();
    box().select();
  }
  if (event.key === "Escape" && event.target === box() && box().value) {
    event.preventDefault();
    box().value = "";
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// The answers bring the numbers of the filters that are on the page; the others are fetched when
// they are opened.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const filters = detail.elt.closest(".finder")?.querySelectorAll("[data-facet]") ?? [];
  if (filters.length)
    detail.headers["X-Shown"] = [...filters].map((one) => one.dataset.facet).join();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "results" && document.activeElement === document.body) {
    document.getElementById("results")?.focus({ preventScroll: true });
  }
});
