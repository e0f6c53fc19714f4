"""The page that asks again who one is, for a page that is opened; a form is asked where it is sent."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts import proof
from accounts.context import Roles
from accounts.requests import SignedInRequest, read_or_post


@read_or_post
@never_cache
def confirm(request: SignedInRequest) -> HttpResponse:
    wanted = request.GET.get("next", "")
    here = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, here, require_https=request.is_secure())
    if not is_ours:
        return proof.ask(request, None) or redirect(Roles.of(request).own_settings)
    return proof.ask(request, proof.about_page(wanted)) or redirect(proof.after_proof(wanted))
