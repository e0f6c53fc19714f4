"""A clinic's own photos: the page of a draft's, and each of them for staff."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from exercises.forms.photos import (
    FILES,
    PhotoForm,
    WordsForm,
    refuse_too_many,
    rows_again,
    rows_for,
    rows_sent,
)
from exercises.models import ExerciseVersion, Photo, Shown
from exercises.services import photos as services
from pictures.serving import answer_with
from pictures.uploads import has_too_many_files, takes_pictures

DraftView = Callable[..., HttpResponse]


def drafts_only(view: DraftView) -> DraftView:
    """Hand the view the draft. The photos of what is published stay: say so, and show it."""

    @wraps(view)
    def guarded(
        request: SignedInRequest, draft_id: UUID, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        versions = ExerciseVersion.objects.visible_to(request.user)
        version = get_object_or_404(versions.select_related("exercise__clinic"), pk=draft_id)
        try:
            if version.is_published:
                raise services.NotADraft
            return view(request, version, *args, **kwargs)
        except services.NotADraft as refusal:
            messages.error(request, str(refusal))
            return redirect("exercises:detail", version.exercise.slug)

    return guarded


@read_or_post
@staff_required
@takes_pictures(FILES)
@drafts_only
def photos(request: SignedInRequest, draft: ExerciseVersion) -> HttpResponse:
    """The draft's photos, and rows to add more. What is right in a form is kept."""
    if request.method != "POST":
        return page(request, draft)
    rows = rows_sent(request.POST, request.FILES)
    if has_too_many_files(request):
        refuse_too_many(rows)
    taken = [row.taken for row in rows if row.is_filled]
    try:
        services.add(draft, taken, by=request.user, now=clock.now())
    except services.TooMany as refusal:
        messages.error(request, str(refusal))
        return page(request, draft, rows=rows, status=422)
    if taken:
        messages.success(request, added_in_words(len(taken)))
    if any(row.errors for row in rows):
        return page(request, draft, rows=rows, status=422)
    return redirect("exercises:photos", draft.pk)


def added_in_words(count: int) -> str:
    return ngettext("Photo added.", "%(count)d photos added.", count) % {"count": count}


@require_POST
@staff_required
@drafts_only
def describe(request: SignedInRequest, draft: ExerciseVersion, shown_id: UUID) -> HttpResponse:
    found = typed(request, draft, shown_id)
    if found is None:
        return gone(request, draft)
    shown, form = found
    if form.errors:
        return page(request, draft, typed=(shown, form), status=422)
    messages.success(request, _("Words saved."))
    return back_to(shown)


@require_POST
@staff_required
@drafts_only
def move(request: SignedInRequest, draft: ExerciseVersion, shown_id: UUID) -> HttpResponse:
    """``to`` is "up" or "down". Words that were typed in the same form are saved with it."""
    found = typed(request, draft, shown_id)
    if found is None:
        return gone(request, draft)
    shown, form = found
    up = request.POST.get("to") == "up"
    services.move(shown, up=up, by=request.user, now=clock.now())
    if "words" in form.conflicts:
        return page(request, draft, typed=(shown, form), status=422)
    return back_to(shown)


@transaction.atomic
def typed(
    request: SignedInRequest, draft: ExerciseVersion, shown_id: UUID
) -> tuple[Shown, WordsForm] | None:
    """A photo and its form as sent; right words are saved. None if it is gone."""
    services.open_draft(draft)
    shown, now = draft.shown.filter(pk=shown_id).first(), clock.now()
    if shown is None:
        return None
    form = WordsForm.of(shown, request.POST, by=request.user, now=now)
    if form.is_valid():
        services.describe(shown, **form.cleaned_data, by=request.user, now=now)
    return shown, form


@require_POST
@staff_required
@drafts_only
def remove(request: SignedInRequest, draft: ExerciseVersion, shown_id: UUID) -> HttpResponse:
    """Pressed twice, it is gone once."""
    shown = draft.shown.filter(pk=shown_id).first()
    if shown is None:
        return gone(request, draft)
    services.remove(shown, by=request.user, now=clock.now())
    messages.success(request, _("Photo removed."))
    return redirect("exercises:photos", draft.pk)


@require_safe
@staff_required
def photo(request: SignedInRequest, photo_id: UUID) -> HttpResponse:
    found = get_object_or_404(Photo.objects.visible_to(request.user), pk=photo_id)
    return answer_with(found.file)


def page(
    request: SignedInRequest,
    draft: ExerciseVersion,
    *,
    rows: list[PhotoForm] | None = None,
    typed: tuple[Shown, WordsForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """``rows`` as sent; ``typed``: a photo, and the form with the words typed for it."""
    shown = list(draft.shown.select_related("photo"))
    places = services.MOST - len(shown)
    wrong = {typed[0].pk: typed[1]} if typed else {}
    seen: dict[str, Any] = {"by": request.user, "now": clock.now()}
    context = {
        "draft": draft,
        "photos": [(one, wrong.get(one.pk) or WordsForm.of(one, **seen)) for one in shown],
        "rows": rows_for(places) if rows is None else rows_again(rows, places),
        "places": places,
        "most": services.MOST,
    }
    return render(request, "exercises/photos.html", context, status=status)


def gone(request: SignedInRequest, draft: ExerciseVersion) -> HttpResponse:
    messages.info(request, _("That photo has been removed already."))
    return redirect("exercises:photos", draft.pk)


def back_to(shown: Shown) -> HttpResponse:
    """To the photo's own place on the page."""
    return redirect(reverse("exercises:photos", args=[shown.version_id]) + f"#photo-{shown.pk}")
