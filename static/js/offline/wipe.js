// What must not stay on a phone once someone else may hold it, for pages and for the worker alike.
//
// Kept pages and facts go. Of what is not sent yet only what is sealed stays: nobody on this phone
// can read it, and it is sent when its account signs in here again. docs/adr/0049.
import { hide } from "./queue.js";
import { clear, get } from "./store.js";

const KEPT = "kept-"; // the caches of someone's pages; the shell's hold nothing personal
export const NOBODY = "nobody";

// Without storage (a private window, a full disk) there is nothing to wipe.
const attempt = (what) =>
  Promise.resolve()
    .then(what)
    .catch(() => undefined);

async function cachesOfOthers(person) {
  const names = (await attempt(() => caches.keys())) ?? [];
  return names.filter((name) => name.startsWith(KEPT) && name !== KEPT + person);
}

async function dropCaches() {
  await Promise.all((await cachesOfOthers("")).map((name) => caches.delete(name)));
}

export async function wipePages() {
  await Promise.all([attempt(dropCaches), attempt(() => clear("facts"))]);
}

// Of everyone but this person; of everyone where none is named.
export const hideQueue = (person = "") => attempt(() => hide(person));

// Nothing is left that can be read, of anyone.
export async function wipeAll() {
  await Promise.all([wipePages(), hideQueue()]);
}

// ``signedIn``: what X-Signed-In says, a person or "nobody". Someone else's things are wiped at the
// first answer of the server that says so. Whether anything was wiped.
export async function contact(signedIn) {
  if (!signedIn) return false;
  const person = signedIn === NOBODY ? "" : signedIn;
  await hideQueue(person);
  const keptFor = await attempt(() => get("facts", "person"));
  const isTheirs = person && (keptFor?.value ?? person) === person;
  if (isTheirs && !(await cachesOfOthers(person)).length) return false;
  await wipePages();
  return true;
}

const SAYS_WHO = "X-Signed-In";

export const contactBy = (response) => contact(response.headers.get(SAYS_WHO));

// Every answer of our server says who is signed in. A network's own page, as in a hotel, and a proxy
// do not, whatever status they answer with: nothing is taken for said by us there.
export const isOurs = (response) => response.headers.has(SAYS_WHO);
