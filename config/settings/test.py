"""The test suite: real PostgreSQL and Redis, fast password hashes."""

from config.settings.dev import *

DEBUG = False
DEMO = False
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
