"""Single-use links: the token goes into the e-mail, only its hash into the table."""

import hashlib
import secrets
from datetime import timedelta

VALID_FOR = timedelta(days=7)


def new_token() -> str:
    """256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """SHA-256 in hex. The token is random, so it needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
