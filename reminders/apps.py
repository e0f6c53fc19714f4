from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        from django.db.models import Q

        from outbox.carrier import Carrier
        from reminders import channels, letter

        email = channels.Channel(
            name=channels.EMAIL,
            write=letter.write,
            carrier=Carrier,
            wanted=~Q(assignment__patient__email=""),
        )
        channels.register(email)
