"""The demo's postbox: a message caught over SMTP can be read, and do nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from demo import catcher
from tests.journeys.stack import free_port

MORNING = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def demo(settings: LazySettings, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.DATA_DIR = tmp_path


def letter(subject: str = "Your reminder for today", html: str = "") -> bytes:
    message = EmailMultiAlternatives(
        subject,
        "Hello Zoë,\n\nhttps://clinic.example/today/",
        "no-reply@clinic.example",
        ["z@x.example"],
    )
    if html:
        message.attach_alternative(html, "text/html")
    return message.message().as_bytes()


def only_mail() -> catcher.Caught:
    [mail] = catcher.caught()
    return mail


@pytest.fixture
def postbox() -> Iterator[Controller]:
    controller = Controller(
        catcher.Catcher(lambda: MORNING), hostname="127.0.0.1", port=free_port()
    )
    controller.start()
    yield controller
    controller.stop()


def test_a_message_over_smtp_is_kept_as_it_came(
    postbox: Controller, settings: LazySettings
) -> None:
    options = {"host": "127.0.0.1", "port": postbox.port}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
    EmailMultiAlternatives("Hello Zoë", "Words", "a@x.example", ["z@x.example"]).send()
    mail = only_mail()
    assert mail.at == MORNING
    assert mail.read()["Subject"] == "Hello Zoë"
    assert mail.read()["To"] == "z@x.example"
    assert catcher.folder().stat().st_mode & 0o077 == 0


def test_the_list_has_the_newest_first(client: Client) -> None:
    for hours, subject in ((0, "First"), (2, "Third"), (1, "Second")):
        catcher.keep(letter(subject), now=MORNING + timedelta(hours=hours))
    page = client.get(reverse("demo_mail:list")).content.decode()
    assert page.index("Third") < page.index("Second") < page.index("First")
    assert "z@x.example, Fri 20 Nov, 10:30:00 UTC" in page


def test_without_mail_the_list_says_how_some_comes(client: Client) -> None:
    assert "No mail yet" in client.get(reverse("demo_mail:list")).content.decode()


def test_a_message_shows_its_headers_and_text_with_links(client: Client) -> None:
    catcher.keep(letter(), now=MORNING)
    page = client.get(reverse("demo_mail:detail", args=[only_mail().id])).content.decode()
    assert "Hello Zoë" in page
    assert 'href="https://clinic.example/today/"' in page
    assert "no-reply@clinic.example" in page
    assert "<iframe" not in page


def test_the_html_part_is_framed_without_any_power(client: Client) -> None:
    catcher.keep(
        letter(html="<html><head></head><body><a href='/today/'>Open</a></body>"), now=MORNING
    )
    mail = only_mail()
    page = client.get(reverse("demo_mail:detail", args=[mail.id])).content.decode()
    address = reverse("demo_mail:html", args=[mail.id])
    assert f'src="{address}"' in page
    assert "allow-scripts" not in page
    assert "allow-same-origin" not in page
    framed = client.get(address)
    policy = framed["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "frame-ancestors 'self'" in policy
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert '<head><base target="_top"></head>' in framed.content.decode()


def test_html_without_a_head_opens_its_links_in_the_whole_window_too(client: Client) -> None:
    catcher.keep(letter(html="<p>Hello</p>"), now=MORNING)
    framed = client.get(reverse("demo_mail:html", args=[only_mail().id]))
    assert framed.content.decode().startswith('<base target="_top"><p>Hello')


def test_a_message_without_html_has_no_html_page(client: Client) -> None:
    catcher.keep(letter(), now=MORNING)
    assert client.get(reverse("demo_mail:html", args=[only_mail().id])).status_code == 404


@pytest.mark.parametrize("name", ["demo_mail:detail", "demo_mail:html"])
def test_an_unknown_message_is_not_there(client: Client, name: str) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse(name, args=[unknown])).status_code == 404


@pytest.mark.parametrize("name", ["demo_mail:list", "demo_mail:detail", "demo_mail:html"])
def test_outside_the_demo_nothing_is_there(
    client: Client, settings: LazySettings, name: str
) -> None:
    catcher.keep(letter(html="<p>Hello</p>"), now=MORNING)
    settings.DEMO = False
    arguments = [] if name == "demo_mail:list" else [only_mail().id]
    assert client.get(reverse(name, args=arguments)).status_code == 404


def test_no_address_of_it_takes_a_post(client: Client) -> None:
    assert client.post(reverse("demo_mail:list")).status_code == 405
