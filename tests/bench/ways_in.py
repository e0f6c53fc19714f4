"""How long signing in takes with an account and without: what a stranger could measure."""

import http.client
import re
import time
from statistics import median
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import LimitUse, User

ROUNDS = 40
NOBODY = "nobody-{}@example.org"
WAYS = {
    "password": ("account_login", {"login": "{}", "password": "wrong wrong"}),
    "code": ("account_request_login_code", {"email": "{}"}),
    "new_password": ("account_reset_password", {"email": "{}"}),
}


def measure(port: int) -> dict[str, dict[str, float]]:
    """Milliseconds, medians; the two are asked in turn, so that both meet the same machine."""
    people = list(User.objects.order_by("pk").values_list("email", flat=True)[: ROUNDS + 1])
    return {
        way: _measure(port, reverse(route), form, people) for way, (route, form) in WAYS.items()
    }


def _measure(port: int, path: str, form: dict[str, str], people: list[str]) -> dict[str, float]:
    pairs = []
    for number, address in enumerate(people):
        pair = []
        for typed in (address, NOBODY.format(number)):
            LimitUse.objects.all().delete()  # all of these come from one network
            pair.append(_timed(port, path, {k: v.format(typed) for k, v in form.items()}))
        pairs.append(pair)
    took = pairs[1:]  # the first warms up
    return {
        "with_account_p50_ms": round(1000 * median(known for known, _ in took), 2),
        "without_p50_ms": round(1000 * median(unknown for _, unknown in took), 2),
        "difference_p50_ms": round(1000 * median(known - unknown for known, unknown in took), 2),
    }


def _timed(port: int, path: str, form: dict[str, str]) -> float:
    """Seconds for one form, sent by a browser that has just opened its page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    page = connection.getresponse()
    cookies = "; ".join(
        value.partition(";")[0] for name, value in page.getheaders() if name == "Set-Cookie"
    )
    [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({**form, "csrfmiddlewaretoken": token})
    before = time.perf_counter()
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - before
    assert answer.status in (302, 422), answer.status
    connection.close()
    return took
