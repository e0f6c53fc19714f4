// At a page from the server: what another person left on this phone is wiped, and at the first page
// after a sign-out also what was typed, should the page that was left have failed to.
import { mayKeepAgain, wipe, wipeOthers } from "../kept.js";
import { person } from "../person.js";
import { contact, NOBODY } from "./wipe.js";

const LEFT = /(?:^|; )left=yes/; // set by accounts.middleware
const saysNobody = document.querySelector("meta[name=signed-in]")?.content === NOBODY;

function hasLeft() {
  if (!LEFT.test(document.cookie)) return false;
  document.cookie = "left=; path=/; max-age=0; SameSite=Lax";
  return true;
}

if (hasLeft()) {
  wipe();
  mayKeepAgain();
  contact(person || NOBODY);
} else if (person || saysNobody) {
  if (person) wipeOthers();
  contact(person || NOBODY);
}
