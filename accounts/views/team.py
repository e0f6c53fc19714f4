"""The team of each clinic one leads: who works there, who is asked to, who has left."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts import mail_addresses, services
from accounts.access import lead_required
from accounts.forms.clinic import InviteColleagueForm
from accounts.models import Membership, TeamInvitation
from accounts.proof import fresh_proof_required
from accounts.requests import SignedInRequest, read_or_post
from accounts.team import for_team_page


@require_safe
@lead_required
def team(request: SignedInRequest) -> HttpResponse:
    clinics = for_team_page(request.user.clinics_as_lead())
    return render(request, "accounts/team.html", {"clinics": clinics, "now": clock.now()})


@read_or_post
@lead_required
@fresh_proof_required(gettext_lazy("invite a colleague"), is_typed=True)
def invite_colleague(request: SignedInRequest, pk: UUID) -> HttpResponse:
    clinic = get_object_or_404(request.user.clinics_as_lead(), pk=pk)
    form = InviteColleagueForm(request.POST or None)
    if form.is_valid():
        try:
            services.invite_to_team(clinic, by=request.user, now=clock.now(), **form.cleaned_data)
        except services.NotPossible as refusal:
            form.add_error("address", str(refusal))
        else:
            sent_to = mail_addresses.shown(form.cleaned_data["address"])
            messages.success(request, _("Invitation sent to %(address)s.") % {"address": sent_to})
            return redirect("accounts:team")
    context = {"form": form, "clinic": clinic}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invite_colleague.html", context, status=status)


@require_POST
@lead_required
@fresh_proof_required(gettext_lazy("send an invitation again"))
def resend_invitation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(TeamInvitation.objects.visible_to(request.user).open(), pk=pk)
    try:
        services.invite_to_team(
            invitation.clinic,
            address=invitation.address,
            name=invitation.name,
            role=invitation.role,
            by=request.user,
            now=clock.now(),
        )
    except services.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent again. The earlier link no longer works."))
    return redirect("accounts:team")


@require_POST
@lead_required
@fresh_proof_required(gettext_lazy("withdraw an invitation"))
def revoke_invitation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(TeamInvitation.objects.visible_to(request.user).open(), pk=pk)
    services.revoke_invitation(invitation, by=request.user, now=clock.now())
    messages.success(request, _("Invitation withdrawn. Its link no longer works."))
    return redirect("accounts:team")


@read_or_post
@lead_required
@fresh_proof_required(gettext_lazy("take a colleague’s access away"))
def deactivate(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Asks first (GET), since they are signed out in the middle of what they do; POST acts."""
    team = Membership.objects.visible_to(request.user).active().select_related("user", "clinic")
    membership = get_object_or_404(team, pk=pk)
    if request.method != "POST":
        patients = membership.user.caseload.filter(clinic=membership.clinic).count()
        context = {"membership": membership, "patients": patients}
        return render(request, "accounts/deactivate.html", context)
    try:
        services.deactivate(membership, by=request.user, now=clock.now())
    except services.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("%(name)s has no access any more.") % {"name": membership.user}
        messages.success(request, said)
    return redirect("accounts:team")


@require_POST
@lead_required
@fresh_proof_required(gettext_lazy("give a colleague access again"))
def reactivate(request: SignedInRequest, pk: UUID) -> HttpResponse:
    team = Membership.objects.visible_to(request.user).select_related("user", "clinic")
    membership = get_object_or_404(team, pk=pk)
    services.reactivate(membership, by=request.user, now=clock.now())
    messages.success(request, _("%(name)s has access again.") % {"name": membership.user})
    return redirect("accounts:team")


@require_POST
@lead_required
@fresh_proof_required(gettext_lazy("change a colleague’s role"))
def change_role(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The button carries the role."""
    team = Membership.objects.visible_to(request.user).active().select_related("user", "clinic")
    membership = get_object_or_404(team, pk=pk)
    if request.POST.get("role") not in Membership.Role.values:
        return redirect("accounts:team")
    role = Membership.Role(request.POST["role"])
    try:
        services.change_role(membership, role=role, by=request.user, now=clock.now())
    except services.NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"name": membership.user, "role": role.label}
        messages.success(request, _("%(name)s is now: %(role)s.") % said)
    return redirect("accounts:team")
