"""Signing in: with a password, or with a code by e-mail. See ``accounts.sign_in``."""

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
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

import clock
from accounts import pending, sign_in
from accounts.forms.sign_in import CodeForm, CodeRequestForm, PasswordResetForm, SignInForm
from accounts.limits import Reached
from accounts.models import User
from accounts.refused import say_wait

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
CONFIRM = "account_confirm_login_code"


@read_or_post
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def password_or_code(request: HttpRequest) -> HttpResponse:
    """One form leads two ways. Whoever waits for a code finds the page for it."""
    if request.user.is_authenticated:
        return redirect(_next(request) or "home")
    now, form = clock.now(), SignInForm(request.POST or None)
    if not form.is_bound and pending.of(request.session, now=now):
        return redirect(CONFIRM)
    if not form.is_valid():
        return _page(request, "account/login.html", form)
    attempt = sign_in.attempt_of(request, form.cleaned_data["login"], now=now)
    if not form.cleaned_data["password"]:
        return _ask(request, attempt, form, "account/login.html")
    try:
        user = sign_in.whose_password(attempt, form.cleaned_data["password"])
    except Reached as reached:
        words = f"{reached.in_words(now)} {_('Or ask for a code by e-mail.')}"
        return _refused(request, "account/login.html", form, attempt, reached, words)
    if user:
        return _let_in(request, user, "password")
    words = _("This address and password do not go together. Try again, or ask for a code.")
    form.add_error(None, words)
    return _page(request, "account/login.html", form)


@read_or_post
@login_not_required
@never_cache
def request_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request) or "home")
    form, template = CodeRequestForm(request.POST or None), "account/request_login_code.html"
    if not form.is_valid():
        return _page(request, template, form)
    attempt = sign_in.attempt_of(request, form.cleaned_data["email"], now=clock.now())
    return _ask(request, attempt, form, template)


def _ask(request: HttpRequest, attempt: sign_in.Attempt, form: Form, template: str) -> HttpResponse:
    try:
        pending.keep(request.session, sign_in.ask_for_code(attempt))
    except Reached as reached:
        words = _no_code(reached, attempt)
        return _refused(request, template, form, attempt, reached, words)
    further = _next(request)
    query = f"?{urlencode({'next': further})}" if further else ""
    return redirect(f"{reverse(CONFIRM)}{query}")


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
        return _ask_again(request, _("That code is too old now. Ask for a new one."))
    resend = request.POST.get("action") == "resend"
    form = CodeForm(None if resend else request.POST or None)
    if not (resend or form.is_valid()):
        return _page(request, "account/confirm_login_code.html", form, email=asked.address)
    attempt = sign_in.attempt_of(request, asked.address, now=now)
    if resend:
        return _ask(request, attempt, form, "account/confirm_login_code.html")
    return _judge(request, attempt, form, asked)


def _judge(
    request: HttpRequest, attempt: sign_in.Attempt, form: CodeForm, asked: pending.Pending
) -> HttpResponse:
    template, now = "account/confirm_login_code.html", attempt.now
    try:
        user = sign_in.whose_code(attempt, form.cleaned_data["code"], request=asked.request)
    except Reached as reached:
        if not sign_in.has_tries_left(asked.request, now=now):
            return _third_try(request)
        return _refused(request, template, form, attempt, reached, _no_code(reached, attempt))
    if user:
        return _let_in(request, user, "code")
    if not sign_in.has_tries_left(asked.request, now=now):
        return _third_try(request)
    form.add_error("code", _("This is not the code from our newest e-mail. Look again."))
    return _page(request, template, form, email=asked.address)


def _third_try(request: HttpRequest) -> HttpResponse:
    words = _("Too many tries: that code no longer works. Ask for a new one.")
    return _ask_again(request, words)


def _ask_again(request: HttpRequest, words: str) -> HttpResponse:
    pending.forget(request.session)
    messages.error(request, words)
    further = _next(request)
    query = f"?{urlencode({'next': further})}" if further else ""
    return redirect(f"{reverse('account_login')}{query}")


def _no_code(reached: Reached, attempt: sign_in.Attempt) -> str:
    wait = reached.in_words(attempt.now)
    if attempt.known_device:
        return f"{wait} {_('Or sign in with your password, if you have one.')}"
    other = _("Or sign in with your password, or on a device where you have signed in before.")
    return f"{wait} {other}"


@read_or_post
@login_not_required
@never_cache
def request_reset(request: HttpRequest) -> HttpResponse:
    form, template = PasswordResetForm(request.POST or None), "account/password_reset.html"
    if not form.is_valid():
        return _page(request, template, form)
    attempt = sign_in.attempt_of(request, form.cleaned_data["email"], now=clock.now())
    try:
        sign_in.ask_for_reset(attempt)
    except Reached as reached:
        words = reached.in_words(attempt.now)
        return _refused(request, template, form, attempt, reached, words)
    return redirect("account_reset_password_done")


def _let_in(request: HttpRequest, user: User, method: str) -> HttpResponse:
    """By way of allauth, which knows of closed accounts and of further steps."""
    further = _next(request)
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user, email=user.email, redirect_url=further))


def _next(request: HttpRequest) -> str | None:
    """Where the person wanted to be, if that is a page of ours."""
    further: str | None = get_next_redirect_url(request)
    return further


def _refused(
    request: HttpRequest,
    template: str,
    form: Form,
    attempt: sign_in.Attempt,
    reached: Reached,
    words: str,
) -> HttpResponse:
    """The same page, which says why nothing was done and how long to wait."""
    page = _page(request, template, form, email=attempt.address, refused=words)
    return say_wait(page, reached, now=attempt.now)


def _page(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    context |= {"form": form, "next": _next(request)}
    return render(request, template, context, status=422 if form.is_bound else 200)
