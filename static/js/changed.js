// Whether a field holds something else than it came with.

export function isChanged(field) {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("input, textarea")) return field.value !== field.defaultValue;
  const options = [...(field.options ?? [])];
  const hasDefault = options.some((option) => option.defaultSelected);
  return hasDefault && options.some((option) => option.selected !== option.defaultSelected);
}

// What is in the form now is what it came with: it has been saved.
export function settle(form) {
  for (const field of form.elements) {
    if (field.matches("input:not([type=hidden], [type=file]), textarea")) {
      if (field.matches("[type=checkbox], [type=radio]")) field.defaultChecked = field.checked;
      else field.defaultValue = field.value;
    }
    for (const option of field.options ?? []) option.defaultSelected = option.selected;
  }
}
