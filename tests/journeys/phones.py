"""One phone that more than one person holds: what is on it, and its network."""

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.journeys.people import press, signed_in

# Everything that a page of ours could read on this phone: IndexedDB, caches, local storage.
DUMP = """async () => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await asked(indexedDB.open("homestretch"));
  const stores = [...database.objectStoreNames];
  const rows = stores.length ? await Promise.all(stores.map((name) =>
    asked(database.transaction(name).objectStore(name).getAll()))) : [];
  database.close();
  const pages = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith("kept-")) continue;
    const cache = await caches.open(name);
    for (const key of await cache.keys()) pages.push(name + await (await cache.match(key)).text());
  }
  return JSON.stringify({ rows, pages, typed: { ...localStorage } });
}"""
QUEUE = """async () => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await asked(indexedDB.open("homestretch"));
  const queue = await asked(database.transaction("queue").objectStore("queue").getAll());
  database.close();
  return queue;
}"""


def on_this_phone(page: Page) -> str:
    dump: str = page.evaluate(DUMP)
    return dump


def queue_of(page: Page) -> list[dict]:
    queue: list[dict] = page.evaluate(QUEUE)
    return queue


def tick_without_a_network(page: Page, note: str = "") -> None:
    """One tap; it waits on this phone, sealed, and is said to."""
    page.context.set_offline(True)
    press(page, "I’ve already done it")
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    if note:
        page.get_by_label("A note").fill(note)
        press(page, "Save")
        expect(page.get_by_label("A note")).to_have_count(0)


def with_a_network(page: Page) -> None:
    page.context.set_offline(False)


def hold(page: Page, user: User | None, url: str) -> None:
    """Another person takes this phone, and signs in; None: whoever was, is no longer."""
    page.context.clear_cookies(name="sessionid")
    if user is not None:
        page.context.add_cookies([signed_in(user, url)])
