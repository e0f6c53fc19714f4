"""A patient’s wish for another address: confirmed or declined by the clinic."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

import clock
from accounts import mail_addresses
from accounts.access import staff_required
from accounts.proof import fresh_proof_required
from accounts.requests import SignedInRequest
from patients.models import AddressChange
from patients.models.people import AddressChangeQuerySet
from patients.opening import open_record
from patients.services import addresses


def _changes_of(request: SignedInRequest, patient_id: UUID) -> AddressChangeQuerySet:
    patient = open_record(request, patient_id)
    changes = AddressChange.objects.visible_to(request.user).filter(patient=patient)
    return changes.select_related("patient", "user")


def _asked_of_clinic(request: SignedInRequest, patient_id: UUID, change_id: UUID) -> AddressChange:
    """The wish that was read, not one that has taken its place since."""
    change: AddressChange = get_object_or_404(_changes_of(request, patient_id), pk=change_id)
    return change


@require_POST
@staff_required
@fresh_proof_required(gettext_lazy("confirm a patient’s new e-mail address"))
def confirm(request: SignedInRequest, patient_id: UUID, change_id: UUID) -> HttpResponse:
    change = _asked_of_clinic(request, patient_id, change_id)
    try:
        is_sent = addresses.confirm(change, by=request.user, now=clock.now())
    except addresses.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        words = (
            _("A link is on its way to %(to)s. The address changes once it is used.")
            if is_sent
            else _("Confirmed. The link to %(to)s goes out once their other clinic agrees, too.")
        )
        messages.success(request, words % {"to": mail_addresses.shown(change.address)})
    return redirect("caseload:record", patient_id)


@require_POST
@staff_required
def decline(request: SignedInRequest, patient_id: UUID, change_id: UUID) -> HttpResponse:
    change = _asked_of_clinic(request, patient_id, change_id)
    try:
        addresses.decline(change, by=request.user, now=clock.now())
    except addresses.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Declined. The address stays as it is."))
    return redirect("caseload:record", patient_id)


@require_POST
@staff_required
def take_confirmation_back(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """It takes a way in away, so nobody is asked again who they are."""
    change = _changes_of(request, patient_id).confirmed().first()
    try:
        if change is None:
            raise addresses.NotPossible(_("The address has changed, or nobody wants it any more."))
        addresses.take_confirmation_back(change, by=request.user, now=clock.now())
    except addresses.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Taken back. The link to %(to)s no longer works, and the address stays.")
        messages.success(request, words % {"to": mail_addresses.shown(change.address)})
    return redirect("caseload:record", patient_id)
