"""How views find a draft, and what they answer when it has been published or deleted meanwhile."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts.not_saved import Reason, not_saved
from accounts.views.looks import note_opened
from programmes.models import Item, Programme
from programmes.services import Frozen


def programme_of(request, programme_id, *, locked=False, **only):
    """The one way to a programme; opening a patient's own is opening the record.

    ``only``: what else it has to be, such as ``is_template=True``; 404 otherwise.
    """
    programmes = Programme.objects.visible_to(request.user).select_related("clinic", "words")
    if locked:
        programmes = programmes.select_for_update(of=("self",))
    programme = get_object_or_404(programmes, pk=programme_id, **only)
    if programme.patient_id is not None:
        note_opened(request, programme.patient_id, programme.clinic_id)
    return programme


def draft_of(request, programme_id, *, locked=False):
    """A programme that may change. Raises Frozen, which ``drafts_only`` answers.

    ``locked``: as it is now, and nobody else changes it until the transaction ends.
    """
    programme = programme_of(request, programme_id, locked=locked)
    if programme.is_published:
        raise Frozen
    return programme


def item_of(request, draft, item_id):
    items = Item.objects.visible_to(request.user).filter(programme=draft)
    items = items.with_newer(request.user)
    item = get_object_or_404(items.select_related("exercise_version__exercise"), pk=item_id)
    item.programme = draft
    return item


def drafts_only(view):
    """Nothing of a published programme changes: say so; show it to whoever sent a page's form."""

    @wraps(view)
    def guarded(request, programme_id, *args, **kwargs):
        try:
            return view(request, programme_id, *args, **kwargs)
        except Frozen as refusal:
            if request.htmx:  # what was typed stands on the page that sent it
                return not_saved(Reason.CHANGED)
            messages.error(request, str(refusal))
            return go(request, programme_id)
        except ObjectDoesNotExist as gone:
            raise Http404 from gone

    return guarded


def go(request, programme_id, after=""):
    """To the programme's page; ``after`` is a query and an anchor. htmx loads it as a page too."""
    url = reverse("programmes:edit", args=[programme_id]) + after
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
