"""Letters of accounts as they arrive: over real SMTP, in full, once."""

import re

import pytest
from django.urls import reverse

from accounts import tasks
from accounts.models import Letter, Membership
from outbox.models import State
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def parts(message) -> tuple[str, str]:
    """Text and HTML of a message."""
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return text, html


def test_a_code_arrives_and_signs_in(client, smtp_server):
    user = UserFactory()
    client.post("/accounts/login/", {"login": user.email, "way": "code"})
    tasks.deliver_letters()
    [message] = smtp_server.messages
    text, html = parts(message)
    [code] = re.findall(r"^(\w{4}-\w{4})\s*$", text, re.MULTILINE)
    assert code in html
    assert (message["To"], message["Subject"]) == (user.email, "Your code to sign in")
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_what_was_sent_is_not_kept(client, smtp_server):
    client.post("/accounts/password/reset/", {"email": UserFactory().email})
    tasks.deliver_letters()
    letter = Letter.objects.get()
    assert (letter.state, letter.text, letter.html) == (State.SENT, "", "")


def test_an_invitation_arrives_and_leads_in(as_user, client, smtp_server):
    lead = MembershipFactory(role=Membership.Role.LEAD, clinic__name="Reed & Sons")
    form = {"name": "Nia <Price>", "address": "nia@example.org", "role": "clinician"}
    as_user(lead.user).post(reverse("accounts:invite_colleague", args=[lead.clinic.pk]), form)
    tasks.deliver_letters()
    [message] = smtp_server.messages
    text, html = parts(message)
    assert message["Subject"] == "Join the team of Reed & Sons"
    assert "Hello Nia <Price>," in text
    assert "Hello Nia &lt;Price&gt;," in html
    [link] = re.findall(r"http://testserver(/\S+)", text)
    assert link in html
    assert "Join the team of Reed &amp; Sons" in client.get(link).content.decode()
