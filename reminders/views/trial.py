"""“Send me a test now”, for patients and for staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest
from accounts.services import NotPossible
from patients.models import Patient
from patients.own_records import OwnRecordRequest, for_own_record
from reminders import services


@require_POST
@for_own_record
def send_test(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    return _send(request, about=record, back="reminders:settings")


@require_POST
@staff_required
def send_example(request: SignedInRequest) -> HttpResponse:
    return _send(request, about=None, back="accounts:settings")


def _send(request: SignedInRequest, *, about: Patient | None, back: str) -> HttpResponse:
    try:
        letter = services.send_test(request.user, about=about, now=clock.now())
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        words = _(
            "A test is on its way to %(to)s. It should be there within a minute. If it is not,"
            " look in the folder for spam."
        )
        messages.success(request, words % {"to": letter.to})
    return redirect(back)
