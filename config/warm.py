"""What all processes of the web server share is read before they fork: see docs/adr/0009.

A process that has just begun would otherwise read modules, templates and words while its first
visitor waits. Nothing here may open a connection, or start a thread: a fork takes neither along.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, cast
from uuid import UUID
from wsgiref.util import setup_testing_defaults
from zoneinfo import ZoneInfo

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib import auth
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.forms.renderers import EngineMixin, get_default_renderer
from django.template import Engine, TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates
from django.template.loader import render_to_string
from django.template.loaders.filesystem import Loader
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter
from django.utils import formats, translation
from phonenumbers import PhoneMetadata

from accounts import kept_query
from accounts.models import User
from config import wsgi

# Modules for a person at a keyboard, and what a database has been through.
NOT_FOR_PAGES = ("management", "migrations")
Converters = dict[str, Any]
MADE_UP = {UUIDConverter: UUID(int=0), IntConverter: 0}


def warm() -> None:
    """Read modules, addresses, words and templates, and leave them out of garbage collection.

    Raises what a module or a template of ours raises: a broken version does not start.
    """
    for app in our_apps():
        import_all(app)
    read_addresses()
    read_models()
    auth.get_backends()
    PhoneMetadata.load_all()
    ZoneInfo("Europe/London")  # and with it what reads all others
    for language, _name in settings.LANGUAGES:
        read_words(language)
    for engine in template_engines():
        for name in names_of_templates(engine):
            compile_template(engine, name)
    rehearse()
    gc.collect()
    gc.freeze()  # a collection would write to what is shared, and thereby copy it


def begin() -> None:
    """In each process, after the fork: connect to the database, have this connection prepare what
    pages ask, and go once through what all of them share, before somebody waits for it. Without a
    database, pages will say so."""
    with suppress(DatabaseError):
        connection.ensure_connection()
        kept_query.rehearse_all()
        rehearse()
        rehearse_bases()
        connection.close()  # back into the pool


def our_apps() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def import_all(app: AppConfig) -> None:
    """Those too that a function imports, which its first caller would wait for."""
    for module in walk_packages([app.path], f"{app.name}."):
        if not set(module.name.split(".")) & set(NOT_FOR_PAGES):
            import_module(module.name)


def read_addresses() -> None:
    """Import every view, and compile what an address is found and made by."""
    for name, converters in named_addresses(get_resolver()):
        made_up = {part: MADE_UP.get(type(one), "0") for part, one in converters.items()}
        with suppress(NoReverseMatch):  # libraries have some that take more
            reverse(name, kwargs=made_up)


def named_addresses(
    resolver: URLResolver, inside: str = "", above: Converters | None = None
) -> Iterator[tuple[str, Converters]]:
    """Each name with what reads the parts of its address."""
    for one in resolver.url_patterns:
        converters = {**(above or {}), **one.pattern.converters}
        if isinstance(one, URLResolver):
            within = f"{inside}{one.namespace}:" if one.namespace else inside
            yield from named_addresses(one, within, converters)
        elif one.name:
            yield f"{inside}{one.name}", converters


def read_models() -> None:
    """Word a query for each: what Django finds out about a model, it finds out then."""
    for model in apps.get_models():
        str(model._base_manager.select_related().order_by("pk").query)
        for relation in model._meta.related_objects:
            manager = getattr(model, relation.get_accessor_name() or "", None)
            getattr(manager, "related_manager_cls", None)  # a class that is made when asked for


def read_words(language: str) -> None:
    with translation.override(language):
        translation.gettext("Homestretch")
        for name in ("DATE_FORMAT", "TIME_FORMAT"):
            formats.get_format(name)


def template_engines() -> Iterator[Engine]:
    """Ours, and the one that Django's forms bring along."""
    yield cast(DjangoTemplates, engines["django"]).engine
    renderer = get_default_renderer()
    if isinstance(renderer, EngineMixin):
        yield cast(DjangoTemplates, renderer.engine).engine


def names_of_templates(engine: Engine) -> Iterator[str]:
    for loader in cast(list[Loader], engine.template_loaders):  # all of them read folders
        for folder in map(Path, loader.get_dirs()):
            for path in sorted(folder.rglob("*.html")) + sorted(folder.rglob("*.txt")):
                yield str(path.relative_to(folder))


def compile_template(engine: Engine, name: str) -> None:
    """Keep it compiled; libraries bring some that need an app which is not installed."""
    ours = (settings.BASE_DIR / "templates" / name).exists()
    with suppress(*(() if ours else (TemplateSyntaxError,))):
        engine.get_template(name)


def rehearse() -> None:
    """Answer for the page to sign in, which asks no database: what every page passes through is
    then imported, and made quick by having run."""
    logging.disable(logging.INFO)  # nobody has asked
    try:
        wsgi.django_application(made_up_visit(), unheard).close()
    finally:
        logging.disable(logging.NOTSET)


def rehearse_bases() -> None:
    """Render what stands around each page, for an account that is not there."""
    request = WSGIRequest(made_up_visit())
    request.user = User(pk=UUID(int=0))
    for name in ("base_patient.html", "base_clinic.html"):
        render_to_string(name, request=request)


def unheard(*_said: Any) -> Callable[[bytes], None]:
    return lambda _body: None


def made_up_visit() -> dict[str, Any]:
    asked = {
        "PATH_INFO": reverse(settings.LOGIN_URL),
        "HTTP_HOST": settings.ALLOWED_HOSTS[0],
        "wsgi.url_scheme": "https",
        "REMOTE_ADDR": "::1",
    }
    setup_testing_defaults(asked)
    return asked
