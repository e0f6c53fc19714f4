"""allauth, our way: sign-up is closed, its words are ours, its mail leaves through the outbox."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from accounts import letters, proof, services
from accounts.context import Roles
from accounts.links import absolute
from accounts.mail_limits import TooManyLetters
from accounts.models import Letter, User

# allauth's name of a message → ours, and how it is sent.
LETTERS = {
    "account/email/login_code": ("sign_in_code", Letter.Kind.SIGN_IN),
    "account/email/password_reset_key": ("password_reset", Letter.Kind.SIGN_IN),
    "account/email/password_reset": ("password_changed", Letter.Kind.NOTICE),
    "account/email/password_changed": ("password_changed", Letter.Kind.NOTICE),
    "account/email/password_set": ("password_changed", Letter.Kind.NOTICE),
}
# All that a letter may say. allauth also offers the request, the address and the browser's name.
SAID = {"code", "password_reset_url"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask your clinic about it."),
        "email_password_mismatch": _(
            "This address and password do not go together. Try again, or ask for a code."
        ),
        "enter_current_password": _("This is not your password. Try again."),
        "incorrect_code": _("This is not the code from our newest e-mail. Look again."),
        "incorrect_password": _("This is not your password. Try again."),
        "rate_limited": _("That was a lot at once. Wait a minute, then try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
    }

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        proof.note(request.session, now=clock.now())

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations only."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox. A message that is not in LETTERS is a mistake in the settings."""
        template, kind = LETTERS[template_prefix]
        said = {name: value for name, value in context.items() if name in SAID}
        said["minutes"] = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        said["link_hours"] = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) // timedelta(
            hours=1
        )
        # Of codes and links another limit is counted. A notice goes to its own cause.
        by = services.account_for(email) if kind == Letter.Kind.NOTICE else None
        with suppress(TooManyLetters):
            letters.post(template, to=email, context=said, kind=kind, now=clock.now(), by=by)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """``key`` is "<user>-<token>". Of this site, whatever Host the request claimed."""
        user, _dash, token = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", args=[user, token]))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse(Roles.of(request).own_settings)
