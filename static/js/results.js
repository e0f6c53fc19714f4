// The line that says how an exercise went stays true while its fields are changed. Its words are
// those of the page: the labels of the choices, and patterns with {n} for a number.

function number(row, field, kind) {
  const place = row.querySelector(`[data-${kind}]`);
  const value = field?.value.trim() ?? "";
  place.textContent = value ? place.dataset[kind].replace("{n}", value) : "";
}

export function say(row) {
  const result = row.querySelector("[name^=result-]:checked");
  row.querySelector("[data-said]").textContent = result?.labels[0].textContent.trim() ?? "";
  const skipped = result?.value === "skipped";
  number(row, skipped ? null : row.querySelector("[name^=amount-]"), "done");
  number(row, skipped ? null : row.querySelector("[name^=pain-]:checked"), "hurt");
}

for (const type of ["input", "change"]) {
  document.addEventListener(type, ({ target }) => {
    const row = target.closest?.("[data-result]");
    if (row) say(row);
  });
}
