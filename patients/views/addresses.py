"""A patient asks for another address; the clinic confirms; the new address answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

import clock
from accounts import limits
from accounts.access import staff_required
from accounts.proof import fresh_proof_required
from accounts.refused import if_too_many
from patients.forms.access import NewAddressForm
from patients.models import AddressChange
from patients.services import addresses
from patients.views.opening import open_record
from patients.views.own import for_own_record, posted

any_method = require_http_methods(["GET", "HEAD", "POST"])


@any_method
@for_own_record(also_when_stopped=True)
@fresh_proof_required(gettext_lazy("ask for another e-mail address"), is_typed=True)
def ask(request, record):
    form = NewAddressForm(posted(request))
    if form.is_valid() and _ask(request, form):
        return redirect("patients:settings")
    context = {"form": form, "record": record}
    status = 422 if form.is_bound else 200
    return render(request, "patients/ask_address.html", context, status=status)


def _ask(request, form):
    address = form.cleaned_data["address"]
    try:
        addresses.ask(request.user, address=address, now=clock.now())
    except addresses.NotPossible as refusal:
        form.add_error("address", str(refusal))
        return False
    words = _("We have asked your clinic. Until they say yes, nothing changes.")
    messages.success(request, words)
    return True


@require_POST
@for_own_record(also_when_stopped=True)
def take_back(request, record):
    addresses.take_back(request.user, now=clock.now())
    messages.success(request, _("Taken back. Your address stays as it is."))
    return redirect("patients:settings")


def _changes_of(request, patient_id):
    patient = open_record(request, patient_id)
    changes = AddressChange.objects.visible_to(request.user).filter(patient=patient)
    return changes.select_related("patient", "user")


def _asked_of_clinic(request, patient_id, change_id):
    """The wish that was read, not one that has taken its place since."""
    return get_object_or_404(_changes_of(request, patient_id), pk=change_id)


@require_POST
@staff_required
@fresh_proof_required(gettext_lazy("confirm a patient’s new e-mail address"))
def confirm(request, patient_id, change_id):
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
        messages.success(request, words % {"to": change.address})
    return redirect("patients:detail", patient_id)


@require_POST
@staff_required
def decline(request, patient_id, change_id):
    change = _asked_of_clinic(request, patient_id, change_id)
    try:
        addresses.decline(change, by=request.user, now=clock.now())
    except addresses.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Declined. The address stays as it is."))
    return redirect("patients:detail", patient_id)


@require_POST
@staff_required
def take_confirmation_back(request, patient_id):
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
        messages.success(request, words % {"to": change.address})
    return redirect("patients:detail", patient_id)


@login_not_required
@never_cache
@any_method
def answer(request, token):
    """The link in the letter to the new address: GET shows one button, POST acts. Whoever holds
    it has shown that the mailbox is theirs, and gets nothing else by it.
    """
    change = AddressChange.objects.by_token(token).select_related("user", "patient__clinic").first()
    now = clock.now()
    if change is None:
        refusal = if_too_many(request, limits.UNKNOWN_LINK, now=now)
        return refusal or render(request, "patients/new_address_closed.html", status=404)
    if not change.is_open_at(now):
        context = {"clinic": change.patient.clinic}
        return render(request, "patients/new_address_closed.html", context, status=410)
    if request.method != "POST":
        return render(request, "patients/new_address.html", {"address": change.address})
    try:
        addresses.answer(change, now=now)
    except addresses.LinkClosed:
        return redirect(request.path)
    return render(request, "patients/new_address_done.html", {"address": change.address})
