"""The product's addresses, with a list of what is kept that a journey may change."""

from django.http import HttpRequest, JsonResponse
from django.urls import path

from accounts.context import Roles
from config.urls import urlpatterns as ours

LISTED: list[dict[str, str]] = []


def kept(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"person": Roles.of(request).person_id, "pages": LISTED})


urlpatterns = [path("offline/kept/", kept), *ours]
handler400 = "accounts.not_saved.not_understood"
