"""A patient says that a phone is theirs alone, or is not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

import clock
from accounts import sessions, sign_in
from accounts.access import patient_required
from accounts.actions import Action
from accounts.context import Roles
from accounts.proof import fresh_proof_required
from accounts.requests import SignedInRequest


@require_POST
@patient_required
@fresh_proof_required(gettext_lazy("stay signed in for longer"))
def trust_phone(request: SignedInRequest) -> HttpResponse:
    sign_in.trust(request, now=clock.now())
    messages.success(request, _("Saved. This phone stays signed in for longer."))
    return redirect(Roles.of(request).own_settings)


@require_POST
@patient_required
def trust_phone_no_longer(request: SignedInRequest) -> HttpResponse:
    sessions.trust_no_longer(request.session)
    sign_in.note(request.user, Action.PHONE_TRUSTED_NO_LONGER, now=clock.now())
    messages.success(request, _("Saved. When you are done here, sign out."))
    return redirect(Roles.of(request).own_settings)
