"""Before and after the writing: begin an exercise, find its drafts, take it away, bring it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from exercises.forms.new import ForClinic, NewExerciseForm, NewNameForm, OwnVersionForm
from exercises.models import ExerciseVersion, Kind
from exercises.services import writing
from exercises.views.writing import version_of

ROWS = 25
NAME_LENGTH = 120  # characters, as the form's field


@require_safe
@staff_required
def drafts(request: SignedInRequest) -> HttpResponse:
    """Drafts, or with ``?show=archived`` what was put away."""
    archived = request.GET.get("show") == "archived"
    versions = ExerciseVersion.objects.visible_to(request.user).own()
    chosen = versions.archived() if archived else versions.drafts()
    listed = chosen.for_list_page().select_related("exercise__clinic", "written_by")
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "archived": archived, "unlisted": versions.unlisted().get()}
    return render(request, "exercises/drafts.html", context)


@read_or_post
@staff_required
def create(request: SignedInRequest) -> HttpResponse:
    """A search that found nothing leads here with the name that was typed."""
    form = filled(request, NewExerciseForm, name=request.GET.get("name", "")[:NAME_LENGTH])
    if not form.is_valid():
        return ask(request, "exercises/new.html", form)
    draft = writing.create(
        form.clinic,
        name=form.cleaned_data["name"],
        kind=Kind(form.cleaned_data["kind"]),
        by=request.user,
        now=clock.now(),
    )
    return redirect("exercises:edit", draft.pk)


@read_or_post
@staff_required
def make_own(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """Say what a clinic's own version does, and begin one."""
    version, form = original_of(request, version_id), filled(request, OwnVersionForm)
    if not form.is_valid():
        return ask(request, "exercises/make_own.html", form, version=version)
    draft = writing.copy(version, to=form.clinic, as_new=False, by=request.user, now=clock.now())
    return redirect("exercises:edit", draft.pk)


@read_or_post
@staff_required
def start_from(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """Another exercise that starts out like this one."""
    version, form = original_of(request, version_id), filled(request, NewNameForm)
    if not form.is_valid():
        return ask(request, "exercises/start_from.html", form, version=version)
    name = form.cleaned_data["name"]
    draft = writing.copy(
        version, to=form.clinic, as_new=True, name=name, by=request.user, now=clock.now()
    )
    return redirect("exercises:edit", draft.pk)


def original_of(request: SignedInRequest, version_id: UUID) -> ExerciseVersion:
    versions = ExerciseVersion.objects.visible_to(request.user).published()
    return get_object_or_404(versions.select_related("exercise__clinic"), pk=version_id)


def filled[F: ForClinic](request: SignedInRequest, form_class: type[F], **initial: Any) -> F:
    clinics = request.user.clinics_as_staff().order_by("name")
    sent = request.POST if request.method == "POST" else None
    return form_class(sent, clinics=clinics, initial=initial)


def ask(request: SignedInRequest, template: str, form: ForClinic, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


@require_POST
@staff_required
def revise(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    exercise = version_of(request, version_id).exercise
    draft = writing.revise(exercise, by=request.user, now=clock.now())
    return redirect("exercises:edit", draft.pk)


@read_or_post
@staff_required
def discard(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """One question first: a deleted draft cannot come back."""
    draft = version_of(request, version_id)
    if request.method != "POST":
        return render(request, "exercises/discard.html", {"draft": draft})
    try:
        writing.discard(draft, by=request.user, now=clock.now())
    except writing.Frozen as refusal:
        messages.error(request, str(refusal))
        return redirect("exercises:detail", draft.exercise.slug)
    messages.success(request, _("The draft of “%(name)s” is deleted.") % {"name": draft.name})
    return redirect("exercises:drafts")


@read_or_post
@staff_required
def remove(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """One question first; what someone was given is put away, not deleted."""
    version = version_of(request, version_id)
    if request.method != "POST":
        return render(request, "exercises/remove.html", {"version": version})
    if writing.remove(version.exercise, by=request.user, now=clock.now()):
        words = _("“%(name)s” is deleted: it was never in a programme.")
    else:
        words = _("“%(name)s” is archived: it is in a programme. Whoever has it keeps it.")
    messages.success(request, words % {"name": version.name})
    return redirect("exercises:list")


@require_POST
@staff_required
def restore(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    version = version_of(request, version_id)
    writing.restore(version.exercise, by=request.user, now=clock.now())
    messages.success(request, _("“%(name)s” is back in the library.") % {"name": version.name})
    return redirect("exercises:detail", version.exercise.slug)
