// Choosing a time chooses "At my own times"; with another choice no time is sent. Which fields
// are shown is the style sheet's business. Beside a new time stands whether it starts today.

function apply(form) {
  const own = form.querySelector("[name=when][value=own]").checked;
  for (const time of form.querySelectorAll("[type=time]")) time.disabled = !own;
}

// "2026-11-30 18:10", as the clock on the record's wall shows it now.
function wall(zone) {
  const parts = { dateStyle: "short", timeStyle: "short", timeZone: zone, hourCycle: "h23" };
  return new Intl.DateTimeFormat("sv-SE", parts).format(new Date());
}

function startOf(time, { zone, on, first, known, today, tomorrow }) {
  if (!time || known.split(" ").includes(time)) return "";
  const [date, now] = wall(zone).split(" ");
  // A page left open overnight: the letter that it knew of is long past.
  const counts = time > now && (date !== on || time >= first);
  return counts ? today : tomorrow;
}

function mark(form, starts) {
  for (const time of form.querySelectorAll("[type=time]")) {
    time.parentElement.querySelector("output").textContent = startOf(time.value, starts.dataset);
  }
}

for (const form of document.querySelectorAll("[data-reminder-times]")) {
  const starts = form.querySelector("[data-starts]");
  for (const time of starts ? form.querySelectorAll("[type=time]") : []) {
    const output = document.createElement("output");
    output.className = "form-text d-block";
    output.htmlFor = time.id;
    time.after(output);
  }
  form.addEventListener("input", ({ target }) => {
    if (target.type === "time" && target.value) {
      form.querySelector("[name=when][value=own]").checked = true;
    }
    apply(form);
    if (starts) mark(form, starts);
  });
  if (starts) mark(form, starts);
  // What is to be put right, and in a browser that cannot hide them all times, can be typed in.
  if (CSS.supports("selector(:has(*))") && !form.querySelector(".is-invalid")) apply(form);
}
