// As much of IndexedDB as the store uses, in memory.

class Request {
  constructor(result) {
    this.result = result;
    queueMicrotask(() => this.onsuccess?.());
  }
}

class Place {
  constructor(rows, keyPath) {
    Object.assign(this, { rows, keyPath });
  }
  put(value) {
    this.rows.set(value[this.keyPath], structuredClone(value));
    return new Request();
  }
  get(key) {
    return new Request(structuredClone(this.rows.get(key)));
  }
  getAll() {
    return new Request(structuredClone([...this.rows.values()]));
  }
  delete(key) {
    this.rows.delete(key);
    return new Request();
  }
  clear() {
    this.rows.clear();
    return new Request();
  }
}

// How each transaction was begun: [place, mode, options].
export const begun = [];

export function install() {
  const places = { queue: new Place(new Map(), "client_id"), facts: new Place(new Map(), "name") };
  const database = {
    transaction(...how) {
      begun.push(how);
      const transaction = { objectStore: (name) => places[name] };
      setTimeout(() => transaction.oncomplete?.());
      return transaction;
    },
  };
  globalThis.indexedDB = { open: () => new Request(database) };
  return places;
}
