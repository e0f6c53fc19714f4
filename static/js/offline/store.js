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

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [place, keyPath] of Object.entries(KEYS)) {
        request.result.createObjectStore(place, { keyPath });
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function within(place, mode, act) {
  const transaction = (await open()).transaction(place, mode);
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
