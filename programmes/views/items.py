"""The builder: a page that works by plain forms, and saves each change at once with htmx."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from programmes import builder, services, undo_basket
from programmes.forms import AddForm, DescribeForm, FindForm, ItemForm
from programmes.models import Item, Programme
from programmes.views.drafts import draft_of, drafts_only, go, item_of, programme_of
from programmes.views.pages import read


@read_or_post
@staff_required
@drafts_only
def edit(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """A draft opens in the builder; what is published can be read."""
    programme = programme_of(request, programme_id)
    if request.method == "POST":
        return describe(request, programme_id)
    if programme.is_published:
        return read(request, programme)
    if request.htmx.target in {"found", "rest"}:
        items = builder.items_of(programme)
        picks = builder.picks_of(programme, items=items, by=request.user, search=request.GET)
        part = "programmes/_picks.html" if "rest" in request.GET else "programmes/_found.html"
        return render(request, part, {"programme": programme, **picks})
    return page_of(request, programme)


@require_safe
@staff_required
def avoid(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """The boxes of what the library leaves out: fetched when they are opened."""
    programme_of(request, programme_id)
    return render(request, "exercises/_tick_boxes.html", {"field": FindForm(request.GET)["avoid"]})


def describe(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    now = clock.now()
    with transaction.atomic():
        draft = draft_of(request, programme_id, locked=True)
        form = DescribeForm(request.POST, instance=draft, by=request.user, now=now)
        if right := form.right_changes():
            values = {"title": draft.title, "advice": draft.advice, **right}
            services.describe(draft, **values, by=request.user, now=now)
    return answer(request, form, after="", describe=form)


@require_POST
@staff_required
@drafts_only
def change(request: SignedInRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """Without a script the arrows and the cross of an item are sent here, too."""
    match request.POST.get("to"):
        case "up" | "down":
            return move(request, programme_id, item_id)
        case "remove":
            return remove(request, programme_id, item_id)
    form = typed(request, programme_id, item_id)
    return answer(request, form, after=f"#item-{item_id}", sent=form)


@require_safe
@staff_required
@drafts_only
def fields(request: SignedInRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """An item's fields: a part of the builder's page, fetched when they are opened there."""
    draft = draft_of(request, programme_id)
    item = item_of(request, draft, item_id)
    form = ItemForm(instance=item, by=request.user, now=clock.now())
    return render(request, "programmes/_item_fields.html", {"form": form, "mark": draft.mark})


@require_safe
@staff_required
def how(request: SignedInRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """How to do an item, for its preview: a part of a page, fetched when it is opened there."""
    items = programme_of(request, programme_id).items.select_related("exercise_version__exercise")
    item = get_object_or_404(items, pk=item_id)
    context = {"version": item.exercise_version, "dose": item.dose, "side": item.side}
    return render(request, "exercises/_how_to.html", context)


@require_POST
@staff_required
@drafts_only
def add(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    draft = draft_of(request, programme_id)
    form = AddForm(request.POST, library=builder.library_for(draft, request.user))
    if not form.is_valid():
        messages.error(request, _("Choose an exercise from the list."))
        return go(request, programme_id)
    version = form.cleaned_data["version"]
    try:
        item = services.add_item(draft, version, by=request.user, now=clock.now())
    except services.AlreadyThere as refusal:
        return already_there(request, draft, refusal)
    except services.Gone as refusal:
        return gone(request, draft, refusal)
    return with_item(request, item, "programmes/_added.html", opened=True)


@require_POST
@staff_required
@drafts_only
def take_version(request: SignedInRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """The exercise's newer version, or the one before again. What was typed is saved with it."""
    item = item_of(request, draft_of(request, programme_id), item_id)
    form = AddForm(request.POST, library=builder.versions_for(item, request.user))
    before = item.exercise_version_id
    if not form.is_valid():
        return gone(request, item.programme, services.Gone())
    item = typed(request, programme_id, item_id).instance
    try:
        services.take_version(item, form.cleaned_data["version"], by=request.user, now=clock.now())
    except services.Gone as refusal:
        return gone(request, item.programme, refusal)
    return go(request, programme_id, f"?taken={item_id}&before={before}#item-{item_id}")


