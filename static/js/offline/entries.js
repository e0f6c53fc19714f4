// What is put in the queue, and what of it is shown: from plain values alone, without a page.

// ``fields``: name → value, of the form that ticks off a session or ends a guided one.
// ``day``: { record, day, on }, ``zone``: the phone's.
export function plainOf(fields, day, zone) {
  return {
    kind: "session",
    client_id: fields.get("client_id"),
    ...day,
    programme: fields.get("programme"),
    performed_at: fields.get("performed_at"),
    zone,
    guided: ["on", "True", "true"].includes(fields.get("guided")),
    results: resultsOf(fields),
  };
}

const RESULT = "result-";
const number = (value) => (/^\d+$/.test(value ?? "") ? Number(value) : null);

// None where nothing is said of single exercises: then it is one tap.
function resultsOf(fields) {
  const items = [...fields.keys()].filter((name) => name.startsWith(RESULT));
  const results = items
    .map((name) => name.slice(RESULT.length))
    .map((item) => ({
      item,
      result: fields.get(`${RESULT}${item}`),
      amount: number(fields.get(`amount-${item}`)?.trim()),
      pain: number(fields.get(`pain-${item}`)),
      skip_reason: fields.get(`skip_reason-${item}`) ?? "",
    }))
    .filter(({ result }) => result)
    .map(fitting);
  return items.length ? results : null;
}

// What does not go with a result is passed over, as the server does.
function fitting({ item, result, amount, pain, skip_reason }) {
  return result === "skipped"
    ? { item, result, amount: null, pain: null, skip_reason }
    : { item, result, amount, pain, skip_reason: "" };
}

// { pain_after, effort, note } of the questions after a session.
export function feelingOf(fields) {
  return {
    pain_after: number(fields.get("pain_after")),
    effort: fields.get("effort") ?? "",
    note: (fields.get("note") ?? "").trim(),
  };
}

export const isSome = ({ result, amount }) =>
  ["done", "part"].includes(result) || (result === "hurt" && amount > 0);

// Whether it counts for its day: anything of it was done.
export const counts = ({ results }) => results === null || results.some(isSome);

// Whether one tap came so soon after another session of its day that it may be the same one.
// ``minutes``: what is soon. The same as patients.services.sessions.is_soon_after_last.
export function isSoonAfterOther({ client_id, day, performed_at, guided }, sessions, minutes) {
  const at = Date.parse(performed_at);
  const before = (other) => at - Date.parse(other.performed_at); // ms
  const others = sessions.filter((other) => other.day === day && other.client_id !== client_id);
  return !guided && others.some((other) => before(other) >= 0 && before(other) < minutes * 60_000);
}

// The pain after it: as was said, else the worst of what was stopped because it hurt.
export function painOf({ pain_after, results }) {
  if (pain_after !== null) return pain_after;
  const hurt = (results ?? []).filter(({ result, pain }) => result === "hurt" && pain !== null);
  return hurt.length ? Math.max(...hurt.map(({ pain }) => pain)) : null;
}

// Whether the last of a day's ``sessions``, in the order in which they were done, asks for rest.
// ``high``: from there on a score is much; ``rise``: points above the day's first one; ``first``:
// the day's first one that the server knows, or null. The same as patients.services.pain.
export function isMuchPain(sessions, { high, rise, first = null }) {
  let begin = first;
  let isMuch = false;
  for (const session of sessions) {
    const score = painOf(session);
    const most = Math.max(-1, ...(session.results ?? []).map(({ pain }) => pain ?? -1));
    if (score === null && most < high) continue;
    begin ??= score;
    isMuch = most >= high || score >= high || (begin !== null && score - begin >= rise);
  }
  return isMuch;
}

// When it was done, as the clock on that phone said, in the words of the page's language.
export function whenOf({ performed_at, zone }, language) {
  const how = {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  };
  const moment = new Date(performed_at);
  try {
    return moment.toLocaleString(language, { ...how, timeZone: zone || undefined });
  } catch {
    return moment.toLocaleString(language, how); // a zone that this browser does not know
  }
}
