"""Ask again before something grave: who is signed in shows once more who they are.

A view is marked by ``fresh_proof_required``, or calls ``ask`` where only a part of what it does
is grave. What was typed into the form goes through the page that asks and reaches the view in the
same request as the password or the code, so nothing is stored and nothing is typed twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

import clock
from accounts import passkeys, proof_checks, words
from accounts.errors import NotShown
from accounts.forms.proof import CodeForm, PasswordForm
from accounts.limits import Reached
from accounts.middleware import READING, SAVING, page_before
from accounts.not_saved import Reason, is_background, not_saved
from accounts.refused import with_wait
from accounts.requests import Guard, SignedInRequest
from accounts.sessions import PROOF_FRESH_FOR, is_proof_fresh, note_proof

PAGE = "accounts:confirm"
# The names of the page's own fields: "confirm" is the button, the rest begin with it.
WAY, SAVED_AS, WITHHELD = "confirm", "confirm-saved-as", "confirm-withheld"  # and BACK
PASSKEY = "confirm-passkey"
CONFIRMED = "confirmed"  # in the address of the page that offers a file


@dataclass(frozen=True)
class About:
    """What the page that asks says of what comes next.

    ``doing`` completes "You are about to". ``is_typed``: someone has typed into its form.
    ``offered_on``: for a view that answers with a file, the route of the page that offers it. A
    browser that is given a file stays where it is, which would be the page that asks.
    """

    doing: str | Promise
    is_typed: bool = False
    offered_on: str = ""


def fresh_proof_required(
    doing: str | Promise, *, is_typed: bool = False, offered_on: str = ""
) -> Guard:
    """For a view that does nothing but what is grave; it comes after whose page it is."""
    about = About(doing, is_typed, offered_on)

    def marked[View: Callable[..., HttpResponseBase]](view: View) -> View:
        @wraps(view)
        def asked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return ask(request, about) or view(request, *args, **kwargs)

        asked.about = about  # type: ignore[attr-defined]
        return cast(View, asked)

    return marked


def about_page(address: str) -> About | None:
    """What the page at this address of ours asks about; None if it asks about nothing."""
    match = _match(address)
    return getattr(match.func, "about", None) if match else None


def after_proof(address: str) -> str:
    """Where one goes on from here: for a file, the page that offers it, with the same query."""
    match, about = _match(address), about_page(address)
    if match is None or about is None or not about.offered_on:
        return address
    query = QueryDict(urlsplit(address).query, mutable=True)
    query[CONFIRMED] = "yes"
    return reverse(about.offered_on, kwargs=match.kwargs, query=query)


def _match(address: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def ask(request: SignedInRequest, about: About | None) -> HttpResponse | None:
    """None if they have shown lately who they are, or do in this request; else the answer
    that asks for it. From then on ``request.POST`` is what the view's own form sent."""
    now, typed = clock.now(), _take(request)
    if is_proof_fresh(request.session, now=now):
        return None
    if is_background(request):
        return not_saved(Reason.CONFIRM)
    if request.method in READING and request.path != reverse(PAGE):
        return redirect(f"{reverse(PAGE, query={'next': request.get_full_path()})}")
    form, reached = _check(request, typed, now=now)
    if form is not None:
        page = _page(request, typed, form, about, now=now)
        return with_wait(page, reached, now=now) if reached else page
    note_proof(request.session, now=now)
    return _choose_again(request) if typed.was_withheld else None


@dataclass(frozen=True)
class Typed:
    """What came from the page that asks."""

    way: str  # "password", "code", "send", "passkey", or "" for what comes from elsewhere
    own: QueryDict
    back: str
    saved_as: str
    was_withheld: bool


def _take(request: HttpRequest) -> Typed:
    """Take the page's own fields out of ``request.POST``: no other form is to see them."""
    sent, back = request.POST, page_before(request)
    own, rest = QueryDict(mutable=True), QueryDict(mutable=True)
    for name, values in sent.lists():
        (own if name.partition("-")[0] == WAY else rest).setlist(name, values)
    request.POST = rest  # type: ignore[assignment]  # Django lets it be set
    saving = request.COOKIES.get(SAVING, "").partition(".")[2]
    request.saved_as = own.get(SAVED_AS) or saving  # type: ignore[attr-defined]
    return Typed(
        way=own.get(WAY, ""),
        own=own,
        back=back,
        saved_as=(own.get(SAVED_AS) or saving)[:64],
        was_withheld=WITHHELD in own,
    )


def _check(
    request: SignedInRequest, typed: Typed, *, now: datetime
) -> tuple[PasswordForm | CodeForm | None, Reached | None]:
    """No form if they have shown who they are; else the one to go on with, with what was wrong,
    and the limit that they have used up, if so."""
    data = typed.own if typed.way in ("password", "code") else None
    is_code = typed.way in ("code", "send") or not request.user.has_usable_password()
    form = CodeForm(data) if is_code else PasswordForm(data)
    try:
        if typed.way == "passkey":
            proof_checks.check_passkey(request, typed.own.get(PASSKEY, ""), now=now)
            return None, None
        if typed.way == "send":
            is_second = proof_checks.is_code_sent(request.session, now=now)
            proof_checks.send_code(request, now=now)
            form.is_sent_again = is_second
        elif form.is_valid():
            _judge(request, form, now=now)
            return None, None
    except NotShown as refusal:
        form.refuse(words.not_shown(refusal, now=now))
        return form, refusal.reached
    return form, None


def _judge(request: SignedInRequest, form: PasswordForm | CodeForm, *, now: datetime) -> None:
    if isinstance(form, CodeForm):
        proof_checks.check_code(request, form.cleaned_data["code"], now=now)
    else:
        proof_checks.check_password(request.user, form.cleaned_data["password"], now=now)


def _page(
    request: SignedInRequest,
    typed: Typed,
    form: PasswordForm | CodeForm,
    about: About | None,
    *,
    now: datetime,
) -> HttpResponse:
    carried = [(name, value) for name, values in request.POST.lists() for value in values]
    safe = [
        pair for pair in carried if pair[0] != "csrfmiddlewaretoken" and not _is_secret(pair[0])
    ]
    context = {
        "form": form,
        "about": about,
        "carried": safe,
        "typed": typed,
        "withholds": typed.was_withheld or any(_is_secret(name) for name, _value in carried),
        "back": typed.back,
        "is_code_sent": proof_checks.is_code_sent(request.session, now=now),
        "is_by_code": isinstance(form, CodeForm),
        "has_passkey": bool(passkeys.of_account(request.user)),
        "minutes": PROOF_FRESH_FOR // timedelta(minutes=1),
    }
    request.is_asked_again = True  # type: ignore[attr-defined]  # a question, not a refusal
    return render(request, "accounts/confirm.html", context, status=403)


def _is_secret(name: str) -> bool:
    return "password" in name


def _choose_again(request: HttpRequest) -> HttpResponse:
    """A password never stands in a page, so it could not be brought along."""
    messages.info(request, _("Thank you. Now type the new password once more."))
    return redirect(request.get_full_path())
