"""Where settings come from: environment variables. An empty one counts as unset."""

from typing import Any

from environs import Env


class Environment(Env):
    """``DEMO=`` in a file of settings means what leaving the line out means."""

    def _get_value(self, env_key: str, default: Any) -> Any:
        value = super()._get_value(env_key, default)
        return default if value == "" else value


class Mistake(ValueError):
    """What is wrong with a setting, in words that follow its name and do not repeat its value."""


env = Environment()
