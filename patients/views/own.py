"""Which of their own records somebody is looking at. Most people have one."""

from collections.abc import Callable
from functools import wraps

from django.shortcuts import redirect

from accounts.access import patient_required
from patients.models import Patient

CHOSEN = "record"


def posted(request):
    """What a form is bound to. A form whose fields are all optional may be sent empty."""
    return request.POST if request.method == "POST" else None


def own_records(request):
    """Every record that is about the person signed in, or about somebody they look after."""
    records = Patient.objects.visible_to(request.user).own_of(request.user)
    return records.select_related("clinic").order_by("name", "created_at")


def for_own_record(view: Callable) -> Callable:
    """Hand the view the record it is about, or ask first which one."""

    @wraps(view)
    @patient_required
    def with_record(request, *args, **kwargs):
        records = list(own_records(request))
        request.has_choice = len(records) > 1
        chosen = [r for r in records if str(r.pk) == request.session.get(CHOSEN)] or records
        if len(chosen) > 1:
            return redirect("patients:choose")
        return view(request, chosen[0], *args, **kwargs)

    return with_record
