// How many boxes of a closed list are ticked stands beside its name.

document.addEventListener("change", ({ target }) => {
  const list = target.closest("[data-ticks]");
  if (list) {
    list.querySelector("[data-count]").textContent = list.querySelectorAll(":checked").length;
  }
});
