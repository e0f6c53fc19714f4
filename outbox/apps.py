import sys

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        """Exit, in a line, where EMAIL_URL names a backend that cannot be used.

        Web, workers, beat and commands all come by here, with their settings loaded.
        """
        from django.core import mail

        try:
            _ = mail.mailers.default
        except Exception as error:  # a provider's backend raises what it likes
            what = type(error).__name__
            sys.exit(f"Refusing to start: EMAIL_URL names a backend that cannot be used: {what}.")