@require_POST
@staff_required
@drafts_only
def move(request: SignedInRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """``to`` is "up" or "down". What was typed in the same form is saved with it.

    What was open stays open: a script says so, without one whatever has its fields is.
    """
    form = typed(request, programme_id, item_id)
    item = form.instance
    up = request.POST.get("to") == "up"
    services.move_item(item, up=up, by=request.user, now=clock.now())
    if form.errors and not request.htmx:
        return whole_page(request, item.programme, sent=form)
    opened = form.is_bound and (not request.htmx or "open" in request.POST)
    return with_item(request, item, "programmes/_moved.html", opened=opened, sent=form)


@require_POST
@staff_required
@drafts_only
def remove(request: SignedInRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """Pressed twice, it is gone once."""
    draft = draft_of(request, programme_id)
    after = f"?removed={item_id}#removed-{item_id}"
    if undo_basket.name_of(request.session, draft, str(item_id)):
        return go(request, programme_id, after)
    item = item_of(request, draft, item_id)
    services.remove_item(item, by=request.user, now=clock.now())
    undo_basket.remember(request.session, item)
    if not request.htmx:
        return go(request, programme_id, after)
    return changed(request, draft, "programmes/_removed.html", item=item)


@require_POST
@staff_required
@drafts_only
def restore(request: SignedInRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """Pressed twice, it is back once."""
    draft = draft_of(request, programme_id)
    item = undo_basket.recall(request.session, draft, str(item_id))
    if item is None:
        return with_item(request, item_of(request, draft, item_id), "programmes/_added.html")
    try:
        services.restore_item(item, by=request.user, now=clock.now())
    except services.AlreadyThere as refusal:
        return already_there(request, draft, refusal)
    except services.Gone as refusal:
        return gone(request, draft, refusal)
    undo_basket.forget(request.session, str(item_id))
    return with_item(request, item, "programmes/_added.html")


@transaction.atomic
def typed(request: SignedInRequest, programme_id: UUID, item_id: UUID) -> ItemForm:
    """The item's form as sent. What is right and new is saved, whatever is wrong beside it.

    Not bound, if only a button was sent: the item was closed.
    """
    now = clock.now()
    item = item_of(request, draft_of(request, programme_id, locked=True), item_id)
    form = ItemForm(instance=item, by=request.user, now=now)
    if not form.fields.keys() & request.POST.keys():
        return form
    form = ItemForm(request.POST, instance=item, by=request.user, now=now)
    if right := form.right_changes():
        values = {"side": item.side, "note": item.note, **right}
        services.change_item(item, **values, by=request.user, now=now)
    return form


def answer(
    request: SignedInRequest, form: DescribeForm | ItemForm, *, after: str, **forms: Any
) -> HttpResponse:
    """After a form was sent: its errors or their absence, and all that depends on it."""
    programme = form.changed_row()
    if request.htmx:
        return changed(request, programme, "programmes/_changed.html", form=form)
    if form.errors:
        return whole_page(request, programme, **forms)
    return go(request, programme.pk, after)


def with_item(
    request: SignedInRequest,
    item: Item,
    template: str,
    *,
    opened: bool = False,
    sent: ItemForm | None = None,
) -> HttpResponse:
    """After an item came or moved: its card, and all that depends on it."""
    if not request.htmx:
        after = f"?open={item.pk}#item-{item.pk}" if opened else f"#item-{item.pk}"
        return go(request, item.programme_id, after)
    form = sent or ItemForm(instance=item, by=request.user, now=clock.now())
    shown = form if opened or form.errors else None
    return changed(request, item.programme, template, form=shown, item=item)


def changed(
    request: SignedInRequest,
    programme: Programme,
    template: str,
    *,
    form: DescribeForm | ItemForm | None = None,
    **context: Any,
) -> HttpResponse:
    """A part of the page for htmx, and the parts that depend on it out of band."""
    programme = programme_of(request, programme.pk)
    state = builder.state_of(programme, now=clock.now())
    refused = form is not None and bool(form.errors)
    context |= {"form": form, "refused": refused, **state}
    return render(request, template, context, status=422 if refused else 200)


def already_there(
    request: SignedInRequest, draft: Programme, refusal: services.AlreadyThere
) -> HttpResponse:
    """Words, and a way to the exercise that is in the programme already."""
    link = f"#item-{refusal.item.pk}"
    words = format_html('{} <a href="{}">{}</a>', str(refusal), link, _("Show it"))
    messages.warning(request, words)
    return go(request, draft.pk, link)


def gone(request: SignedInRequest, draft: Programme, refusal: services.Gone) -> HttpResponse:
    messages.error(request, str(refusal))
    return go(request, draft.pk)


def whole_page(request: SignedInRequest, programme: Programme, **forms: Any) -> HttpResponse:
    """With a form that came back; the rest as it is saved by now."""
    return page_of(request, programme_of(request, programme.pk), **forms)


def page_of(request: SignedInRequest, programme: Programme, **forms: Any) -> HttpResponse:
    context = builder.page_of(
        programme,
        by=request.user,
        now=clock.now(),
        search=request.GET,
        opened=request.GET.getlist("open"),
        **forms,
    )
    out = request.GET.get("removed", "")
    context |= {"gone_id": out, "gone": undo_basket.name_of(request.session, programme, out)}
    context |= {name: request.GET.get(name, "") for name in ("taken", "before")}
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "programmes/builder.html", context, status=status)
