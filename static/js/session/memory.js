// How far a session is, kept on this device so that a call, a reload or a closed tab loses nothing:
// by person, record and day, until 03:00 of the next local day. It goes when the session is over and
// in the queue (offline/queue.js), when it is logged, and with signing out. Without storage (a
// private window, a full disk) a session works without it.

const PREFIX = "session:";
const VERSION = 1; // of what an entry looks like; an older one is dropped

let isSignedOut = false;

const person = () => document.querySelector("meta[name=person]")?.content ?? "";
const ofRecord = (record) => `${PREFIX}${person()}:${record}:`;

function attempt(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}

const keys = (prefix) =>
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];
const drop = (key) => attempt(() => localStorage.removeItem(key));

function read(key) {
  const entry = attempt(() => JSON.parse(localStorage.getItem(key)));
  if (entry?.version === VERSION && Date.now() < entry.until) return entry;
  drop(key);
  return undefined;
}

// The entry of a day, or undefined.
export const recall = (record, day) => read(ofRecord(record) + day);

const all = (record) => keys(ofRecord(record)).map(read).filter(Boolean);

// Of several days, the one that was gone on with last.
export function unfinished(record) {
  return all(record).sort((one, other) => other.at - one.at)[0];
}

// Whether it could be kept. ``entry``: { day, programme, clientId, until (ms), done, all, … }.
export function remember(record, entry) {
  if (isSignedOut) return false;
  const text = JSON.stringify({ ...entry, version: VERSION, at: Date.now() });
  const put = () => localStorage.setItem(ofRecord(record) + entry.day, text) === undefined;
  return attempt(put) ?? false;
}

export const forget = (record, day) => drop(ofRecord(record) + day);

// The server says which session it has logged, or that it will never log.
export function forgetLogged(record, clientId) {
  for (const key of keys(ofRecord(record))) {
    if (read(key)?.clientId === clientId) drop(key);
  }
}

// After signing out in any tab: nothing of theirs is left, and nothing more is kept from here.
export function wipe() {
  isSignedOut = true;
  keys(PREFIX).forEach(drop);
}

// Whoever is signed in here now: how far other people's sessions are is nothing for them.
export const wipeOthers = () =>
  keys(PREFIX)
    .filter((key) => !key.startsWith(`${PREFIX}${person()}:`))
    .forEach(drop);

// What is over, of anybody who has used this device.
export const sweep = () => keys(PREFIX).forEach(read);
