"""Taking up one's page by the link in an e-mail. Looking changes nothing; the button does."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

import clock
from accounts import limits, mail_addresses, sessions
from accounts.actions import Action
from accounts.refused import if_too_many
from accounts.requests import read_or_post
from accounts.services import account_for
from accounts.sign_in import sign_in
from patients.models import Invitation
from patients.own_records import CHOSEN, posted
from patients.services import records
from today.forms.access import YearForm

HIDDEN = "•••"


@login_not_required
@never_cache
@read_or_post
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Without an account: one button makes it. With one: sign in, then one button."""
    found = Invitation.objects.by_token(token).select_related("patient__clinic").first()
    if found is None:
        refusal = if_too_many(request, limits.UNKNOWN_LINK, now=clock.now())
        return refusal or render(
            request, "today/invitation_closed.html", {"why": "unknown"}, status=404
        )
    now = clock.now()
    if not found.is_open_at(now):
        context = {"why": found.why_closed(now), "clinic": found.patient.clinic}
        return render(request, "today/invitation_closed.html", context, status=410)
    who = _who(request, found)
    may_accept = who in ("new", "same")
    form = _year_form(found, posted(request) if may_accept else None)
    if request.method == "POST" and may_accept and (form is None or form.is_valid()):
        accepted = _accept(request, found, form, now)
        if accepted is not None:
            return accepted
    context = {
        "who": who,
        "patient": found.patient,
        "masked": masked(found.address),
        "here": request.path,
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "today/invitation.html", context, status=status)


def _year_form(invitation: Invitation, sent: QueryDict | None) -> YearForm | None:
    """None where the clinic wrote no year of birth."""
    return YearForm(sent) if invitation.patient.year_of_birth else None


def _who(request: HttpRequest, invitation: Invitation) -> str:
    """ "new", "same" or "other" than the person signed in, or "known": has yet to sign in."""
    if request.user.is_authenticated:
        is_theirs = request.user.pk == invitation.patient.user_id  # who has no address so far
        return "same" if is_theirs or request.user.is_at(invitation.address) else "other"
    return "known" if account_for(invitation.address) else "new"


def _accept(
    request: HttpRequest, invitation: Invitation, form: YearForm | None, now: datetime
) -> HttpResponse | None:
    """Where to go; None if it was the wrong year of birth, which the form then says."""
    user = request.user if request.user.is_authenticated else None
    year = form.cleaned_data["year"] if form else None
    zone = request.POST.get("time_zone", "")
    try:
        owner = records.accept(invitation, now=now, time_zone=zone, year=year, user=user)
    except records.WrongYear as refusal:
        if form is None or not refusal.tries_left:
            return redirect(request.path)
        form.refuse(refusal.tries_left)
        return None
    except records.NotPossible:  # pressed twice: the page says how things stand by now
        return redirect(request.path)
    if user is None:
        sign_in(request, owner, how=Action.SIGNED_IN_BY_INVITATION, now=now)
    else:
        update_session_auth_hash(request, owner)  # where taking it up has ended other sign-ins
    sessions.forget_age(request.session)
    request.session[CHOSEN] = str(invitation.patient_id)
    messages.success(request, _("Welcome. This page is yours now."))
    return redirect("today:today")


def masked(address: str) -> str:
    """ "s•••@example.org": enough to recognise one's own, not to learn someone else's."""
    name, _at, domain = mail_addresses.shown(address).partition("@")
    return f"{name[:1]}{HIDDEN}@{domain}"
