"""Codes that are sent by e-mail and typed by hand: eight characters, none like another."""

import secrets
import unicodedata

from django.utils.crypto import constant_time_compare, salted_hmac

ALPHABET = "CDFGHJKMNPQRTVWXY34679"  # no vowels, so no words; nothing like 0 1 2 5 8 B I L O S U Z
LENGTH = 8  # 22⁸ is 55 thousand million


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """ABCD-EFGH, as it stands in the letter."""
    return f"{code[:4]}-{code[4:]}"


def read(typed: str) -> str:
    """What was typed, without spaces and dashes, in capitals; full-width characters as plain ones."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in plain if c in ALPHABET)


def digest(code: str, salt: str) -> str:
    """A keyed hash: what is kept of a code until it is typed."""
    return salted_hmac(f"accounts.codes:{salt}", code, algorithm="sha256").hexdigest()


def is_same(typed: str, kept: str, salt: str) -> bool:
    return constant_time_compare(digest(read(typed), salt), kept)
