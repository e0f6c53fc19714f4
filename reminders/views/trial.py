"""“Send me a test now”, for patients and for staff."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import staff_required
from accounts.services import NotPossible
from patients.own_records import for_own_record
from reminders import services


@require_POST
@for_own_record
def send_test(request, record):
    return _send(request, about=record, back="reminders:settings")


@require_POST
@staff_required
def send_example(request):
    return _send(request, about=None, back="accounts:settings")


def _send(request, *, about, back):
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
