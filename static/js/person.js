// Who this page was made for, and who is signed in now. A sign-in in another tab renews the
// token of every form here, and may be someone else's.
import { contactBy, isOurs } from "./offline/wipe.js";

const meta = document.querySelector("meta[name=person]");
const token = document.querySelector("meta[name=csrf-token]");
const PATIENCE = 15000; // ms

export const person = meta?.content ?? "";
export const answersForm = meta?.dataset.method === "POST";
export const channel = new BroadcastChannel("person");

export function headers() {
  return person ? { "X-CSRFToken": token.content, "X-Person": person } : {};
}

export function renew(fresh) {
  token.content = fresh;
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    field.value = fresh;
  }
}

const OF_STATUS = {
  401: "signed-out",
  403: "form-expired",
  404: "gone",
  409: "changed",
  410: "gone",
  413: "too-large",
  429: "too-many",
};

// Our own server says why; a proxy in front of it has its status only.
export const reasonOf = (status, said) => said || OF_STATUS[status] || "trouble";

// Which record this page is about; on pages of the clinic's side none.
const whereToAsk = () => {
  const { record } = document.body.dataset;
  return record
    ? `${meta.dataset.who}?${new URLSearchParams({ record, person })}`
    : meta.dataset.who;
};

// Its page was closed, and by whom; a deactivated account has nobody to call.
const closed = ({ clinic }) => (clinic ? { reason: "closed", clinic } : { reason: "gone" });

// Nothing in the answer while whoever opened this page is signed in, and its record is theirs.
export async function ask(patience = PATIENCE) {
  let response;
  try {
    response = await fetch(whereToAsk(), {
      cache: "no-store",
      headers: { "X-Background": "who" },
      signal: AbortSignal.timeout(patience),
    });
    await contactBy(response);
    if (!isOurs(response)) return { reason: "trouble" };
    if (response.status === 410) return closed(await response.json());
    if (!response.ok) {
      return { reason: reasonOf(response.status, response.headers.get("X-Not-Saved")) };
    }
    const now = await response.json();
    if (now.clinic) return closed(now);
    if (!now.person) return { reason: "signed-out" };
    if (now.person !== person) return { reason: "other-person", name: now.name };
    if (now.is_gone) return { reason: "gone" };
    renew(now.token);
    return {};
  } catch {
    return { reason: response ? "trouble" : "no-network" };
  }
}

if (person) channel.postMessage({ person, token: token.content });
