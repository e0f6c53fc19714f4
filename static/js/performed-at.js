// A tick says when it was pressed: sent again later, or kept waiting, it is still of that moment.
document.addEventListener("submit", ({ target }) => {
  const field = target.elements.performed_at;
  if (field) field.value ||= new Date().toISOString();
});
