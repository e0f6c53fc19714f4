"""How views find a draft, and what they answer when it has been published or deleted meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts.kept_query import KeptQuery
from accounts.models import User
from accounts.not_saved import Reason, not_saved
from accounts.requests import SignedInRequest
from accounts.views.looks import note_opened
from programmes.models import Item, Programme
from programmes.services import Frozen


def _programmes(user: UUID, programme: UUID) -> QuerySet[Programme]:
    visible = Programme.objects.visible_to(User(pk=user)).filter(pk=programme)
    return visible.select_related("clinic", "words")


def _items(user: UUID, programme: UUID, item: UUID) -> QuerySet[Item]:
    by = User(pk=user)
    visible = Item.objects.visible_to(by).filter(programme=programme, pk=item)
    return visible.with_newer(by).select_related("exercise_version__exercise")


PROGRAMME = KeptQuery(_programmes, user=UUID, programme=UUID)
ITEM = KeptQuery(_items, user=UUID, programme=UUID, item=UUID)


def _only[Row](found: list[Row]) -> Row:
    if not found:
        raise Http404
    return found[0]


def programme_of(
    request: SignedInRequest, programme_id: UUID, *, locked: bool = False, **only: Any
) -> Programme:
    """The one way to a programme; opening a patient's own is opening the record.

    ``only``: what else it has to be, such as ``is_template=True``; 404 otherwise.
    """
    if locked or only:
        programmes = _programmes(request.user.pk, programme_id).filter(**only)
        programme = get_object_or_404(
            programmes.select_for_update(of=("self",)) if locked else programmes
        )
    else:
        programme = _only(PROGRAMME(user=request.user.pk, programme=programme_id))
    if programme.patient_id is not None:
        note_opened(request, programme.patient_id, programme.clinic_id)
    return programme


def draft_of(request: SignedInRequest, programme_id: UUID, *, locked: bool = False) -> Programme:
    """A programme that may change. Raises Frozen, which ``drafts_only`` answers.

    ``locked``: as it is now, and nobody else changes it until the transaction ends.
    """
    programme = programme_of(request, programme_id, locked=locked)
    if programme.is_published:
        raise Frozen
    return programme


def item_of(request: SignedInRequest, draft: Programme, item_id: UUID) -> Item:
    item = _only(ITEM(user=request.user.pk, programme=draft.pk, item=item_id))
    item.programme = draft
    return item


def drafts_only[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Nothing of a published programme changes: say so; show it to the one who sent a page's form."""

    @wraps(view)
    def guarded(
        request: SignedInRequest, programme_id: UUID, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        try:
            return view(request, programme_id, *args, **kwargs)
        except Frozen as refusal:
            if request.htmx:  # what was typed stands on the page that sent it
                return not_saved(Reason.CHANGED)
            messages.error(request, str(refusal))
            return go(request, programme_id)
        except ObjectDoesNotExist as gone:
            raise Http404 from gone

    return cast(View, guarded)


def go(request: SignedInRequest, programme_id: UUID, after: str = "") -> HttpResponse:
    """To the programme's page; ``after`` is a query and an anchor. htmx loads it as a page too."""
    url = reverse("programmes:edit", args=[programme_id]) + after
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
