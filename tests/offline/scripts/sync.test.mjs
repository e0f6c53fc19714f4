import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";

import { begun, install } from "./indexed-db.mjs";

const places = install();
const who = { content: "sam" };
const metas = { "meta[name=person]": who };
globalThis.document = { querySelector: (what) => metas[what] ?? null };
globalThis.BroadcastChannel = undefined;
let asked = [];
let server; // answers a request: { entries } → Response

globalThis.fetch = async (where, { body, headers }) => {
  const sent = JSON.parse(body);
  asked.push({ where, headers, ...sent });
  return server(sent);
};

const { add, discard, goesByForm, hide, refusedOf, reword, takeBack, waiting } = await import(
  "../../../static/js/offline/queue.js"
);
const { sendAll } = await import("../../../static/js/offline/sync.js");

const OURS = { "X-Signed-In": "sam" }; // on every answer of our server
const session = (client_id, more) => ({ kind: "session", client_id, results: null, ...more });
const all = (answer, more) => ({ entries }) =>
  Response.json(
    { answers: entries.map(({ client_id }) => ({ client_id, answer, ...more })) },
    { headers: OURS },
  );
const status = (code, headers) => () =>
  new Response("", { status: code, headers: { ...OURS, ...headers } });
const keys = async () => (await waiting("sam")).map(({ client_id }) => client_id);

beforeEach(() => {
  places.queue.rows.clear();
  who.content = "sam";
  delete metas["meta[name=seal]"];
  mock.restoreAll();
  asked = [];
  server = all("taken");
});

test("what was taken, known or held does not wait any more", async () => {
  for (const answer of ["taken", "known", "held"]) {
    await add(session(answer));
    server = all(answer, { session: "/today/sessions/1/" });
    const came = await sendAll({ person: "sam" });
    assert.deepEqual(came.answered, [
      { client_id: answer, answer, reason: "", session: "/today/sessions/1/" },
    ]);
    assert.deepEqual(await keys(), []);
  }
  assert.equal(asked[0].headers["X-Person"], "sam");
  assert.match(asked[0].now, /^\d{4}-.*Z$/);
});

test("what was refused stays to be read, with the reason, until it is put away", async () => {
  await add(session("a"), { exercises: ["Bridge"] });
  server = all("refused", { reason: "That day is over." });
  await sendAll({ person: "sam" });
  const [entry] = await refusedOf("sam");
  assert.equal(entry.reason, "That day is over.");
  assert.deepEqual(entry.about.exercises, ["Bridge"]);
  assert.deepEqual(await keys(), []);
  await sendAll({ person: "sam" });
  assert.equal(asked.length, 1);
  assert.equal(await discard("a"), true);
  assert.deepEqual(await refusedOf("sam"), []);
});

test("without a network everything waits on", async () => {
  await add(session("a"));
  server = () => {
    throw new TypeError();
  };
  const came = await sendAll({ person: "sam" });
  assert.equal(came.reason, "no-network");
  assert.deepEqual(await keys(), ["a"]);
});

for (const [code, reason] of [
  [401, "signed-out"],
  [409, "other-person"],
  [410, "closed"],
  [403, "trouble"],
  [502, "trouble"],
  [429, "too-many"],
]) {
  test(`as a whole ${code}: all wait on, and why`, async () => {
    await add(session("a"));
    server = status(code, { "Retry-After": "7" });
    const came = await sendAll({ person: "sam" });
    assert.deepEqual(came, { answered: [], reason, seconds: 7 });
    assert.deepEqual(await keys(), ["a"]);
  });
}

test("a page of something else, such as a hotel's, answers nothing", async () => {
  await add(session("a"));
  const pages = [200, 401, 404, 410, 511].map((code) => new Response("<h1>Hi</h1>", { status: code }));
  const answers = [{ client_id: "a", answer: "taken" }];
  for (const page of [...pages, Response.json({}), Response.json({ answers })]) {
    server = () => page;
    assert.equal((await sendAll({ person: "sam" })).reason, "trouble");
    assert.deepEqual(await keys(), ["a"]);
  }
});

test("signs go first, and many go in pieces of 20", async () => {
  for (let n = 0; n < 45; n += 1) await add(session(`s${n}`));
  await add({ kind: "sign", client_id: "sign", which: [] });
  const { answered } = await sendAll({ person: "sam" });
  assert.equal(answered.length, 46);
  assert.deepEqual(
    asked.map(({ entries }) => entries.length),
    [20, 20, 6],
  );
  assert.equal(asked[0].entries[0].client_id, "sign");
});

test("one that is not understood spoils no other", async () => {
  for (const key of ["a", "b", "c"]) await add(session(key));
  server = ({ entries }) =>
    entries.some(({ client_id }) => client_id === "b")
      ? new Response("", { status: 422, headers: OURS })
      : all("taken")({ entries });
  await sendAll({ person: "sam" });
  assert.deepEqual(await keys(), []);
  assert.deepEqual((await refusedOf("sam")).map(({ client_id }) => client_id), ["b"]);
});

