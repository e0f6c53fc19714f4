"""/.well-known/security.txt and /robots.txt."""

from datetime import UTC, datetime

import pytest
import time_machine

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
ADDRESS = "/.well-known/security.txt"


@pytest.mark.django_db
def test_a_security_txt_names_the_operators_contact(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@clinic.example"
    settings.SITE_URL = "https://clinic.example"
    with time_machine.travel(NOW, tick=False):
        response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:security@clinic.example",
        "Expires: 2026-05-31T09:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: https://clinic.example{ADDRESS}",
    ]


@pytest.mark.django_db
def test_no_security_txt_without_a_contact(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.django_db
def test_the_page_to_sign_in_says_what_this_is(client):
    page = client.get("/accounts/login/").content.decode()
    assert page.count('<meta name="description" content="Home exercises from your physioth') == 1


def test_robots_are_refused(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == b"User-agent: *\nDisallow: /\n"
