// Sends what waits on this phone, from a page or from the worker: one of them at a time.

import { alone, goes, settle, toBeSent } from "./queue.js";
import { contactBy, isOurs } from "./wipe.js";

const WHERE = "/offline/sessions/";
const PIECE = 20; // entries in one request
const PATIENCE = 12000; // ms
const OF_STATUS = {
  401: "signed-out",
  403: "trouble",
  404: "gone",
  409: "other-person",
  410: "closed",
  413: "too-large",
  422: "not-understood",
  429: "too-many",
};
const OF_ANYBODY = [413, 429]; // said by a proxy, too

const channel = globalThis.BroadcastChannel && new BroadcastChannel("offline");

function reasonOf(response) {
  const isKnown = isOurs(response) || OF_ANYBODY.includes(response.status);
  return (isKnown && OF_STATUS[response.status]) || "trouble";
}

const asSent = ({ client_id, kind, sealed, plain }) => plain ?? { client_id, kind, sealed };

function request(entries, person) {
  return fetch(WHERE, {
    method: "POST",
    body: JSON.stringify({ now: new Date().toISOString(), entries: entries.map(asSent) }),
    headers: {
      "Content-Type": "application/json",
      "X-Person": person,
      "X-Background": "offline",
    },
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.timeout?.(PATIENCE),
  });
}

// { answers } or { reason, seconds }: why there are none.
async function ask(entries, person) {
  let response;
  try {
    if (navigator.onLine !== false) await Promise.all(entries.map(goes));
    response = await request(entries, person);
    await contactBy(response);
    if (response.ok && isOurs(response)) return { answers: (await response.json()).answers };
  } catch {
    return { reason: response ? "trouble" : "no-network" };
  }
  const seconds = Number(response.headers.get("Retry-After")) || undefined;
  return { reason: reasonOf(response), seconds };
}

// One that is not understood, or too large, spoils no other: each goes by itself then.
async function askOfEach(entries, person) {
  const all = [];
  for (const entry of entries) {
    const { answers, reason, seconds } = await ask([entry], person);
    if (answers) all.push(...answers);
    else if (["not-understood", "too-large"].includes(reason)) {
      all.push({ client_id: entry.client_id, answer: "refused", reason: "" });
    } else return { answers: all, reason, seconds };
  }
  return { answers: all };
}

async function sendPiece(entries, person) {
  const said = await ask(entries, person);
  const isOfOne = ["not-understood", "too-large"].includes(said.reason);
  return isOfOne ? askOfEach(entries, person) : said;
}

async function sendPieces(person) {
  const tried = new Set();
  const answered = [];
  for (;;) {
    const entries = (await toBeSent(person, tried)).slice(0, PIECE);
    if (!entries.length) return { answered, reason: "" };
    const { answers = [], reason = "", seconds } = await sendPiece(entries, person);
    for (const entry of entries) {
      tried.add(entry.client_id);
      const answer = answers.find(({ client_id }) => client_id === entry.client_id);
      if (!answer) continue;
      await settle(entry, answer);
      answered.push(answer);
    }
    if (reason) return { answered, reason, seconds };
  }
}

// { answered: [{ client_id, answer, reason, session }], reason, seconds }: why the rest still waits.
// Every page hears of what was answered.
export function sendAll({ person }) {
  return alone(async () => {
    const came = await sendPieces(person);
    const answered = came.answered.map(({ client_id, answer, reason = "", session = "" }) => ({
      client_id,
      answer,
      reason,
      session,
    }));
    if (answered.length) channel?.postMessage({ answered });
    return { ...came, answered };
  });
}
