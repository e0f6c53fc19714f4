"""Who is asking: no longer than a sign-in lasts, as nobody else, and never unheard."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

import clock
from accounts import sessions
from accounts.context import Roles
from accounts.not_saved import (
    CLEAR,
    NOBODY,
    PERSON,
    REASON,
    SIGNED_IN,
    Reason,
    in_the_background,
    is_background,
    not_saved,
    person_id,
)

GetResponse = Callable[[HttpRequest], HttpResponse]
WITHOUT_COOKIES = {"manifest"}  # what browsers ask for as nobody, whoever is signed in
READING = ("GET", "HEAD", "OPTIONS", "TRACE")
SAVING = "saving"  # the cookie by which a page says what it is about to send: static/js/kept.js
SAVED = "saved"  # the cookie that says it was accepted
SAVED_SECONDS = 60
LEFT = "left"  # the cookie that says that somebody has signed out on this browser
LEFT_SECONDS = 600
PLAIN_FORM = "application/x-www-form-urlencoded"
BACK = "confirm-back"  # the page that held the form, once accounts.proof has asked in between


def answer_background_requests(
    get_response: GetResponse,
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Outermost: whatever refused a background request, it is answered by a reason."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        return in_the_background(response) if is_background(request) else response

    return middleware


def say_who_is_signed_in(get_response: GetResponse) -> GetResponse:
    """Name the person with each answer, so that a phone that keeps pages of another one, or of
    someone whose sign-in is over, wipes them at once (static/js/offline/wipe.js). What a cache may
    store says nothing: it would be said again when someone else is signed in. What a phone fetches
    to keep passes by every cache (static/js/worker/keep.js), and says it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_nobodys = request.headers.get("Sec-Fetch-Dest") in WITHOUT_COOKIES
        is_kept = request.headers.get("X-Background") == "keep"
        if not is_nobodys and (is_kept or not _may_be_stored(response)):
            user = request.user
            response[SIGNED_IN] = person_id(user) if user.is_authenticated else NOBODY
        return response

    return middleware


def _may_be_stored(response: HttpResponse) -> bool:
    """``private_pages`` forbids it where a view has said nothing."""
    said = response.get("Cache-Control")
    return said is not None and "no-store" not in said


def clear_kept_pages(get_response: GetResponse) -> GetResponse:
    """Have a browser throw away the pages it keeps once its sign-in is over, however it ended:
    by signing out, by its limits, or because the access was taken away. Never "storage": that
    holds what another person of this phone has not sent yet. See ``say_that_they_left``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        came_signed_in = bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        response = get_response(request)
        if came_signed_in and _is_over(request) and not response.has_header(CLEAR):
            response[CLEAR] = '"cache"'
        return response

    return middleware


def _is_over(request: HttpRequest) -> bool:
    """Nobody is signed in, and the session is gone or is someone's who may not come in."""
    session = request.session
    return not request.user.is_authenticated and (session.is_empty() or SESSION_KEY in session)


def session_limits(get_response: GetResponse) -> GetResponse:
    """Hold staff and patients to their limits (see ``accounts.sessions``)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = clock.now()
        if request.user.is_authenticated and not sessions.is_fresh(request.session, now=now):
            is_staff = Roles.of(request).is_signed_in_briefly
            limits = sessions.limits_of(request.session, is_staff=is_staff)
            if not sessions.keep(request.session, limits, now=now):
                logout(request)
                del request.roles  # type: ignore[attr-defined]  # they were another person's
        return get_response(request)

    return middleware


def refuse_pages_of_others(get_response: GetResponse) -> GetResponse:
    """Refuse what comes from a page made for someone else, before any view runs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        page_of = request.headers.get(PERSON, "")
        if page_of and not was_signed_in:
            return not_saved(Reason.SIGNED_OUT)
        if page_of and not _is_for(request, page_of):
            return not_saved(Reason.OTHER_PERSON)
        if was_signed_in and not _is_for(request, _form_of(request)):
            return csrf_failure(request)
        return get_response(request)

    return middleware


def say_that_they_left(get_response: GetResponse) -> GetResponse:
    """Tell the next page that somebody has signed out: its script wipes what they typed and what
    was kept for them (static/js/offline/left.js), should the page that they left have failed to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response.set_cookie(
                LEFT,
                "yes",
                max_age=LEFT_SECONDS,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    return middleware


def _form_of(request: HttpRequest) -> str:
    """Whose page a script has just let a form go from; "" where no script has said so."""
    is_reading = request.method in READING or is_background(request)
    return "" if is_reading else request.COOKIES.get(SAVING, "").partition(".")[0]


def _is_for(request: HttpRequest, person: str) -> bool:
    return not person or constant_time_compare(person, Roles.of(request).person_id)


def confirm_saved_forms(get_response: GetResponse) -> GetResponse:
    """Tell the browser that a form sent from a page was accepted, so that it forgets what it
    kept of it. The redirect is the sign: every form here that is accepted ends in one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        asked = getattr(request, "saved_as", "")  # by way of the page of accounts.proof
        name = request.COOKIES.get(SAVING, "").partition(".")[2] or asked
        if name and request.method == "POST" and not is_background(request):
            response.delete_cookie(SAVING, samesite="Lax")
            if _is_accepted(response) and request.user.is_authenticated:
                response.set_cookie(
                    SAVED,
                    name[:64],
                    max_age=SAVED_SECONDS,
                    samesite="Lax",
                    secure=settings.SESSION_COOKIE_SECURE,
                )
        return response

    return middleware


def _is_accepted(response: HttpResponse) -> bool:
    return response.status_code == 302 and not response.has_header(REASON)


class SignInFirst(LoginRequiredMiddleware):
    """Django's, which also says that what was sent is not saved, and comes back to a page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]  # not only redirects
        if is_background(request) or _is_of_another_site(request):
            return not_saved(Reason.SIGNED_OUT)
        if request.method in READING:
            return super().handle_no_permission(request, view_func)
        messages.warning(
            request,
            _(
                "You were signed out, so what you sent was not saved. Sign in, then send it again."
                " If you are a patient and your clinic has closed the page, call them."
            ),
        )
        return redirect_to_login(page_before(request), self.get_login_url(view_func))


def _is_of_another_site(request: HttpRequest) -> bool:
    """A form that another site's page sends comes without cookies: whoever is signed in here is not
    signed out, and is not told so."""
    is_form = request.method not in READING
    return is_form and request.headers.get("Sec-Fetch-Site") == "cross-site"


def page_before(request: HttpRequest) -> str:
    """The page that held the form. The form's own address may take nothing but forms."""
    # Only of a form that cannot hold files: a stranger's upload is never read.
    sent = request.POST if request.content_type == PLAIN_FORM else {}
    page = sent.get(BACK) or request.headers.get("Referer", "")
    here = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(page, here, require_https=request.is_secure())
    parts = urlsplit(page if is_ours else "")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    # By itself a path may name another site: browsers read // and /\ as one.
    is_path = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)
    return path if is_path else reverse("home")
