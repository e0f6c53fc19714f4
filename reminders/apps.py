from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        from outbox.carrier import Carrier
        from reminders import channels, letter

        email = channels.Channel(name=channels.EMAIL, write=letter.write, carrier=Carrier)
        channels.register(email)
