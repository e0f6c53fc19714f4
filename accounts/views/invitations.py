"""Joining a team by the link in an e-mail. Looking changes nothing; the button does."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

import clock
from accounts import limits, services, sessions
from accounts.actions import Action
from accounts.forms.clinic import JoinTeamForm
from accounts.models import TeamInvitation, User
from accounts.refused import if_too_many
from accounts.requests import read_or_post
from accounts.sign_in import sign_in


@read_or_post
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def team_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """With an account: sign in, then one button. Without: choose a password."""
    invitation = TeamInvitation.objects.by_token(token).select_related("clinic").first()
    if invitation is None:
        refusal = if_too_many(request, limits.UNKNOWN_LINK, now=clock.now())
        return refusal or render(
            request, "accounts/link_closed.html", {"why": "unknown"}, status=404
        )
    if not invitation.is_open_at(clock.now()):
        context = {"why": invitation.why_closed(clock.now()), "clinic": invitation.clinic}
        return render(request, "accounts/link_closed.html", context, status=410)
    if request.user.is_authenticated:
        return _join_as(request.user, request, invitation)
    if services.account_for(invitation.address):
        context = {"invitation": invitation, "next": request.path}
        return render(request, "accounts/team_invitation_sign_in.html", context)
    return _join_with_new_account(request, invitation)


def _join_as(user: User, request: HttpRequest, invitation: TeamInvitation) -> HttpResponse:
    theirs = user.is_at(invitation.address)
    if request.method != "POST" or not theirs:
        context = {"invitation": invitation, "theirs": theirs}
        return render(request, "accounts/team_invitation_accept.html", context)
    try:
        services.accept_team_invitation(invitation, user=user, now=clock.now())
    except services.LinkClosed:  # the second press of the button
        return redirect(request.path)
    sessions.forget_age(request.session)
    messages.success(
        request, _("You are on the team of %(clinic)s.") % {"clinic": invitation.clinic}
    )
    return redirect("home")


def _join_with_new_account(request: HttpRequest, invitation: TeamInvitation) -> HttpResponse:
    form = JoinTeamForm(
        request.POST or None,
        address=invitation.address,
        clinic_name=invitation.clinic.name,
        initial={"name": invitation.name},
    )
    if not form.is_valid():
        context = {"form": form, "invitation": invitation}
        status = 422 if form.is_bound else 200
        return render(request, "accounts/team_invitation.html", context, status=status)
    try:
        membership = services.accept_team_invitation(
            invitation, now=clock.now(), **form.cleaned_data
        )
    except (services.LinkClosed, services.HasAccount):  # someone pressed twice
        return redirect(request.path)
    sign_in(request, membership.user, how=Action.SIGNED_IN_BY_INVITATION, now=clock.now())
    return redirect("home")