test("two senders at once send each entry once", async () => {
  await add(session("a"));
  await Promise.all([sendAll({ person: "sam" }), sendAll({ person: "sam" })]);
  assert.equal(asked.length, 1);
});

test("what goes with a form is left to it for a while", async () => {
  await add(session("a"));
  await goesByForm("a");
  await sendAll({ person: "sam" });
  assert.equal(asked.length, 0);
});

test("the same session twice is one, and keeps how it felt", async () => {
  await add(session("a"));
  await reword("a", { pain_after: 3 });
  await add(session("a", { results: [] }));
  const [entry, ...others] = await waiting("sam");
  assert.deepEqual(others, []);
  assert.equal(entry.plain.pain_after, 3);
});

test("what was said of a session that has gone meanwhile is not lost in silence", async () => {
  assert.equal(await reword("gone", { pain_after: 3 }), false);
});

test("another person sends and sees nothing of it; sealed it is sent by its own", async () => {
  await add(session("a"), { exercises: ["Bridge"] });
  await add(session("unsealed"));
  places.queue.rows.get("a").sealed = "jwe";
  who.content = "kim";
  await hide("kim");
  assert.deepEqual(await waiting("kim"), []);
  await sendAll({ person: "kim" });
  assert.equal(asked.length, 0);
  assert.ok(!JSON.stringify([...places.queue.rows.values()]).includes("Bridge"));
  await sendAll({ person: "sam" });
  assert.deepEqual(asked[0].entries, [{ client_id: "a", kind: "session", sealed: "jwe" }]);
});

// On a slow phone.
async function canSeal() {
  const { deriveBits } = SubtleCrypto.prototype;
  mock.method(crypto.subtle, "deriveBits", async (...given) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return deriveBits.apply(crypto.subtle, given);
  });
  const { publicKey } = await crypto.subtle.generateKey(
    { name: "ECDH", namedCurve: "P-256" },
    true,
    ["deriveBits"],
  );
  const content = JSON.stringify(await crypto.subtle.exportKey("jwk", publicKey));
  metas["meta[name=seal]"] = { content };
}

async function until(isSo) {
  while (!isSo(places.queue.rows.get("a"))) await new Promise((go) => setImmediate(go));
}

// Hides what there is in the first moment in which ``isThere`` says so, while ``act`` goes on.
async function hiddenDuring(act, isThere) {
  const acted = act();
  await until(isThere);
  await hide();
  return acted;
}

test("hidden in the moment in which it is kept, it is sent all the same", async () => {
  await canSeal();
  await hiddenDuring(
    () => add(session("a")),
    (entry) => entry,
  );
  assert.equal((await waiting("sam"))[0].sealed.split(".").length, 5);
});

test("hidden in the moment in which something is said of it, it is sent all the same", async () => {
  await canSeal();
  await add(session("a"));
  await until(({ sealed }) => sealed);
  const before = places.queue.rows.get("a").sealed;
  const isAnother = ({ sealed }) => sealed !== before;
  assert.ok(await hiddenDuring(() => reword("a", { pain_after: 3 }), isAnother));
  const [entry] = await waiting("sam");
  assert.equal(entry.plain, null);
  assert.equal(entry.sealed.split(".").length, 5);
});

test("a sealed one that is refused comes back open", async () => {
  await add(session("a"));
  places.queue.rows.get("a").sealed = "jwe";
  await hide();
  const entry = { ...session("a"), about: { exercises: ["Bridge"] } };
  server = all("refused", { reason: "No.", entry });
  await sendAll({ person: "sam" });
  const [refused] = await refusedOf("sam");
  assert.deepEqual(refused.about, { exercises: ["Bridge"] });
  assert.equal(refused.plain.client_id, "a");
});

test("what nobody can read any more is dropped after 14 days", async () => {
  await add(session("a"));
  Object.assign(places.queue.rows.get("a"), { sealed: "jwe", plain: null, until: Date.now() - 1 });
  assert.deepEqual(await waiting("sam"), []);
  assert.equal(places.queue.rows.size, 0);
});

test("what was taken back after its answer got lost is taken back on the server, too", async () => {
  await add(session("a"));
  server = () => {
    throw new TypeError();
  };
  await sendAll({ person: "sam" });
  assert.equal(await takeBack("a"), true);
  assert.deepEqual(await keys(), []);
  server = all("known");
  await sendAll({ person: "sam" });
  assert.match(asked.at(-1).entries[0].undone_at, /^\d{4}-.*Z$/);
  assert.equal(places.queue.rows.size, 0);
});

test("what was taken back before it went anywhere is sent to nobody", async () => {
  await add(session("a"));
  assert.equal(await takeBack("a"), true);
  await sendAll({ person: "sam" });
  assert.deepEqual(asked, []);
  assert.equal(await takeBack("a"), false);
});

test("what is said to be kept is on the disk by then", async () => {
  begun.length = 0;
  await add(session("a"));
  const writes = begun.filter(([, mode]) => mode === "readwrite");
  assert.ok(writes.length);
  assert.ok(writes.every(([, , { durability }]) => durability === "strict"));
});
