"""A draft's figure: choose one to begin with, adjust its poses one at a time, see it move."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

import clock
import figures
from accounts.access import staff_required
from accounts.models import User
from accounts.requests import SignedInRequest, read_or_post
from exercises.drawing import data_of, drawn
from exercises.forms.figure import ChooseForm, FindForm, PoseForm
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet
from exercises.pose_stamps import only_others_changed, stamps
from exercises.search import find
from exercises.services import writing
from exercises.views.writing import in_turn, published_since, version_of

PER_PAGE = 13  # with “No figure” two even rows
REFUSED = 422


@read_or_post
@staff_required
def choose(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Every figure that the clinic may start from; the one chosen is copied into the draft."""
    draft = version_of(request, draft_id)
    if draft.is_published:
        return published_since(request, draft)
    offered = figures_for(draft, request.user)
    form = ChooseForm(request.POST if request.method == "POST" else None, offered=offered)
    seen = request.POST.get("seen", "")
    if not form.is_valid():
        return gallery(request, draft, form)
    version = form.cleaned_data["version"]
    data = figures.for_steps(version.figure, len(draft.steps)) if version else {}
    try:
        store(request, draft, data, seen=seen)
    except writing.Stale as stale:
        return gallery(request, stale.draft, form, stale=str(stale))
    except writing.Frozen:
        return published_since(request, draft)
    if version:
        return redirect("exercises:figure", draft.pk)
    return redirect(reverse("exercises:edit", args=[draft.pk]) + "#figure")


def figures_for(draft: ExerciseVersion, user: User) -> ExerciseVersionQuerySet:
    """Current versions that are drawn: shared, or of the draft's own clinic."""
    usable = ExerciseVersion.objects.visible_to(user).usable_in(draft.exercise.clinic_id)
    return usable.exclude(figure={}).for_list_page()


def gallery(
    request: SignedInRequest, draft: ExerciseVersion, form: ChooseForm, *, stale: str = ""
) -> HttpResponse:
    looked_for = request.GET.get("find", "").strip()
    found = find(form.offered, looked_for)
    context = {
        "draft": draft,
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "finder": FindForm(request.GET),
        "query": urlencode({"find": looked_for}) if looked_for else "",
        "chosen": form.data.get("version", ""),
        "seen": request.POST.get("seen", "") if form.errors else draft.mark,
        "stale": stale,
    }
    status = REFUSED if form.errors or stale else 200
    return render(request, "exercises/choose_figure.html", context, status=status)


