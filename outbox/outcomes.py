"""What can come of handing a message over, said in exceptions; no exception means accepted."""


class NotAccepted(Exception):
    """The other side certainly does not have it.

    ``code`` is short and fit for a log: an SMTP reply code, or a word of ours.
    ``for_good``: trying again would not help.
    """

    def __init__(self, code: str, *, for_good: bool) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good


class NoAnswer(Exception):
    """It was handed over and nothing clear came back: it may have arrived."""

    def __init__(self, code: str = "no_answer") -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Exception):
    """Nobody is there to hand anything to. ``code`` names the kind of failure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
