"""Django's validators of a new password: long enough, and hard to guess (``accounts.guessing``)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
    get_default_password_validators,
)
from django.core.exceptions import ValidationError

from accounts import guessing, mail_addresses, words
from accounts.guessing import Weakness
from accounts.models import Clinic, User

LEAST_LENGTH = 10  # characters; a shorter one is refused for that, and not judged further


class LongEnough(MinimumLengthValidator):
    """For AUTH_PASSWORD_VALIDATORS."""

    def __init__(self) -> None:
        super().__init__(min_length=LEAST_LENGTH)

    def get_error_message(self) -> str:
        return words.too_short(self.min_length)


class HardToGuess(CommonPasswordValidator):
    """For AUTH_PASSWORD_VALIDATORS. ``first_tries``: further words that anybody would try here."""

    def __init__(self, first_tries: Iterable[str] = ()) -> None:
        super().__init__()
        self.first_tries = tuple(first_tries)

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < LEAST_LENGTH:
            return
        if weakness := self._weakness_of(password, user):
            raise ValidationError(words.easy_to_guess(weakness), code="too_easy")

    def get_help_text(self) -> str:
        return str(words.WHAT_HELPS)

    def _weakness_of(self, password: str, user: Any) -> Weakness | None:
        if _is_like_own(password, user):
            return Weakness.WORDS_TRIED_FIRST
        first_tries = (*self.first_tries, *_words_about(user))
        return guessing.weakness_of(password, common=self.passwords, first_tries=first_tries)


def validators(*first_tries: str) -> list[Any]:
    """Those of the settings, for someone whose clinic's name no account knows yet."""
    return [
        HardToGuess(first_tries) if isinstance(each, HardToGuess) else each
        for each in get_default_password_validators()
    ]


def _is_like_own(password: str, user: Any) -> bool:
    """As good as the person's own name or address, by Django's measure."""
    try:
        UserAttributeSimilarityValidator(("email", "name")).validate(password, user)
    except ValidationError:
        return True
    return False


def _words_about(user: Any) -> list[str]:
    """The person's names and address, and the names of clinics they belong to."""
    if not isinstance(user, User):
        return []
    own = [user.name, mail_addresses.shown(user.email or "")]
    if user._state.adding:
        return own
    theirs = Clinic.objects.filter(memberships__user=user) | Clinic.objects.filter(
        patients__user=user
    )
    called = user.patient_records.values_list("called", flat=True)
    return [*own, *called, *theirs.values_list("name", flat=True)]
