from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        from django.db.models import Q

        from outbox.transport import EmailTransport
        from reminders import channels, message

        email = channels.Channel(
            name=channels.EMAIL,
            write=message.write,
            transport=EmailTransport,
            wanted=~Q(assignment__patient__email="")
            & Q(assignment__patient__user__email__isnull=False),
        )
        channels.register(email)
