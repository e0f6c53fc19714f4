"""All of our addresses, and an empty page: a multiple of it is what a page costs."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as ours

EMPTY = "{% extends roles.base %}{% block title %}Empty{% endblock %}"


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    """Same middleware, signed-in user, base template, nothing else."""
    template = engines["django"].from_string(EMPTY) if not _kept else _kept[0]
    _kept[:] = [template]
    return HttpResponse(template.render({}, request))


_kept: list = []
urlpatterns = [path("empty/", empty), *ours]
