"""A colleague's patients get someone else, most often just before the colleague leaves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clock
from accounts.access import lead_required
from accounts.models import Membership
from accounts.requests import SignedInRequest, read_or_post
from accounts.views.looks import note_listed
from caseload.forms.hand_over import HandOverForm
from caseload.services import hand_over as services
from patients.models import PatientQuerySet
from patients.opening import patients_of
from patients.own_records import posted


@read_or_post
@lead_required
def hand_over(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Of someone with access it takes that away too, in the same press."""
    team = Membership.objects.visible_to(request.user).select_related("user", "clinic")
    leaving = get_object_or_404(team, pk=membership_id)
    patients = list(_patients_of(request, leaving))
    if not patients:
        return _nobody_left(request, leaving)
    note_listed(request, patients)
    form = HandOverForm(posted(request), patients=patients, leaving=leaving)
    if form.is_valid() and _done(request, form, leaving):
        return redirect("accounts:team")
    context = {"form": form, "membership": leaving, "number": len(patients)}
    status = 422 if form.errors else 200
    return render(request, "caseload/hand_over.html", context, status=status)


def _patients_of(request: SignedInRequest, leaving: Membership) -> PatientQuerySet:
    theirs = patients_of(request).filter(clinic=leaving.clinic, clinician=leaving.user)
    return theirs.order_by("name", "pk")


def _nobody_left(request: SignedInRequest, leaving: Membership) -> HttpResponse:
    messages.info(request, _("%(name)s looks after nobody.") % {"name": leaving.user})
    if leaving.deactivated_at is None and leaving.user_id != request.user.pk:
        return redirect("accounts:deactivate", leaving.pk)
    return redirect("accounts:team")


def _done(request: SignedInRequest, form: HandOverForm, leaving: Membership) -> bool:
    """True once they are handed over; otherwise the reason is on the form."""
    leaves_now = leaving.deactivated_at is None
    act = services.hand_over_and_deactivate if leaves_now else services.hand_over
    try:
        number = act(leaving, to=form.chosen, by=request.user, now=clock.now())
    except services.NotPossible as reason:
        form.add_error(None, str(reason))
        return False
    words = ngettext("%(n)d patient is handed over.", "%(n)d patients are handed over.", number)
    messages.success(request, words % {"n": number})
    if leaves_now:
        said = _("%(name)s has no access any more.") % {"name": leaving.user}
        messages.success(request, said)
    return True
