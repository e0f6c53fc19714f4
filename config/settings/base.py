"""Settings shared by every way of running. Only the environment differs."""

from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from django.utils.csp import CSP

from config.environment import env
from config.mail import mailers_from_url, sender_from

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = False
DEMO = False
CLOCK_OFFSET = 0  # seconds; see clock.py
ALLOWED_HOSTS: list[str] = []
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

# Where people reach us: links in e-mail start with it.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "outbox",
    "accounts",
    "exercises",
    "programmes",
    "patients",
    "reminders",
    "caseload",
    "today",
    "offline",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
]

MIDDLEWARE = [
    "config.middleware.limited_browsers",
    "config.health.probes",
    "config.middleware.request_id",
    "accounts.middleware.answer_background_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.private_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.say_who_is_signed_in",
    "accounts.devices.known_devices",
    "accounts.middleware.clear_kept_pages",
    "accounts.middleware.session_limits",
    "caseload.refusals.note_refusals",
    "offline.closed_phones.refuse_closed_phones",
    "accounts.middleware.refuse_pages_of_others",
    "accounts.middleware.say_that_they_left",
    "accounts.middleware.confirm_saved_forms",
    "accounts.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "offline.middleware.leave_messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.roles",
            ],
            "builtins": ["accounts.templatetags.icons"],
            "loaders": [
                (
                    "config.templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    },
]

# --- data -----------------------------------------------------------------

DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", default="postgresql://postgres@localhost/homestretch"),
        "CONN_MAX_AGE": 0,
    }
}
# The tables' owner, known to nobody but `migrate`; see config/database.py.
MIGRATE_DATABASE = (
    env.dj_db_url("MIGRATE_DATABASE_URL") if env.str("MIGRATE_DATABASE_URL", default="") else None
)
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CACHE_URL = env.str("CACHE_URL", default=REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "homestretch",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- mail -----------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", default="smtp://localhost:1025")
MAILERS = mailers_from_url(EMAIL_URL)
DEFAULT_FROM_EMAIL = sender_from(
    env.str("DEFAULT_FROM_EMAIL", default="Homestretch <no-reply@localhost>")
)
# The right-hand side of every Message-ID we set.
MESSAGE_ID_DOMAIN = env.str("MESSAGE_ID_DOMAIN", default=urlsplit(SITE_URL).hostname or "localhost")

# --- Celery ---------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "health_check_interval": 25,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
    # A web request must fail to publish quickly: the minute's sweep sends it anyway.
    "retry_policy": {"max_retries": 1, "interval_start": 0, "interval_max": 0.2},
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "reminders.tasks.ping_monitor": {"queue": "default"},  # not behind those who send
    "accounts.tasks.*": {"queue": "letters"},
    "reminders.tasks.*": {"queue": "reminders"},
}
CELERY_TIMEZONE = "UTC"
# One tick a minute, in UTC. Running it twice changes nothing, so two beats may run.
CELERY_BEAT_SCHEDULE = {
    "letters": {"task": "accounts.tasks.sweep_letters", "schedule": crontab()},
    "limits": {"task": "accounts.tasks.forget_limits", "schedule": crontab(minute=37)},
    "reminders": {"task": "reminders.tasks.tick", "schedule": crontab()},
    "days": {"task": "patients.tasks.lay_out_days", "schedule": crontab(minute=7)},
    "standings": {"task": "caseload.tasks.keep_standings", "schedule": crontab()},
    "signs": {"task": "patients.tasks.follow_up_signs", "schedule": crontab()},
    "photos": {"task": "exercises.tasks.tidy_photos", "schedule": crontab(hour=3, minute=23)},
    "pictures": {"task": "exercises.tasks.draw_pictures", "schedule": crontab(hour=4, minute=3)},
    "logos": {"task": "accounts.tasks.tidy_logos", "schedule": crontab(hour=3, minute=43)},
}
# Called after each tick, for an alarm on another machine; "" for none.
REMINDERS_PING_URL = env.str("REMINDERS_PING_URL", default="")
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- phones ---------------------------------------------------------------

# Off: phones throw away what they keep for having no network, and keep nothing more.
WORKER = env.bool("WORKER", default=True)

# --- people ---------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough"},
    {"NAME": "accounts.passwords.HardToGuess"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "reset_password_from_key": "accounts.forms.sign_in.ChoosePasswordForm",
    "set_password": "accounts.forms.sign_in.SetPasswordForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An address is proved by the invitation or code sent to it, and never changed here:
# accounts.User.email is the only place that holds it.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Passkeys only, and never as a second step: accounts/passkeys.py.
MFA_ADAPTER = "accounts.adapter.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False  # allauth's own page for it; ours is in accounts/sign_in_urls.py
# Every limit is ours: accounts/limits.py.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds
# The shortest limit there is; accounts.sessions moves it on, each role to its own.
SESSION_COOKIE_AGE = 30 * 60  # seconds

# Where someone who finds a weakness can report it: mailto: or https://. "" for nowhere.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# --- words and time -------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]  # dates and times by name, for each language
USE_TZ = True
TIME_ZONE = "UTC"

# --- files ----------------------------------------------------------------

# A clinic's own photos and its logo. Nothing hands them out by their file names: views do, to those who may.
PHOTOS_DIR = Path(env.str("PHOTOS_DIR", default=str(DATA_DIR / "photos")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "photos": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": PHOTOS_DIR,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}

# --- pages ----------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static" / "built"]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- safety ---------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.NONE],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# What our scripts use, or will: a lit screen and sound in a session, signing in by passkey.
BROWSER_MAY = [
    "autoplay",
    "clipboard-write",
    "fullscreen",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
]
BROWSER_MAY_NOT = [
    "accelerometer",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "serial",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
]
# Scripts take the token from the page.
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accounts.not_saved.form_expired"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = False
DEVICE_COOKIE_NAME = "device"  # a browser that has signed in before: accounts/devices.py
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes; forms only
# A page that takes files sets handlers of its own, once it knows who is asking.
# No handler keeps more files than its form has, so many of them can be refused in words.
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000
FILE_UPLOAD_HANDLERS = ["config.uploads.NoFiles"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Its lines name each passkey.
        "fido2": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Its lines hold request paths with tokens in them; config.middleware writes ours.
        "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "WARNING", "propagate": False},
    },
}
