"""Taking up one's page by the link in an e-mail. Looking changes nothing; the button does."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

import clock
from accounts import limits, sessions
from accounts.actions import Action
from accounts.refused import if_too_many
from accounts.services import account_for
from accounts.sign_in import sign_in
from patients.models import Invitation
from patients.own_records import CHOSEN, posted
from patients.services import records
from today.forms.access import YearForm

HIDDEN = "•••"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
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


def _year_form(invitation, sent):
    """None where the clinic wrote no year of birth."""
    return YearForm(sent) if invitation.patient.year_of_birth else None


def _who(request, invitation):
    """ "new", "same" or "other" than the person signed in, or "known": has yet to sign in."""
    if request.user.is_authenticated:
        return "same" if request.user.email.lower() == invitation.address.lower() else "other"
    return "known" if account_for(invitation.address) else "new"


def _accept(request, invitation, form, now):
    """Where to go; None if it was the wrong year of birth, which the form then says."""
    user = request.user if request.user.is_authenticated else None
    year = form.cleaned_data["year"] if form else None
    said = {"time_zone": request.POST.get("time_zone", ""), "year": year, "user": user}
    try:
        owner = records.accept(invitation, now=now, **said)
    except records.WrongYear as refusal:
        if not refusal.tries_left:
            return redirect(request.path)
        form.refuse(refusal.tries_left)
        return None
    except records.NotPossible:  # pressed twice: the page says how things stand by now
        return redirect(request.path)
    if user is None:
        sign_in(request, owner, how=Action.SIGNED_IN_BY_INVITATION, now=now)
    sessions.forget_age(request.session)
    request.session[CHOSEN] = str(invitation.patient_id)
    messages.success(request, _("Welcome. This page is yours now."))
    return redirect("today:today")


def masked(address):
    """ "s•••@example.org": enough to recognise one's own, not to learn somebody else's."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}{HIDDEN}@{domain}"
