// What was done or told on this phone and the server has not answered yet. For pages and for the
// worker alike.
//
// An entry is kept in plain, to be read and changed by its person, and sealed, to be sent when
// nobody on this phone may read it any more (hide).

import { all, change, get, put, remove } from "./store.js";
import { seal } from "./seal.js";

const DAY = 24 * 60 * 60 * 1000; // ms
const UNREAD_FOR = 14 * DAY; // what nobody can read any more is dropped after that
const BY_FORM = 20 * 1000; // a form that was sent is answered by then, or never
const FEELING = { pain_after: null, effort: "", note: "" };
const LOCK = "offline";

const ofPage = () => globalThis.document?.querySelector("meta[name=person]")?.content ?? "";

// One at a time over all tabs and the worker, where the browser can.
let before = Promise.resolve();
export function alone(act) {
  if (globalThis.navigator?.locks) return navigator.locks.request(LOCK, act);
  const now = before.then(act);
  before = now.catch(() => undefined);
  return now;
}

// --- reading

const isOver = (entry) => !entry.plain && (!entry.sealed || Date.now() > entry.until);

async function entries(person) {
  const found = await all("queue");
  for (const entry of found.filter(isOver)) await remove("queue", entry.client_id);
  return found
    .filter((entry) => entry.person === person && !isOver(entry))
    .sort((one, other) => one.saved_at - other.saved_at);
}

const inState = async (person, state) =>
  (await entries(person)).filter((entry) => entry.state === state);

// Also what was taken back here, but may have come to the server before.
export const unanswered = (person) => inState(person, "waiting");

export const waiting = async (person) =>
  (await unanswered(person)).filter(({ plain }) => !plain?.undone_at);
export const refusedOf = (person) => inState(person, "refused");

// Signs first: they stop what comes after them. ``but``: keys that have had their turn.
export async function toBeSent(person, but = new Set()) {
  const ready = (await unanswered(person)).filter(
    (entry) => !but.has(entry.client_id) && Date.now() > (entry.by_form_until ?? 0),
  );
  return ready.sort(
    (one, other) => (one.kind === "sign" ? 0 : 1) - (other.kind === "sign" ? 0 : 1),
  );
}

// --- putting in

function made(plain, about, old) {
  const now = Date.now();
  const feeling = Object.fromEntries(
    Object.keys(FEELING).map((name) => [name, old?.plain?.[name] ?? FEELING[name]]),
  );
  return {
    client_id: plain.client_id,
    kind: plain.kind,
    person: ofPage(),
    saved_at: old?.saved_at ?? now,
    until: now + UNREAD_FOR,
    state: "waiting",
    reason: "",
    mayHaveCome: old?.mayHaveCome ?? false,
    about,
    plain: plain.kind === "session" ? { ...feeling, ...plain } : plain,
  };
}

// Not being able to seal stops nothing: then it cannot be sent by anyone but whoever may read it.
const sealedOf = ({ plain, about }) => seal(JSON.stringify({ ...plain, about })).catch(() => "");

// What is said of it is written together with what is sealed, never one before the other: whatever is
// not sealed is lost in the moment in which it is hidden.
async function say(client_id, said, more = {}) {
  const { plain: before, about } = await get("queue", client_id);
  const plain = { ...before, ...said };
  const sealed = await sealedOf({ plain, about });
  return change(
    "queue",
    client_id,
    (now) => now && { ...now, ...more, sealed, plain: now.plain && plain },
  );
}

// Resolves once it is kept; rejects where this phone keeps nothing. ``about``: words of it to be
// shown on this phone, { whose, exercises: [line, …] }. ``byForm``: a form may be about to take it.
export async function add(plain, about = {}, { byForm = false } = {}) {
  const keep = async (old) => {
    const entry = made(plain, about, old);
    entry.sealed = await sealedOf(entry);
    if (byForm) entry.by_form_until = Date.now() + BY_FORM;
    await put("queue", entry);
    return entry;
  };
  const read = () => get("queue", plain.client_id);
  const old = await read();
  return old ? alone(async () => keep(await read())) : keep();
}

const isToBeSaid = (entry) => Boolean(entry?.plain) && entry.state === "waiting";

// More was said of it, or something else. False where it does not wait any more.
export function reword(client_id, said) {
  return alone(async () => {
    const isWaiting = isToBeSaid(await get("queue", client_id));
    return isWaiting && Boolean(await say(client_id, said));
  });
}

// It goes with a form now. Unless that is answered, it is sent like any other after a while.
export const goesByForm = (client_id) =>
  change(
    "queue",
    client_id,
    (now) => now && { ...now, by_form_until: Date.now() + BY_FORM, mayHaveCome: true },
  );

// It is on its way. If the answer gets lost nobody here knows whether it has come.
export const goes = ({ client_id }) =>
  change("queue", client_id, (now) => now && { ...now, mayHaveCome: true });

export const formIsLost = (client_id) =>
  change("queue", client_id, (now) => now && { ...now, by_form_until: 0 });

// --- taking out

// Whether it was still there. Waits for what is on its way just now.
export const discard = (client_id) =>
  alone(async () => {
    const isThere = Boolean(await get("queue", client_id));
    await remove("queue", client_id);
    return isThere;
  });

// Taken back by its person. What the server may have by now is sent once more, to be taken back
// there, too. Whether it was still there.
export const takeBack = (client_id) =>
  alone(async () => {
    const entry = await get("queue", client_id);
    if (isToBeSaid(entry) && entry.mayHaveCome) {
      const undone = { undone_at: new Date().toISOString() };
      return Boolean(await say(client_id, undone, { by_form_until: 0 }));
    }
    await remove("queue", client_id);
    return Boolean(entry);
  });

export const discardAll = (person) =>
  alone(async () => {
    for (const { client_id } of await entries(person)) await remove("queue", client_id);
  });

// Nobody on this phone can read it any more: of everyone but ``person``, or of everyone. What could
// not be sealed is gone. What was refused is sent once more when its person is back: the answer
// brings it open again.
export async function hide(person = "") {
  for (const { client_id, sealed, ...entry } of await all("queue")) {
    if (person && entry.person === person) continue;
    if (sealed) await change("queue", client_id, closed);
    else await remove("queue", client_id);
  }
}

const closed = (entry) =>
  entry && { ...entry, plain: null, about: {}, state: "waiting", reason: "", by_form_until: 0 };

// --- what the server said of an entry: { answer, reason, entry }

export async function settle(entry, { answer, reason = "", entry: opened = null }) {
  const isUndone = Boolean((entry.plain ?? opened)?.undone_at);
  if (answer !== "refused" || isUndone) return remove("queue", entry.client_id);
  await change("queue", entry.client_id, (now) => {
    const plain = now?.plain ?? opened;
    const about = now?.plain ? now.about : (opened?.about ?? {});
    return now && plain && { ...now, state: "refused", reason, plain, about };
  });
}
