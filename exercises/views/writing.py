"""Writing a clinic's own exercise: change it row by row, save, look at it, publish."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clock
from accounts.access import staff_required
from accounts.not_saved import REASON, Reason, is_background, not_saved
from accounts.requests import SignedInRequest, read_or_post
from exercises import editor
from exercises.forms.writing import WritingForm, as_asked
from exercises.models import ExerciseVersion
from exercises.services import writing
from exercises.services.neighbours import Circle
from exercises.services.turns import take_turn
from exercises.tasks import draw_pictures
from outbox.publish import publish_after_commit


def version_of(request: SignedInRequest, version_id: UUID) -> ExerciseVersion:
    """A version of a clinic's own exercise, published or not."""
    versions = ExerciseVersion.objects.visible_to(request.user).own()
    owned = versions.select_related("exercise__clinic", "written_by")
    owned = owned.prefetch_related("shown__photo")
    return get_object_or_404(owned, pk=version_id)


@read_or_post
@staff_required
def edit(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """``do`` says which button was pressed: to keep what is typed, or to change the page."""
    draft = version_of(request, version_id)
    if draft.is_published:
        return published_since(request, draft)
    if request.method != "POST":
        return page(request, draft, editor.form_for(draft, request.user, now=clock.now()))
    do = request.POST.get("do", "save")
    if do in {"save", "preview", "publish"}:
        return save(request, draft, do)
    changed = as_asked(request.POST, do)
    form = editor.form_for(draft, request.user, changed, asks=do, now=clock.now())
    return page(request, draft, form, seen=request.POST.get("seen"))


@transaction.atomic
def save(request: SignedInRequest, draft: ExerciseVersion, do: str) -> HttpResponse:
    """Save what was typed; then stay, show or publish it. What is refused stays on the page.

    A page that knows what it was given is compared field by field; another one as a whole.
    """
    draft = in_turn(request, draft)
    if draft.is_published:
        return published_since(request, draft)
    form = editor.form_for(draft, request.user, request.POST, now=clock.now())
    seen = draft.mark if "given-name" in request.POST else request.POST.get("seen", "")
    if not form.is_valid():
        return page(request, draft, form, seen=seen)
    try:
        draft = store(request, draft, form, seen=seen)
        if do == "publish":
            writing.publish(draft, by=request.user, now=clock.now())
            publish_after_commit(draw_pictures)
    except writing.Stale as stale:
        return page(request, stale.draft, form, stale=str(stale))
    except Circle as circle:
        form.add_error("harder", str(circle))
        return page(request, draft, form, seen=seen)
    except writing.NotReady as refusal:
        return missing(request, draft, form, refusal)
    except writing.Frozen:
        return published_since(request, draft)
    return after_saving(request, draft, do)


def in_turn(request: SignedInRequest, draft: ExerciseVersion) -> ExerciseVersion:
    """The draft as it is now; nobody else changes it until the transaction ends."""
    take_turn(writing.owner_of(draft.exercise))
    return version_of(request, draft.pk)


def store(
    request: SignedInRequest, draft: ExerciseVersion, form: WritingForm, *, seen: str
) -> ExerciseVersion:
    return writing.save(
        draft,
        columns=form.columns,
        kind=form.cleaned_data["kind"],
        neighbours=form.neighbours,
        had=editor.had(request.POST),
        seen=seen,
        by=request.user,
        now=clock.now(),
    )


def after_saving(request: SignedInRequest, draft: ExerciseVersion, do: str) -> HttpResponse:
    if do == "preview":
        return redirect("exercises:preview", draft.pk)
    if do == "save":
        messages.success(request, _("Draft saved."))
        return redirect("exercises:edit", draft.pk)
    if writing.replaces_shared(draft.exercise):
        words = _("Published. Your clinic now has this in place of the shared exercise.")
    else:
        words = _("Published. It can be prescribed now.")
    messages.success(request, words)
    return redirect("exercises:detail", draft.exercise.slug)


def missing(
    request: SignedInRequest, draft: ExerciseVersion, form: WritingForm, refusal: writing.NotReady
) -> HttpResponse:
    messages.warning(request, str(refusal))
    for name, words in refusal.missing.items():
        form.add_error(name, words)
    return page(request, draft, form, is_saved=True)


def published_since(request: SignedInRequest, draft: ExerciseVersion) -> HttpResponse:
    if is_background(request):  # what was typed stands on the page that sent it
        return not_saved(Reason.CHANGED)
    messages.info(request, str(writing.Frozen()))
    response = redirect("exercises:detail", draft.exercise.slug)
    response[REASON] = Reason.CHANGED.value
    return response


def page(
    request: SignedInRequest,
    draft: ExerciseVersion,
    form: WritingForm,
    *,
    seen: str | None = None,
    stale: str = "",
    is_saved: bool = False,
) -> HttpResponse:
    """``seen``: the state of the draft that the writer has before them, if not the present one."""
    is_stored = is_saved or not form.is_bound
    context = editor.page_of(draft, request.user, form, is_stored=is_stored) | {
        "seen": draft.mark if seen is None else seen,
        "stale": stale,
        "unsaved": not is_stored,
    }
    status = 422 if form.errors or stale else 200
    return render(request, "exercises/edit.html", context, status=status)


@require_safe
@staff_required
def preview(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """The draft as its patients will read it."""
    draft = version_of(request, version_id)
    return render(request, "exercises/preview.html", {"version": draft})
