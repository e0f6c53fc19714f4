// Whether something on this page would be lost, or cut short, if the page were fetched again:
// - a form in which something was changed, or which is being sent;
// - anything marked data-under-way, which a script may set, as a guided session does.

const MARKED = "[data-under-way], form[data-sent], [data-not-saved]:not(:empty)";

function isChanged(field) {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("input, textarea")) return field.value !== field.defaultValue;
  const options = [...(field.options ?? [])];
  const hasDefault = options.some((option) => option.defaultSelected);
  return hasDefault && options.some((option) => option.selected !== option.defaultSelected);
}

export function isUnderWay() {
  if (document.querySelector(MARKED)) return true;
  return [...document.forms].some((form) => [...form.elements].some(isChanged));
}
