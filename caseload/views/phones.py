"""Signing a patient's phone in, in the room, by a code on the clinician's screen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts import qr
from accounts.access import staff_required
from accounts.links import absolute
from accounts.proof import fresh_proof_required
from accounts.requests import SignedInRequest, read_or_post
from patients.models import Patient, PhoneLink
from patients.opening import open_record
from patients.services import phones


@read_or_post
@staff_required
@fresh_proof_required(gettext_lazy("sign a patient’s phone in"))
def phone(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """GET shows the code that was made, or what became of it; POST makes another."""
    patient, now = open_record(request, patient_id), clock.now()
    try:
        if request.method == "POST":
            phones.make(patient, by=request.user, now=now)
            return redirect("caseload:phone", patient.pk)
        phones.check(patient)
    except phones.NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("caseload:record", patient.pk)
    link = _latest(patient, now)
    stage = _stage(link, now)
    context = {"patient": patient, "link": link, "minutes": phones.MINUTES, "stage": stage}
    if link is not None and stage == "open" and link.made_by_id == request.user.pk:
        context |= _shown(link, now)
    return render(request, "caseload/phone.html", context)


@require_safe
@staff_required
def phone_state(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    """Asked again and again by the page with the code: empty while it waits for the phone."""
    links = PhoneLink.objects.visible_to(request.user).select_related("patient__clinic")
    link, now = get_object_or_404(links, pk=link_id), clock.now()
    stage = _stage(link, now)
    if stage == "open":
        return HttpResponse(status=204)
    context = {"patient": link.patient, "link": link, "stage": stage}
    return render(request, "caseload/_phone_state.html", context)


@require_POST
@staff_required
def take_phone_back(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """It takes a way in away, so nobody is asked again who they are."""
    patient = open_record(request, patient_id)
    try:
        phones.take_back(patient, by=request.user, now=clock.now())
    except phones.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The code is taken back. It signs nobody in."))
    return redirect("caseload:record", patient.pk)


def _latest(patient: Patient, now: datetime) -> PhoneLink | None:
    """None, too, where access was closed since a phone was signed in: that one is out again."""
    link: PhoneLink | None = patient.phone_links.lately(now).first()
    is_out = link is not None and link.used_at and patient.has_closed_links_of(link.used_at)
    return None if is_out else link


def _stage(link: PhoneLink | None, now: datetime) -> str:
    """ "none" so far, "open", or as ``why_closed`` says."""
    return (link.why_closed(now) or "open") if link else "none"


def _shown(link: PhoneLink, now: datetime) -> dict[str, Any]:
    """The code itself: only for who made it."""
    address = absolute(reverse("today:phone", args=[link.code_shown]))
    return {
        "qr": qr.draw(address),
        "place": address.partition("://")[2].partition(link.code_shown)[0],
        "seconds": int((link.expires_at - now).total_seconds()),
    }
