"""All of our addresses, and an empty page: what a page costs is said as a multiple of it."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import Template
from django.urls import path

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as ours

EMPTY_PAGE = "/empty/"
EMPTY = "{% extends roles.base %}{% block title %}Empty{% endblock %}"


def empty(request: HttpRequest) -> HttpResponse:
    """Same middleware, signed-in person, base template, nothing else."""
    return HttpResponse(compiled().render({}, request))


@cache
def compiled() -> Template:
    return engines["django"].from_string(EMPTY)


urlpatterns = [path("empty/", empty), *ours]
