"""Opening one's page on this phone by the code that the clinic shows. Looking changes nothing."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

import clock
from accounts import limits, sessions
from accounts.actions import Action
from accounts.device_kinds import kind_of
from accounts.models import User
from accounts.refused import if_too_many
from accounts.requests import read_or_post, signed_in
from accounts.services import account_for
from accounts.sign_in import sign_in
from patients.models import Patient, PhoneLink
from patients.own_records import CHOSEN
from patients.services import phones
from today.views.invitations import masked


@login_not_required
@never_cache
@read_or_post
def phone(request: HttpRequest, token: str) -> HttpResponse:
    """One button signs this phone in, once."""
    now, links = clock.now(), PhoneLink.objects.by_token(token)
    link = links.select_related("patient__clinic", "patient__user", "made_by").first()
    if link is None:
        refusal = if_too_many(request, limits.UNKNOWN_LINK, now=now)
        return refusal or _closed(request, "unknown", status=404)
    if not phones.is_open(link, now=now):
        return _closed(request, link.why_closed(now) or "ended", link.patient, status=410)
    who = _who(request, link.patient)
    if request.method == "POST" and who in ("new", "same"):
        return _sign_in(request, link, now)
    context = {
        "who": who,
        "patient": link.patient,
        "address": _address(link.patient),
        "here": request.path,
    }
    return render(request, "today/phone.html", context)


def _closed(
    request: HttpRequest, why: str, patient: Patient | None = None, *, status: int
) -> HttpResponse:
    context = {"why": why, "clinic": patient.clinic if patient else None}
    return render(request, "today/phone_closed.html", context, status=status)


def _who(request: HttpRequest, patient: Patient) -> str:
    """ "new", "same" or "other" than the person signed in here, or "known": the record's address has
    an account already, which may open other pages too, so its owner signs in first.
    """
    visitor = signed_in(request)
    owner = patient.user or (account_for(patient.email) if patient.email else None)
    if visitor is not None:
        return "same" if visitor.user == owner else "other"
    return "known" if owner is not None and patient.user is None else "new"


def _address(patient: Patient) -> str:
    """Enough of the address to recognise it; "" for an account without one."""
    address = patient.user.email if patient.user else patient.email
    return masked(address) if address else ""


def _sign_in(request: HttpRequest, link: PhoneLink, now: datetime) -> HttpResponse:
    visitor = signed_in(request)
    try:
        owner = phones.sign_in(
            link,
            user=visitor.user if visitor else None,
            device=kind_of(request.headers.get("User-Agent", "")),
            time_zone=request.POST.get("time_zone", ""),
            now=now,
        )
    except phones.NotPossible:  # pressed twice: the page says how things stand by now
        return redirect(request.path)
    if visitor is None:
        _begin(request, owner, now)
    else:
        update_session_auth_hash(request, owner)  # where taking it up has ended other sign-ins
    sessions.trust(request.session)  # both have looked at it, in the room
    request.session[CHOSEN] = str(link.patient_id)
    messages.success(request, _("You are signed in on this phone."))
    return redirect("today:today")


def _begin(request: HttpRequest, owner: User, now: datetime) -> None:
    """Whoever held the code has shown only that they were in the room. That is enough to look at
    the page, and no proof of who they are where a code to the address can give one.
    """
    sign_in(request, owner, how=Action.SIGNED_IN_BY_PHONE_LINK, now=now)
    if owner.email is not None:
        sessions.forget_proof(request.session)
