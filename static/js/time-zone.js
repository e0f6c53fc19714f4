// Tells the server where the person is: fills empty fields marked data-time-zone, a hidden one
// with the zone's name, one to type in with its city. Shows what is marked
// data-other-time-zone="Asia/Kolkata Asia/Calcutta" (all names of one zone) to who is elsewhere.
import { city, isElsewhere, zone } from "./phone-zone.js";

for (const field of document.querySelectorAll("input[data-time-zone]")) {
  field.value ||= field.type === "hidden" ? zone : city;
}
for (const offer of document.querySelectorAll("[data-other-time-zone]")) {
  offer.hidden = !isElsewhere(offer.dataset.otherTimeZone.split(" "));
}
