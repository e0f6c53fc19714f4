"""A patient asks for another address; the new address answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import clock
from accounts import limits, mail_addresses
from accounts.proof import fresh_proof_required
from accounts.refused import if_too_many
from accounts.requests import SignedInRequest, read_or_post
from patients.models import AddressChange, Patient
from patients.own_records import OwnRecordRequest, for_own_record, posted
from patients.services import addresses
from today.forms.access import NewAddressForm


@read_or_post
@for_own_record(also_when_stopped=True)
@fresh_proof_required(gettext_lazy("ask for another e-mail address"), is_typed=True)
def ask(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    if request.user.email is None:  # the settings say how one comes to it
        return redirect("today:settings")
    form = NewAddressForm(posted(request))
    if form.is_valid() and _ask(request, form):
        return redirect("today:settings")
    context = {"form": form, "record": record}
    status = 422 if form.is_bound else 200
    return render(request, "today/ask_address.html", context, status=status)


def _ask(request: SignedInRequest, form: NewAddressForm) -> bool:
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
def take_back(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    addresses.take_back(request.user, now=clock.now())
    messages.success(request, _("Taken back. Your address stays as it is."))
    return redirect("today:settings")


@login_not_required
@csrf_exempt  # the token in the address is the secret; a mail program's browser may keep no cookie
@never_cache
@read_or_post
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter to the new address: GET shows one button, POST acts. Someone who holds
    it has shown that the mailbox is theirs, and gets nothing else by it.
    """
    change = AddressChange.objects.by_token(token).select_related("user", "patient__clinic").first()
    now = clock.now()
    if change is None:
        refusal = if_too_many(request, limits.UNKNOWN_LINK, now=now)
        return refusal or render(request, "today/new_address_closed.html", status=404)
    if not change.is_open_at(now):
        context = {"clinic": change.patient.clinic}
        return render(request, "today/new_address_closed.html", context, status=410)
    if request.method != "POST":
        return render(
            request, "today/new_address.html", {"address": mail_addresses.shown(change.address)}
        )
    try:
        addresses.answer(change, now=now)
    except addresses.LinkClosed:
        return redirect(request.path)
    return render(
        request, "today/new_address_done.html", {"address": mail_addresses.shown(change.address)}
    )
