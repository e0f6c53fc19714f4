// Tells the server where the person is: fills empty hidden fields marked data-time-zone, and
// preselects the zone in a list so marked from which nothing has been chosen yet, and shows what
// is marked data-other-time-zone="Europe/London" to somebody who is now in another one.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("input[data-time-zone]")) {
  field.value ||= zone ?? "";
}
for (const list of document.querySelectorAll("select[data-time-zone]")) {
  const chosen = list.querySelector("option[selected]:not([value=''])");
  if (!chosen && [...list.options].some((option) => option.value === zone)) list.value = zone;
}
for (const offer of document.querySelectorAll("[data-other-time-zone]")) {
  offer.hidden = !zone || zone === offer.dataset.otherTimeZone;
}
