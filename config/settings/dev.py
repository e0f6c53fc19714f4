"""`make run` and work on the code: everything local, the demo clinic allowed."""

from config.environment import env
from config.refusals import refuse_unreadable

refuse_unreadable(env)  # first: what is wrong here would be a traceback there

from config.settings.base import *  # noqa: E402
from config.settings.base import INSTALLED_APPS, STORAGES  # noqa: E402

# The demo clinic and the reader of its mail: in no deployment, by not being installed.
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]

SECRET_KEY = env.str("SECRET_KEY", default="local-only-not-for-any-deployment-0123456789abcdefghij")
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
CLOCK_OFFSET = env.int("CLOCK_OFFSET", default=0)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
# Static files straight from the build: no collectstatic step between edit and page.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
# Look at a file when it is asked for: one built again meanwhile has another length.
WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "config.stamped_files.StampedFiles"}
