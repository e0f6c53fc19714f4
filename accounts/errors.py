"""What every service says when it does not do what it was asked."""


class NotPossible(Exception):
    """Refused. Its text is a plain sentence for the person who asked."""
