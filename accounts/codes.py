"""The codes that we e-mail: how one comes about, and how it is read.

A code is computed from the number of the request for it and the site's secret key. So it
stands nowhere before it is written into the e-mail: not in a table, a session or a queue.
See docs/adr/0035.
"""

import unicodedata
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

# Without vowels, so that no word comes about, and without 0, 1 and L, which look like others.
# 28 characters in 8 places are 378,000,000,000 codes; 6 digits would be 1,000,000, few enough
# to be hit somewhere by trying a little at very many accounts.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 8
VALID_FOR = timedelta(minutes=10)


def code_of(request: UUID) -> str:
    """The code of this request, without the dash that it is shown with."""
    return computed("accounts.codes", request, length=LENGTH)


def computed(purpose: str, of: UUID, *, length: int) -> str:
    """So many characters that only this site makes of this number for this purpose."""
    digest = salted_hmac(purpose, of.hex, algorithm="sha256").hexdigest()
    number, places = int(digest, 16), []
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        places.append(ALPHABET[place])
    return "".join(places)


def shown(code: str) -> str:
    """As people read it: "BCDF-GHJK"."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read(typed: str) -> str:
    """What was typed or pasted, without all that cannot be of a code; any length."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(character for character in plain if character in ALPHABET)


def fits(code: str, request: UUID) -> bool:
    return constant_time_compare(code, code_of(request))
