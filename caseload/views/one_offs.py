"""A programme built for one patient, from the record to the day it starts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from caseload.forms.dates import DatesForm
from caseload.views.plans import assigned_in_words, page, today_of
from patients.models import Patient
from patients.opening import open_record
from patients.own_records import posted
from patients.services import one_offs
from programmes.models import Programme
from programmes.precautions import asking_first
from programmes.services import Changed, NotPublishable
from programmes.summary import Summary


@require_POST
@staff_required
def build(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """A second press opens the draft that the first one made."""
    patient = open_record(request, patient_id)
    try:
        draft = one_offs.begin(patient, by=request.user, now=clock.now())
    except one_offs.NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("caseload:record", patient_id)
    return redirect("programmes:edit", draft.pk)


@read_or_post
@staff_required
def give(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The last page of the builder: when it starts, and when to review it."""
    patient = open_record(request, patient_id)
    draft = Programme.objects.visible_to(request.user).filter(one_off__patient=patient).first()
    if draft is None:
        messages.error(request, _("There is no draft to give: it is given, or deleted."))
        return redirect("caseload:record", patient_id)
    form = DatesForm(posted(request), today=today_of(patient))
    try:
        if form.is_valid() and _given(request, patient, draft, form):
            return redirect("caseload:record", patient_id)
        return _page(request, patient, draft, form)
    except NotPublishable:
        words = _("Add at least one exercise first.")
        messages.error(request, words)
        return redirect("programmes:edit", draft.pk)


def _given(request: SignedInRequest, patient: Patient, draft: Programme, form: DatesForm) -> bool:
    try:
        seen = request.POST.get("seen", "")
        one_offs.give(patient, **form.cleaned_data, seen=seen, by=request.user, now=clock.now())
    except (one_offs.NotAssignable, Changed) as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, assigned_in_words(draft, **form.cleaned_data))
    return True


def _page(
    request: HttpRequest, patient: Patient, draft: Programme, form: DatesForm
) -> HttpResponse:
    draft.refresh_from_db(fields=["saved_at"])
    items = list(draft.items.for_page())
    if not items:
        raise NotPublishable
    asking = asking_first(items, patient.precautions)
    about = {"programme": draft, "summary": Summary.of(items), "asking": asking}
    return page(request, "caseload/give.html", form, patient, items=items, **about)
