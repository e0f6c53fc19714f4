"""A pair of keys for each account: a phone seals with the public one, only we can open.

What a patient did and could not send yet stays on the phone after a sign-out, and other people
may use that phone. Sealed, nobody there can read it: the private key never leaves the server.
It is computed from the secret key and stored nowhere. See docs/adr/0049.
"""

import json
from typing import cast

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from accounts.models import User

PURPOSE = b"offline.seal"
# No "zip": what is sealed never grows by opening it.
ALGORITHMS = ["ECDH-ES", "A256GCM"]
LONGEST = 64 * 1024  # characters of what is sealed; a long session has some 8,000
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
PUBLIC = ("kty", "crv", "x", "y")
KEY_BYTES = 48  # 16 more than the order has, so that each key is as likely as any other


class NotOpened(Exception):
    """Not sealed for this account, changed since, too large, or nothing of ours."""


def public_jwk(user: User) -> str:
    """The key to seal with, as the JSON that a browser imports."""
    key = ECKey.import_key(_private_key(user, settings.SECRET_KEY))
    return json.dumps({name: key.as_dict(private=False)[name] for name in PUBLIC})


def open_for(user: User, text: str) -> str:
    """What was sealed on a phone for this account (a compact JWE). Raises NotOpened."""
    if len(text) > LONGEST or not text.isascii():
        raise NotOpened
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = ECKey.import_key(_private_key(user, secret))
        try:
            opened = jwe.decrypt_compact(text, key, algorithms=ALGORITHMS)
            return cast(bytes, opened.plaintext).decode()
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    raise NotOpened


def _private_key(user: User, secret: str | bytes) -> ec.EllipticCurvePrivateKey:
    """Always the same for an account and a secret."""
    derived = HKDF(hashes.SHA256(), KEY_BYTES, salt=PURPOSE, info=user.pk.bytes)
    number = int.from_bytes(derived.derive(force_bytes(secret)))
    return ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1())
