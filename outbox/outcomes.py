"""What can come of handing a message over."""


class NotAccepted(Exception):
    """The other side certainly does not have it.

    ``code`` is short and fit for a log: an SMTP reply code, or a word of ours.
    ``for_good``: trying again would not help. ``of_recipient``: it is the address that
    is refused, not this message or us as its sender.
    """

    def __init__(self, code: str, *, for_good: bool, of_recipient: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good
        self.of_recipient = of_recipient


class NoAnswer(Exception):
    """It was handed over and nothing clear came back: it may have arrived."""

    code = "no_answer"


# What came of one message; None is "accepted".
type Answer = NotAccepted | NoAnswer | None


class Unreachable(Exception):
    """Nobody is there to hand anything to. ``code`` names the kind of failure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
