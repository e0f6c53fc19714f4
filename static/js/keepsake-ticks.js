// The table to tick off, kept by the browser where it keeps anything for a file. It is the same
// table in every file of the same programme.

const table = document.querySelector("[data-ticks]");
const boxes = [...table.querySelectorAll("input")];
const key = `ticks:${table.dataset.ticks}`;
const part = (name) => document.querySelector(`[data-${name}]`);

let before = []; // what was ticked when the table was emptied

const ticked = () => boxes.flatMap((box, number) => (box.checked ? [number] : []));

function show(numbers) {
  for (const [number, box] of boxes.entries()) box.checked = numbers.includes(number);
}

// A browser that keeps nothing for files throws.
function attempt(what) {
  try {
    what();
    part("ticks-kept").hidden = false;
  } catch {
    part("ticks-kept").hidden = true;
  }
  part("ticks-not-kept").hidden = !part("ticks-kept").hidden;
}

const keep = () => attempt(() => localStorage.setItem(key, JSON.stringify(ticked())));

function settle() {
  keep();
  part("empty").hidden = ticked().length === 0;
  part("put-back").hidden = before.length === 0 || ticked().length > 0;
}

part("empty").addEventListener("click", () => {
  before = ticked();
  show([]);
  settle();
  part("put-back").focus();
});

part("put-back").addEventListener("click", () => {
  show(before);
  before = [];
  settle();
  part("empty").focus();
});

table.addEventListener("change", settle);
attempt(() => show(JSON.parse(localStorage.getItem(key) ?? "[]")));
settle();
