"""Signing in: with a password, a code by e-mail or a passkey. See ``accounts.sign_in``."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

import clock
from accounts import passkey_offer, passkeys, pending, sessions, sign_in, words
from accounts.forms.sign_in import CodeForm, CodeRequestForm, PasswordResetForm, SignInForm
from accounts.limits import Reached
from accounts.models import User
from accounts.network import network_of
from accounts.refused import with_wait
from accounts.requests import read_or_post, signed_in

CONFIRM, CONFIRM_PAGE = "account_confirm_login_code", "account/confirm_login_code.html"


@read_or_post
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def password_or_code(request: HttpRequest) -> HttpResponse:
    """With a password, or with a code by e-mail. Who waits for a code is led to the page for it,
    unless they would rather type their password."""
    if request.user.is_authenticated:
        return redirect(_next(request) or "home")
    now = clock.now()
    form = SignInForm(request.POST or None, initial=_typed(request, "login", now))
    by_password = request.GET.get("way") == "password"
    if not (form.is_bound or by_password) and pending.of(request.session, now=now):
        return redirect(CONFIRM)
    if not form.is_valid():
        return _page(request, "account/login.html", form)
    attempt = sign_in.attempt_of(request, form.cleaned_data["login"], now=now)
    if not form.cleaned_data["password"]:
        return _ask(request, attempt, form, "account/login.html")
    try:
        user = sign_in.account_by_password(attempt, form.cleaned_data["password"])
    except Reached as reached:
        said = words.too_many_passwords(reached, now=now)
        return _refused(request, "account/login.html", form, attempt, reached, said)
    if user:
        return _let_in(request, user, "password")
    said = _("This address and password do not go together. Try again, or ask for a code.")
    form.add_error(None, said)
    return _page(request, "account/login.html", form)


@read_or_post
@login_not_required
@never_cache
def request_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request) or "home")
    now, template = clock.now(), "account/request_login_code.html"
    form = CodeRequestForm(request.POST or None, initial=_typed(request, "email", now))
    if not form.is_valid():
        return _page(request, template, form)
    attempt = sign_in.attempt_of(request, form.cleaned_data["email"], now=now)
    return _ask(request, attempt, form, template)


def _ask(request: HttpRequest, attempt: sign_in.Attempt, form: Form, template: str) -> HttpResponse:
    try:
        pending.keep(request.session, sign_in.ask_for_code(attempt))
    except Reached as reached:
        return _no_code(request, attempt, form, template, reached)
    return redirect(_with_next(request, CONFIRM))


@read_or_post
@login_not_required
@never_cache
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Where the code is typed. It works in the browser that asked for it, and nowhere else."""
    now = clock.now()
    asked = pending.of(request.session, now=now)
    if request.user.is_authenticated or asked is None:
        return redirect("home" if request.user.is_authenticated else "account_request_login_code")
    if asked.is_too_old(now):
        return _ask_again(request, _("That code is too old now. Ask for a new one."), now=now)
    attempt = sign_in.attempt_of(request, asked.address, now=now)
    if request.POST.get("action") == "resend":
        return _send_again(request, attempt)
    form = CodeForm(request.POST or None)
    if locked := sign_in.codes_locked(attempt):
        return _no_code(request, attempt, form, CONFIRM_PAGE, locked)
    if not form.is_valid():
        return _page(request, CONFIRM_PAGE, form, email=asked.address)
    return _judge(request, attempt, form, asked)


def _send_again(request: HttpRequest, attempt: sign_in.Attempt) -> HttpResponse:
    answer = _ask(request, attempt, CodeForm(), CONFIRM_PAGE)
    if answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("Sent again just now. Older codes no longer work."))
    return answer


def _judge(
    request: HttpRequest, attempt: sign_in.Attempt, form: CodeForm, asked: pending.Pending
) -> HttpResponse:
    now = attempt.now
    try:
        user = sign_in.account_by_code(attempt, form.cleaned_data["code"], request=asked.request)
    except Reached as reached:
        if sign_in.has_tries_left(asked.request, now=now):
            return _no_code(request, attempt, form, CONFIRM_PAGE, reached)
        user = None
    if user:
        answer = _let_in(request, user, "code")
        if form.cleaned_data["own_phone"] and (known := signed_in(request)):
            sign_in.trust(known, now=now)
        return answer
    if locked := sign_in.codes_locked(attempt):
        return _no_code(request, attempt, form, CONFIRM_PAGE, locked)
    if not sign_in.has_tries_left(asked.request, now=now):
        said = _("Too many tries: that code no longer works. Ask for a new one.")
        return _ask_again(request, said, now=now)
    form.add_error("code", _("This is not the code from our newest e-mail. Look again."))
    return _page(request, CONFIRM_PAGE, form, email=asked.address)


