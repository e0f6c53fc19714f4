// Of which records a warning sign was told on this phone, or heard of. For pages and for the worker:
// while it is so, the notice stands in the place of what is kept of a record's exercises. It is so
// until the server says otherwise.
import { change, get } from "./store.js";

const NAME = "stopped";
const ABOUT = "X-Record"; // the header by which a page says whose exercises it shows
const NOTICE = "/offline/stopped/";

const recordsOf = (fact) => fact?.records ?? [];

// Without storage nothing is known here, and nothing is kept either.
export async function stopped() {
  return recordsOf(await get("facts", NAME).catch(() => undefined));
}

const set = (to) =>
  change("facts", NAME, (fact) => ({ name: NAME, records: to(recordsOf(fact)) })).catch(
    () => undefined,
  );

export const stop = (record) => set((records) => [...new Set([...records, record])]);
export const goOn = (record) => set((records) => records.filter((one) => one !== record));

export const noticeOf = (record) => `${NOTICE}${record}/`;

/** Which record a kept page may not be shown of now; "" where it may be shown. */
export async function isStoppedOn(page) {
  const record = page.headers.get(ABOUT);
  return record && (await stopped()).includes(record) ? record : "";
}
