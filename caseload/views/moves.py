"""Another template for a programme that runs: what would change, then one press."""

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from caseload.forms.plans import UseTemplateForm
from caseload.views.plans import page, running_of, today_of
from patients.models import Assignment
from patients.services import plans
from patients.words import short_date
from programmes.changes import between
from programmes.models import Programme
from programmes.precautions import asking_first


@read_or_post
@staff_required
def use_template(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """A GET with a template compares; a POST makes it the next version."""
    assignment = running_of(request, patient_id)
    now = clock.now()
    form = UseTemplateForm(
        _sent(request), patient=assignment.patient, today=today_of(assignment.patient)
    )
    chosen = form.cleaned_data["programme"] if form.is_valid() else None
    from_on = plans.changes_on(assignment, now=now)
    if request.method == "POST" and chosen and _moved(request, form, assignment, chosen, now):
        words = _("“%(title)s” is the next version, in force from %(on)s.")
        title_and_date = {"title": chosen.title, "on": short_date(from_on)}
        messages.success(request, words % title_and_date)
        return redirect("caseload:record", patient_id)
    return _compare(request, form, assignment, chosen, from_on)


def _sent(request: HttpRequest) -> QueryDict | None:
    if request.method == "POST":
        return request.POST
    return request.GET if "programme" in request.GET else None


def _moved(
    request: SignedInRequest,
    form: UseTemplateForm,
    assignment: Assignment,
    chosen: Programme,
    now: datetime,
) -> bool:
    """True once it is the next version; otherwise the reason is on the form."""
    try:
        seen = UUID(request.POST.get("seen", ""))
    except ValueError:
        return False  # it was not compared yet: the page does so now
    try:
        plans.use_template(assignment, chosen, instead_of=seen, by=request.user, now=now)
    except plans.NotPossible as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _compare(
    request: SignedInRequest,
    form: UseTemplateForm,
    assignment: Assignment,
    chosen: Programme | None,
    from_on: date,
) -> HttpResponse:
    context: dict[str, object] = {"assignment": assignment, "chosen": chosen, "from_on": from_on}
    if chosen is not None:
        items = list(chosen.items.for_page())
        context["changes"] = between(assignment.programme.items.for_page(), items)
        context["asking"] = asking_first(items, assignment.patient.precautions)
    return page(request, "caseload/use_template.html", form, assignment.patient, **context)
