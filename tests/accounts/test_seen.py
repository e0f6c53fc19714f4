"""What nobody sees hides nothing that is looked for."""

import sys
import unicodedata

import pytest
from django.db import connection

from accounts import zones
from accounts.seen import seen

pytestmark = pytest.mark.django_db
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u2066\u2069\u202e\ufeff\ufe0f\u034f"


def stored(words: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_seen(%s)", [words])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("mark", UNSEEN, ids=unicodedata.name)
def test_a_mark_that_nobody_sees_is_left_out_of_what_is_typed_and_of_what_is_stored(mark):
    assert seen(f"Sa{mark}m{mark}") == stored(f"Sa{mark}m{mark}") == "Sam"


def test_an_accent_in_two_pieces_is_the_same_letter():
    assert seen("Rene\u0301") == stored("Rene\u0301") == "Ren\u00e9"


def test_python_and_the_database_leave_out_the_same():
    every = (chr(n) for n in range(1, sys.maxunicode + 1) if not 0xD800 <= n <= 0xDFFF)
    lines = "\n".join(c for c in every if c != "\n")
    ours, theirs = seen(lines).split("\n"), stored(lines).split("\n")
    assert [n for n, one in enumerate(ours) if not one] == [
        n for n, one in enumerate(theirs) if not one
    ]


def test_a_time_zone_is_found_by_a_copied_name():
    assert zones.find("Ber\u00adlin\u200b") == "Europe/Berlin"
