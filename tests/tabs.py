"""A page left open in a browser's tab: its forms as they stand, sent later."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

Values = dict[str, list[str]]


class Tab:
    """``Tab(client, "/settings/")`` opens the page; ``send(name="Ana")`` sends what it shows.

    ``form``: a part of the address that its form is sent to, or of the names of its fields,
    where the page has several.
    """

    def __init__(self, client: Client, page: str, *, form: str = "") -> None:
        self.client, self.page, self.form = client, page, form
        self.shows = self._read(client.get(page))

    def send(self, at: str = "", /, *, headers: Any = None, **typed: Any) -> HttpResponse:
        """As a browser sends it; the tab then shows what came back, if that is its page."""
        values = {**self.shows, **typed}
        response = self.client.post(at or self.action or self.page, values, headers=headers)
        if not headers and response.status_code in {200, 422}:
            self.shows = self._read(response)
        return response

    def _read(self, response: HttpResponse) -> Values:
        forms = _Forms()
        forms.feed(response.content.decode())
        for action, values in forms.found:
            if self.form in action or self.form in values:
                self.action = action
                return values
        raise AssertionError(f"no form “{self.form}” on {self.page}: {response.status_code}")


class _Forms(HTMLParser):
    """Every form that is posted: where to, and what its fields hold. Buttons are not pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Values]] = []
        self.open: Values | None = None
        self.chooses = self.writes = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name, value = has.get("name") or "", has.get("value") or ""
        if tag == "form":
            self.open = {}
            if has.get("method") == "post":
                self.found.append(((has.get("action") or "").split("#")[0], self.open))
        elif self.open is None:
            return
        elif tag == "input" and (has.get("type") not in {"checkbox", "radio"} or "checked" in has):
            self.open.setdefault(name, []).append(value)
        elif tag == "select":
            self.chooses = name
        elif tag == "option" and self.chooses and "selected" in has:
            self.open.setdefault(self.chooses, []).append(value)
        elif tag == "textarea":
            self.writes = name
            self.open.setdefault(name, []).append("")

    def handle_data(self, data: str) -> None:
        if self.writes and self.open is not None:
            self.open[self.writes][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.chooses = ""
        elif tag == "textarea" and self.open is not None:
            lines = self.open[self.writes]
            lines[-1] = lines[-1].removeprefix("\n").replace("\n", "\r\n")
            self.writes = ""
