"""How services and readers say that they did not do what they were asked."""

from enum import Enum, auto

from accounts.limits import Reached


class NotPossible(Exception):
    """Refused. Its text is a plain sentence for the person who asked."""


class Unproved(Enum):
    """Why someone has not shown again who they are."""

    NO_ADDRESS = auto()  # to send a code to
    WRONG_PASSWORD = auto()
    WRONG_CODE = auto()
    OLD_CODE = auto()
    CODE_TRIED_OUT = auto()  # one code, guessed at as often as it may be
    WRONG_PASSKEY = auto()
    MANY_PASSWORDS = auto()
    MANY_CODES_SENT = auto()
    MANY_CODES_TYPED = auto()
    MANY_PASSKEYS = auto()


class NotShown(Exception):
    """They have not; ``reached`` if they must wait."""

    def __init__(self, why: Unproved, *, reached: Reached | None = None) -> None:
        super().__init__(why)
        self.why, self.reached = why, reached