@read_or_post
@staff_required
def adjust(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """One pose of the draft's figure. ``do`` says which button was pressed."""
    draft = version_of(request, draft_id)
    if draft.is_published:
        return published_since(request, draft)
    if not is_drawn(draft):
        return redirect("exercises:choose_figure", draft.pk)
    frame = frame_asked(request, draft)
    if request.method != "POST":
        return page(request, draft, frame, form_for(request, draft, frame))
    do = request.POST.get("do", "save")
    if do in {"show", "play"}:
        form = form_for(request, draft, frame, request.POST)
        return show(request, draft, frame, form, moving=do == "play")
    return save(request, draft, frame, do)


def is_drawn(draft: ExerciseVersion) -> bool:
    return bool(draft.figure) and not figures.check(draft.figure)


def frame_asked(request: SignedInRequest, draft: ExerciseVersion) -> int:
    """From 0; an address that asks for no pose of the figure shows the first or the last."""
    asked = request.GET.get("pose", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    return min(max(number, 1), len(draft.figure["frames"])) - 1


def form_for(
    request: SignedInRequest, draft: ExerciseVersion, frame: int, data: QueryDict | None = None
) -> PoseForm:
    return PoseForm(
        data, figure=draft.figure, frame=frame, draft=draft, by=request.user, now=clock.now()
    )


def show(
    request: SignedInRequest, draft: ExerciseVersion, frame: int, form: PoseForm, *, moving: bool
) -> HttpResponse:
    """What is typed, drawn and not stored: the drawing alone where a script asks for it."""
    if request.headers.get("HX-Target") != "drawing":
        return page(request, draft, frame, form, moving=moving)
    context = drawing(form, frame, moving=moving) | {"form": form}
    if form.is_valid():
        return render(request, "exercises/_drawing.html", context)
    response = render(request, "exercises/_drawing_refused.html", context, status=REFUSED)
    response["HX-Retarget"], response["HX-Reswap"] = "#refused", "innerHTML"
    return response


@transaction.atomic
def save(request: SignedInRequest, draft: ExerciseVersion, frame: int, do: str) -> HttpResponse:
    """Save the pose; then stay, go on to the next, or put the poses in another order.

    Poses that someone else has changed meanwhile stay as they are now.
    """
    draft = in_turn(request, draft)
    if draft.is_published:
        return published_since(request, draft)
    if not is_as_given(request, draft, frame):
        return stale_page(request, writing.Stale(draft))
    form = form_for(request, draft, frame, request.POST)
    if do == "remove":  # what is typed for a pose that goes need not be right
        data = form.figure
    elif form.is_valid():
        data = form.drawn
    else:
        return page(request, draft, frame, form)
    data, frame = arranged(data, frame, do)
    store(request, draft, data, seen=draft.mark)
    messages.success(request, _("Figure saved."))
    return redirect(address(draft, frame))


def arranged(data: dict[str, Any], frame: int, do: str) -> tuple[dict[str, Any], int]:
    """The figure after a button, and the pose to go on with. What cannot be done leaves it."""
    count = len(data["frames"])
    if do == "add" and count < figures.MOST_FRAMES:
        return figures.with_copy(data, frame), frame + 1
    if do == "remove" and count > figures.FEWEST_FRAMES:
        return figures.without(data, frame), max(0, frame - 1)
    if do in {"earlier", "later"}:
        to = frame - 1 if do == "earlier" else frame + 1
        return figures.moved(data, frame, to=to), min(max(to, 0), count - 1)
    return data, min(frame + 1, count - 1) if do == "next" else frame


def is_as_given(request: SignedInRequest, draft: ExerciseVersion, frame: int) -> bool:
    """The page need not have the newest draft before it, if it has the pose as it is now."""
    if request.POST.get("seen", "") == draft.mark:
        return True
    given = request.POST.get("given_poses", "")
    return is_drawn(draft) and only_others_changed(draft.figure, given=given, frame=frame)


def store(
    request: SignedInRequest, draft: ExerciseVersion, data: dict[str, Any], *, seen: str
) -> None:
    writing.draw(draft, figure=data, seen=seen, by=request.user, now=clock.now())


def stale_page(request: SignedInRequest, stale: writing.Stale) -> HttpResponse:
    """Theirs is stored; what was typed here is on the page, to be saved on top or let go."""
    if not is_drawn(stale.draft):
        messages.info(request, str(stale))
        return redirect("exercises:choose_figure", stale.draft.pk)
    frame = frame_asked(request, stale.draft)
    form = form_for(request, stale.draft, frame, request.POST)
    return page(request, stale.draft, frame, form, stale=str(stale))


def address(draft: ExerciseVersion, frame: int) -> str:
    return reverse("exercises:figure", args=[draft.pk]) + f"?pose={frame + 1}"


def page(
    request: SignedInRequest,
    draft: ExerciseVersion,
    frame: int,
    form: PoseForm,
    *,
    stale: str = "",
    moving: bool = False,
) -> HttpResponse:
    is_right = not form.is_bound or form.is_valid()
    context = drawing(form, frame, moving=moving) | {
        "draft": draft,
        "form": form,
        "number": frame + 1,
        "stored": drawn(draft),
        "can_add": len(draft.figure["frames"]) < figures.MOST_FRAMES,
        "can_remove": len(draft.figure["frames"]) > figures.FEWEST_FRAMES,
        "seen": request.POST["seen"] if "seen" in request.POST and not stale else draft.mark,
        "given_poses": request.POST["given_poses"]
        if "given_poses" in request.POST and not stale
        else stamps(draft.figure),
        "stale": stale,
    }
    status = 200 if is_right and not stale else REFUSED
    return render(request, "exercises/figure.html", context, status=status)


def drawing(form: PoseForm, frame: int, *, moving: bool) -> dict[str, Any]:
    """The figure as typed; as stored where what is typed is not right."""
    data = form.drawn if form.is_bound and form.is_valid() else form.figure
    return {
        "drawn": figures.Figure(data_of(form.draft, data), form.draft.phases),
        "frame": frame,
        "moving": moving,
    }
