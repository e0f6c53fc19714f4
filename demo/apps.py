from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo clinic and its postbox.

    Installed by the local settings only: a deployment has no demo in it.
    """

    name = "demo"
