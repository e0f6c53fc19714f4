"""What `make messages` hands to a translator can be translated: nothing is lost, what is counted has its plural."""

import re

import pytest

from tests.messages import Message, collected

# A number and then a word in the plural: "%(n)s invitations", "%(n)d more days".
COUNTED = re.compile(r"%\(\w+\)[sd]\s(?:(?:more|further|other) )?(?P<noun>[a-z’-]+s)\b")
VERBS = {
    "asks",
    "does",
    "goes",
    "has",
    "is",
    "looks",
    "loses",
    "needs",
    "opens",
    "signs",
    "was",
    "works",
}


def counted_in_one_form(message: Message) -> bool:
    found = COUNTED.finditer(message.text)
    return not message.plural and any(one["noun"] not in VERBS | {"as", "others"} for one in found)


@pytest.mark.parametrize(
    ("text", "plural", "is_missed"),
    [
        ("%(n)s invitations within a day", "", True),
        ("after %(grows)d more days", "", True),
        ("%(done)d of %(asked)d sessions", "", True),
        ("%(n)s invitation", "%(n)s invitations", False),
        ("%(done)d of %(asked)d done", "", False),
        ("%(name)s looks after nobody.", "", False),
    ],
)
def test_what_is_counted_is_recognised(text, plural, is_missed):
    assert counted_in_one_form(Message(text, plural, "", ())) is is_missed


def test_what_is_counted_has_plural_forms():
    """A language with one form, or with six, cannot say "%(n)s days" with a single message."""
    missed = [
        (message.places[0], message.text) for message in collected() if counted_in_one_form(message)
    ]
    assert missed == []


def test_no_message_is_a_fragment_that_another_is_glued_to():
    """ "and " with a space at its edge: the other half stands where a translator cannot see it."""
    edges = [m for m in collected() if m.text != m.text.strip() and "\n" not in m.text]
    assert [(message.places[0], message.text) for message in edges] == []


def test_every_message_is_found_again_when_it_is_said():
    """xgettext keeps some escapes as they are written; Python does not, and looks for another text."""
    assert [(m.places[0], m.text) for m in collected() if re.search(r"\\[NxuU]", m.text)] == []


def test_python_templates_and_emails_are_all_collected():
    places = {place for message in collected() for place in message.places}
    for kind in ("accounts/", "reminders/", "templates/accounts/", "templates/emails/"):
        assert [place for place in places if place.startswith(kind)], kind
    assert {place.rsplit(".", 1)[1] for place in places} == {"py", "html", "txt"}
