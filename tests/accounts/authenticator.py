"""A phone that makes passkeys and shows them, as browsers do it; for tests without a browser."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

QUESTION, SIGN_IN = "/accounts/login/passkey/question/", "/accounts/login/passkey/"
ADD_QUESTION, ADD = "/settings/passkeys/question/", "/settings/passkeys/add/"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Phone:
    """One passkey, of whoever had it made."""

    attachment: str = "platform"
    origin: str = field(default_factory=lambda: settings.SITE_URL)
    flags: int = PRESENT_AND_VERIFIED
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    number: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""

    def make(self, question: dict[str, Any]) -> str:
        self.handle = websafe_decode(question["user"]["id"])
        data = AttestedCredentialData.create(
            b"\0" * 16, self.number, ES256.from_cryptography_key(self.key.public_key())
        )
        made = AuthenticatorData.create(
            sha256(question["rp"]["id"].encode()),
            self.flags | AuthenticatorData.FLAG.AT,
            0,
            data,
        )
        said = self._said("webauthn.create", question)
        kept = AttestationObject.create("none", made, {})
        return self._answer(clientDataJSON=said, attestationObject=kept)

    def show(self, question: dict[str, Any]) -> str:
        shown = AuthenticatorData.create(sha256(question["rpId"].encode()), self.flags, 1)
        said = self._said("webauthn.get", question)
        signature = self.key.sign(shown + sha256(said), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=said,
            authenticatorData=shown,
            signature=signature,
            userHandle=self.handle,
        )

    def _said(self, kind: str, question: dict[str, Any]) -> bytes:
        return CollectedClientData.create(kind, question["challenge"], self.origin)

    def _answer(self, **response: bytes) -> str:
        key = websafe_encode(self.number)
        return json.dumps(
            {
                "id": key,
                "rawId": key,
                "type": "public-key",
                "authenticatorAttachment": self.attachment,
                "response": {name: websafe_encode(value) for name, value in response.items()},
            }
        )


def add_passkey(client: Client, phone: Phone | None = None, *, name: str = "My phone", **more):
    """Made by whoever is signed in with this client, on this phone. Returns the phone."""
    phone = phone or Phone()
    question = client.post(ADD_QUESTION).json()
    client.post(ADD, {"called": name, "credential": phone.make(question), **more})
    return phone


def sign_in_by(client: Client, phone: Phone, **more):
    question = client.post(QUESTION).json()
    return client.post(SIGN_IN, {"credential": phone.show(question), **more})
