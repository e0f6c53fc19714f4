"""The address /: leads to the first run, to someone's own home page, or says why there is none."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

import clock
from accounts import limits, services
from accounts.access import say_nothing_is_here
from accounts.actions import Action
from accounts.context import Roles
from accounts.forms.clinic import FirstRunForm
from accounts.refused import if_too_many
from accounts.requests import read_or_post
from accounts.sign_in import sign_in


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Role decides: caseload before own exercises, since the menu leads from one to the other."""
    if not request.user.is_authenticated:
        return redirect("first_run" if services.is_first_run() else "account_login")
    roles = Roles.of(request)
    if roles.is_clinician:
        return redirect("caseload:caseload")
    if roles.is_patient:
        return redirect("today:today")
    if roles.is_operator:
        return redirect("reminders:operating")
    return say_nothing_is_here(request, status=200)


@read_or_post
@login_not_required
@sensitive_post_parameters("password")
def first_run(request: HttpRequest) -> HttpResponse:
    """Sets up the first clinic and signs its lead in; gone as soon as an account exists."""
    if not services.is_first_run():
        raise Http404
    if request.method == "POST" and (
        refusal := if_too_many(request, limits.FIRST_RUN, now=clock.now())
    ):
        return refusal
    form = FirstRunForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/first_run.html", {"form": form}, status=status)
    try:
        membership = services.start_first_clinic(
            form.cleaned_data["clinic_name"],
            email=form.cleaned_data["email"],
            person_name=form.cleaned_data["name"],
            time_zone=form.cleaned_data["time_zone"],
            password=form.cleaned_data["password"],
            now=clock.now(),
            numbers=form.numbers,
        )
    except services.NotPossible:  # someone else was quicker
        return redirect("account_login")
    sign_in(request, membership.user, how=Action.SIGNED_IN_AT_START, now=clock.now())
    return redirect("home")
