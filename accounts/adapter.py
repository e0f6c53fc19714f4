"""allauth, our way: sign-up is closed, its words are ours, its mail leaves through the outbox."""

from contextlib import suppress
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from accounts import letters, mail_addresses, services, sign_in, words
from accounts.actions import Action
from accounts.context import Roles
from accounts.limits import Reached
from accounts.mail_limits import TooManyLetters
from accounts.models import Letter, User
from accounts.requests import is_page_of_ours

# allauth's name of a message → ours. What is asked for at the sign-in page is ``Letter.asked``.
NOTICES = {
    "account/email/password_reset": "password_changed",
    "account/email/password_changed": "password_changed",
    "account/email/password_set": "password_changed",
}
# allauth's name of the way someone signed in → ours.
HOW = {
    "password": Action.SIGNED_IN_BY_PASSWORD,
    "code": Action.SIGNED_IN_BY_CODE,
    "passkey": Action.SIGNED_IN_BY_PASSKEY,
    "password_reset": Action.SIGNED_IN_BY_RESET,
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask your clinic about it."),
        "enter_current_password": _("This is not your password. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations only."""
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_page_of_ours(self.request, url)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, and without a word of what allauth offers for it: the request,
        the address and the browser's name. Any other message is a mistake in the settings."""
        notice, kind = NOTICES[template_prefix], Letter.Kind.NOTICE
        by = services.account_for(email)  # the person who caused it
        clinic = by.only_clinic() if by else None
        with suppress(TooManyLetters):
            letters.post(
                notice, to=email, context={}, kind=kind, now=clock.now(), by=by, clinic=clinic
            )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose password it is, within our limits."""
        now = clock.now()
        attempt = sign_in.attempt_of(request, credentials["email"], now=now)
        try:
            return sign_in.account_by_password(attempt, credentials["password"])
        except Reached as reached:
            raise ValidationError(words.too_many_tries(reached, now=now)) from reached

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        method = get_authentication_records(request, user)[-1]["method"]
        sign_in.sign_in(request, cast(User, user), how=HOW[method], now=clock.now())

    def logout(self, request: HttpRequest) -> None:
        sign_in.sign_out(request, now=clock.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse(Roles.of(request).own_settings)


class PasskeyAdapter(DefaultMFAAdapter):
    """allauth's table of passkeys; its pages and its second step are not used."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Never: a passkey saves typing. A code or a password alone still signs in."""
        return False

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """One name for the whole site, whatever a request calls it."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": "Homestretch"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """What a phone shows where its owner chooses between accounts. The number is the account's:
        a passkey brings it along, and nobody else learns it."""
        name = mail_addresses.shown(user.email or "") or user.name or "Homestretch"
        return {"id": user.pk.bytes, "name": name, "display_name": user.name or name}
