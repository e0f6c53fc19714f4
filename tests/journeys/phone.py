"""A phone on which the site's worker is at work, and what it keeps."""

from playwright.sync_api import expect

from tests.journeys.look import Eye
from tests.journeys.stack import wait_until

TODAY = "/today/"
KEPT = """async () => {
  const name = (await caches.keys()).find((name) => name.startsWith("kept-"));
  const cache = name && await caches.open(name);
  const list = await cache?.match("/offline/kept/");
  return list ? list.json() : { at: 0, pages: [] };
}"""
CACHES = "async () => (await caches.keys()).map((name) => name.split('-')[0]).sort()"
COME_BACK = """() => {
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Phone:
    """``eye`` sees a page of someone who is signed in, in a browser that allows workers."""

    def __init__(self, eye: Eye) -> None:
        self.eye, self.page = eye, eye.page
        self.context = self.page.context

    def go(self, where: str = TODAY) -> "Phone":
        self.page.goto(where)
        return self

    def keep(self) -> "Phone":
        """The first visit, until everything that is listed is kept."""
        self.go()
        wait_until(lambda: self.kept_at() > 0, "the pages to be kept", patience=20)
        return self

    def keep_again(self) -> "Phone":
        """What is listed now, without the wait of some minutes that a visit would have."""
        before = self.kept_at()
        self.page.evaluate("() => navigator.serviceWorker.controller.postMessage({ do: 'send' })")
        wait_until(lambda: self.kept_at() > before, "the pages to be kept again", patience=20)
        return self

    def kept_at(self) -> int:
        return self.page.evaluate(KEPT)["at"]

    def kept(self) -> list[str]:
        return [page["url"] for page in self.page.evaluate(KEPT)["pages"]]

    def caches(self) -> list[str]:
        return self.page.evaluate(CACHES)

    def cut(self) -> "Phone":
        self.context.set_offline(True)
        return self

    def come_back_to_the_page(self) -> "Phone":
        self.page.evaluate(COME_BACK)
        return self

    def shows(self, heading: str) -> "Phone":
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()
        return self

    def is_styled(self) -> bool:
        return self.page.evaluate("[...document.styleSheets].every((s) => s.cssRules.length)")
