"""The page that asks again who one is, for a page that is opened; a form is asked where it is sent."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from accounts import proof
from accounts.context import Roles
from accounts.requests import SignedInRequest, is_page_of_ours, read_or_post


@read_or_post
@never_cache
def confirm(request: SignedInRequest) -> HttpResponse:
    wanted = request.GET.get("next", "")
    if not is_page_of_ours(request, wanted):
        return proof.ask(request, None) or redirect(Roles.of(request).own_settings)
    return proof.ask(request, proof.about_page(wanted)) or redirect(proof.after_proof(wanted))
