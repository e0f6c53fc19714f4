"""One's own passkeys: make one, name it, remove it, or do not be asked."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts import limits, passkey_offer, passkeys, services, sessions
from accounts.context import Roles
from accounts.forms.passkeys import PasskeyNameForm, RemovePasskeyForm
from accounts.proof import fresh_proof_required
from accounts.refused import if_too_many
from accounts.requests import SignedInRequest, is_page_of_ours, read_or_post, signed_in

ADDING = gettext_lazy("add a passkey")
ANSWERS = {"later": passkey_offer.LATER, "never": passkey_offer.NEVER}


@require_POST
@login_not_required
@never_cache
def ask_to_use(request: HttpRequest) -> HttpResponse:
    """A question to a browser, for the script: at the door, or to show again who one is."""
    now, known = clock.now(), signed_in(request)
    if refusal := if_too_many(request, limits.PASSKEY_ASKED_NETWORK, now=now):
        return refusal
    person = known.user if known else None
    return JsonResponse(passkeys.ask_to_use(request.session, person, now=now))


@require_POST
@fresh_proof_required(ADDING)
@never_cache
def ask_to_add(request: SignedInRequest) -> HttpResponse:
    return JsonResponse(passkeys.ask_to_add(request.session, request.user, now=clock.now()))


@require_safe
def own_passkeys(request: SignedInRequest) -> HttpResponse:
    context = {"passkeys": passkeys.of_account(request.user)}
    with timezone.override(Roles.of(request).zone):  # their dates are the person's
        return render(request, "accounts/passkeys.html", context)


@read_or_post
@fresh_proof_required(ADDING)
@never_cache
def add_passkey(request: SignedInRequest) -> HttpResponse:
    form = PasskeyNameForm(request.POST or None, initial={"called": _own_word(request)})
    further = _further(request)
    if not form.is_valid():
        return _adding(request, form, further)
    now, answer = clock.now(), request.POST.get("credential", "")
    name = form.cleaned_data["called"]
    try:
        is_here = passkeys.add(request.session, request.user, name=name, answer=answer, now=now)
    except passkeys.NotAdded:
        form.add_error(None, _not_added(request))
        return _adding(request, form, further)
    if is_here:
        sessions.trust(request.session)
    messages.success(request, _("Done. Next time you can sign in without a code."))
    answered = passkey_offer.HERE if is_here else passkey_offer.LATER
    return passkey_offer.answer(redirect(further), answered)


def _adding(request: SignedInRequest, form: PasskeyNameForm, further: str) -> HttpResponse:
    context = {"form": form, "further": further}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/add_passkey.html", context, status=status)


def _not_added(request: SignedInRequest) -> str:
    if len(passkeys.of_account(request.user)) >= passkeys.MOST:
        return _("You have many passkeys already. Remove one first, in your settings.")
    return _("That did not work. Press the button again.")


def _own_word(request: SignedInRequest) -> str:
    return _("My computer") if Roles.of(request).is_clinician else _("My phone")


def _further(request: SignedInRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if is_page_of_ours(request, wanted) else "accounts:passkeys"


@read_or_post
def passkey(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Name it."""
    found = _own(request, key)
    form = PasskeyNameForm(request.POST or None, initial={"called": found.data["name"]})
    if form.is_valid():
        passkeys.rename(found, form.cleaned_data["called"])
        messages.success(request, _("Name saved."))
        return redirect("accounts:passkeys")
    context = {"form": form, "passkey": found}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/passkey.html", context, status=status)


@read_or_post
@fresh_proof_required(gettext_lazy("remove a passkey"))
def remove_passkey(request: SignedInRequest, key: UUID) -> HttpResponse:
    found = _own(request, key)
    form = RemovePasskeyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "passkey": found}
        return render(request, "accounts/remove_passkey.html", context)
    passkeys.remove(found, by=request.user, now=clock.now())
    if form.cleaned_data["is_lost"]:
        services.end_sign_ins(request.user)
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Removed. You are signed out everywhere else."))
    else:
        messages.success(request, _("Removed. It signs you in no more."))
    return redirect("accounts:passkeys")


@require_POST
def answer_offer(request: SignedInRequest) -> HttpResponse:
    """Not now, or never on this device."""
    said = ANSWERS.get(request.POST.get("answer", ""))
    if said is None:
        raise Http404
    return passkey_offer.answer(redirect("home"), said)


def _own(request: SignedInRequest, key: UUID) -> Authenticator:
    found = passkeys.find(request.user, key)
    if found is None:
        raise Http404
    return found
