"""A deployment, and one address more: an empty page."""

from config.settings.prod import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
