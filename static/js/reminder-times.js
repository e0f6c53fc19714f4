// Choosing a time chooses "At my own times"; with another choice no time is sent. Which fields
// are shown is the style sheet's business.

function apply(form) {
  const own = form.querySelector("[name=when][value=own]").checked;
  for (const time of form.querySelectorAll("[type=time]")) time.disabled = !own;
}

for (const form of document.querySelectorAll("[data-reminder-times]")) {
  form.addEventListener("input", ({ target }) => {
    if (target.type === "time" && target.value) {
      form.querySelector("[name=when][value=own]").checked = true;
    }
    apply(form);
  });
  // What is to be put right, and in a browser that cannot hide them all times, can be typed in.
  if (CSS.supports("selector(:has(*))") && !form.querySelector(".is-invalid")) apply(form);
}