@require_POST
@login_not_required
@never_cache
def by_passkey(request: HttpRequest) -> HttpResponse:
    """What a browser answers to the question that the script has had put to it."""
    if request.user.is_authenticated:
        return redirect(_next(request) or "home")
    now, network = clock.now(), network_of(request)
    form = SignInForm(initial=_typed(request, "login", now))
    answer = request.POST.get("credential", "")
    try:
        used = passkeys.used_by(request.session, answer, network=network, now=now)
    except Reached as reached:
        said = words.too_many_tries(reached, now=now)
        page = _page(request, "account/login.html", form, refused=said)
        return with_wait(page, reached, now=now)
    if used is None:
        said = _("This passkey does not open an account here. Sign in in another way.")
        page = _page(request, "account/login.html", form, refused=said)
        page.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return page
    further = _let_in(request, used.account, "passkey")
    if used.is_here and signed_in(request):  # a closed account is not
        sessions.trust(request.session)
        passkey_offer.answer(further, passkey_offer.HERE)
    return further


def _ask_again(request: HttpRequest, said: str, *, now: datetime) -> HttpResponse:
    address = pending.address_of(request.session, now=now)
    pending.forget(request.session)
    pending.keep_address(request.session, address, now=now)
    messages.error(request, said)
    return redirect(_with_next(request, "account_login"))


def _no_code(
    request: HttpRequest, attempt: sign_in.Attempt, form: Form, template: str, reached: Reached
) -> HttpResponse:
    """Says why no code is sent or looked at, and what still works, which may be the newest."""
    if sign_in.codes_locked(attempt):
        said, still_works = [words.too_many_tries(reached, now=attempt.now)], False
    else:
        said = [words.too_many_codes(reached, now=attempt.now)]
        still_works = _still_works(request, attempt)
    if still_works:
        said.append(_("The newest one still works."))
        form, template = CodeForm(), CONFIRM_PAGE
    sentences = " ".join([*said, *_other_ways(attempt)])
    return _refused(request, template, form, attempt, reached, sentences, is_code_read=still_works)


def _still_works(request: HttpRequest, attempt: sign_in.Attempt) -> bool:
    """This browser waits for a code to that address, which can still be typed."""
    asked = pending.of(request.session, now=attempt.now)
    if asked is None or asked.address != attempt.address or asked.is_too_old(attempt.now):
        return False
    return sign_in.has_tries_left(asked.request, now=attempt.now)


def _other_ways(attempt: sign_in.Attempt) -> list[str]:
    here = _("Or sign in with your password, if you have one.")
    other = _("Or sign in with your password, or on a device where you have signed in before.")
    return [here if attempt.known_device else other, _("If you cannot wait, call your clinic.")]


@read_or_post
@login_not_required
@never_cache
def request_reset(request: HttpRequest) -> HttpResponse:
    now, template = clock.now(), "account/password_reset.html"
    form = PasswordResetForm(request.POST or None, initial=_typed(request, "email", now))
    if not form.is_valid():
        return _page(request, template, form)
    attempt = sign_in.attempt_of(request, form.cleaned_data["email"], now=now)
    try:
        sign_in.ask_for_reset(attempt)
    except Reached as reached:
        by_code = sign_in.is_code_possible(attempt)
        other = _("You can sign in with a code by e-mail, without a password.") if by_code else ""
        tries = words.too_many_tries(reached, now=now)
        said = " ".join(filter(None, (tries, other, _("If you cannot wait, call your clinic."))))
        return _refused(request, template, form, attempt, reached, said, by_code=by_code)
    return redirect("account_reset_password_done")


def _let_in(request: HttpRequest, user: User, method: str) -> HttpResponse:
    """By way of allauth, which knows of closed accounts and of further steps."""
    further = _next(request)
    record_authentication(request, user, method=method)
    login = Login(user=user, email=user.email, redirect_url=further)
    answer: HttpResponse = perform_login(request, login)
    passkey_offer.answer_again(request, answer)
    return answer


def _next(request: HttpRequest) -> str | None:
    """Where the person wanted to be, if that is a page of ours."""
    further: str | None = get_next_redirect_url(request)
    return further


def _with_next(request: HttpRequest, name: str, **query: str) -> str:
    further = _next(request)
    return reverse(name, query={**query, "next": further} if further else query or None)


def _typed(request: HttpRequest, field: str, now: datetime) -> dict[str, str]:
    """The address from the page before, for the field of this one."""
    return {field: pending.address_of(request.session, now=now)}


def _refused(
    request: HttpRequest,
    template: str,
    form: Form,
    attempt: sign_in.Attempt,
    reached: Reached,
    said: str,
    **context: Any,
) -> HttpResponse:
    """The same page, which says why nothing was done and how long to wait."""
    if pending.address_of(request.session, now=attempt.now) != attempt.address:
        pending.keep_address(request.session, attempt.address, now=attempt.now)
    context |= {"email": attempt.address, "refused": said}
    page = _page(request, template, form, **context)
    return with_wait(page, reached, now=attempt.now)


def _page(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    with_password = _with_next(request, "account_login", way="password")
    context |= {"form": form, "next": _next(request), "with_password": with_password}
    context["has_passkey_here"] = passkey_offer.answer_of(request) == passkey_offer.HERE
    return render(request, template, context, status=422 if form.is_bound else 200)
