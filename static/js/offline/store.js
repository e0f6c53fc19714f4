// What this phone keeps in IndexedDB, for pages and for the worker alike.
//
// queue: what was done or told and has not been answered by the server, by its client_id.
// facts: single things to remember, by name.
// Where a browser keeps nothing (a private window, a full disk) each of these rejects.

const NAME = "homestretch";
const VERSION = 1;
const KEYS = { queue: "client_id", facts: "name" };

let opening;

function promised(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// A browser may close it, and a newer page may want to change it: the next one opens it again.
function watched(database) {
  const forget = () => {
    opening = undefined;
  };
  database.onclose = forget;
  database.onversionchange = () => {
    database.close();
    forget();
  };
  return database;
}

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [place, keyPath] of Object.entries(KEYS)) {
        request.result.createObjectStore(place, { keyPath });
      }
    };
    request.onsuccess = () => resolve(watched(request.result));
    request.onerror = () => reject(request.error);
  });
  opening.catch(() => {
    opening = undefined; // the next one tries again
  });
  return opening;
}

// What is said to be kept is on the disk by then: a phone may go dark the moment after.
const begun = async (place, mode) =>
  (await open()).transaction(place, mode, { durability: "strict" });

async function within(place, mode, act) {
  const transaction = await begun(place, mode);
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const result = await promised(act(transaction.objectStore(place)));
  await finished;
  return result;
}

export const put = (place, value) => within(place, "readwrite", (store) => store.put(value));
export const get = (place, key) => within(place, "readonly", (store) => store.get(key));
export const all = (place) => within(place, "readonly", (store) => store.getAll());
export const remove = (place, key) => within(place, "readwrite", (store) => store.delete(key));
export const clear = (place) => within(place, "readwrite", (store) => store.clear());

// Reads and puts in one go, so that of two tabs none overwrites the other: ``to`` gives what is to
// be kept of what is there now, or undefined to leave it as it is. Answers with what ``to`` gave.
export async function change(place, key, to) {
  const transaction = await begun(place, "readwrite");
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const store = transaction.objectStore(place);
  const changed = to(await promised(store.get(key)));
  if (changed) store.put(changed);
  await finished;
  return changed;
}
