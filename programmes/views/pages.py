"""Pages about whole programmes: the list, a new one, reading, publishing and copying one."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, is_page_of_ours, read_or_post
from programmes import builder, services
from programmes.forms import ListForm, NewProgrammeForm
from programmes.models import TITLE_LENGTH, Programme
from programmes.views.drafts import draft_of, drafts_only, programme_of

ROWS = 25


@require_safe
@staff_required
def programmes(request: SignedInRequest) -> HttpResponse:
    form = ListForm(request.GET)
    templates = Programme.objects.visible_to(request.user).templates()
    found = form.apply(templates.current()).for_list()
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    now = clock.now()
    for programme in page.object_list:
        programme.saved = builder.saved_of(programme, now=now)
    query = urlencode({key: value for key, value in form.cleaned_data.items() if value})
    context = {"form": form, "page": page, "query": query, "filtered": bool(query)}
    if not page.object_list:
        context["has_archived"] = templates.archived().exists()
    return render(request, "programmes/list.html", context)


@read_or_post
@staff_required
def create(request: SignedInRequest) -> HttpResponse:
    clinics = request.user.clinics_as_staff().order_by("name")
    form = NewProgrammeForm(request.POST or None, clinics=clinics)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "programmes/create.html", {"form": form}, status=status)
    clinic = form.cleaned_data.get("clinic") or clinics[0]
    title = form.cleaned_data["title"]
    programme = services.create(clinic, title=title, by=request.user, now=clock.now())
    return redirect("programmes:edit", programme.pk)


def read(request: SignedInRequest, programme: Programme) -> HttpResponse:
    """A published programme in words, with what can be done with it."""
    line = Programme.objects.visible_to(request.user).filter(line_id=programme.line_id)
    context = builder.state_of(programme, now=clock.now())
    later = line.filter(version__gt=programme.version)
    context["newer"] = later.published().order_by("-version").first()
    context["draft"] = later.drafts().first()
    return render(request, "programmes/detail.html", context)


@require_safe
@staff_required
def preview(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """All that the patient will read, on one page."""
    programme = programme_of(request, programme_id)
    items = list(programme.items.for_page().with_photos())
    context = builder.state_of(programme, items=items, now=clock.now())
    return render(request, "programmes/preview.html", context)


@require_POST
@staff_required
def publish(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """For templates; a patient's own programme is published where its days are laid again."""
    draft = programme_of(request, programme_id, is_template=True)
    try:
        services.publish(draft, by=request.user, now=clock.now(), seen=request.POST.get("seen"))
    except (services.NotPublishable, services.Changed) as reason:
        messages.error(request, str(reason))
    except services.Frozen:  # pressed twice: the first press has said so
        return redirect("programmes:edit", programme_id)
    else:
        messages.success(request, _("Published. It can be assigned now."))
    return redirect("programmes:edit", programme_id)


@require_POST
@staff_required
def revise(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = programme_of(request, programme_id)
    draft = services.revise(programme, by=request.user, now=clock.now())
    return redirect("programmes:edit", draft.pk)


@require_POST
@staff_required
def copy(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Something to work on; the original stays as it is.

    Of templates: a patient's own is saved as a template, under a title that is asked for.
    """
    programme = programme_of(request, programme_id, is_template=True)
    title = _title_of_copy(programme)
    twin = services.copy_as_draft(programme, title=title, by=request.user, now=clock.now())
    messages.success(request, _("This is a copy to work on. Give it a title of its own."))
    return redirect("programmes:edit", twin.pk)


def _title_of_copy(programme: Programme) -> str:
    """ "Copy of …"; where that would be too long, the title as it is, whole."""
    title = _("Copy of %(title)s") % {"title": programme.title}
    return title if len(title) <= TITLE_LENGTH else programme.title


@read_or_post
@staff_required
@drafts_only
def delete(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """One question first: a deleted draft cannot come back."""
    draft = draft_of(request, programme_id)
    if request.method != "POST":
        return render(request, "programmes/delete.html", {"programme": draft})
    services.discard(draft, by=request.user, now=clock.now())
    messages.success(request, _("“%(title)s” is deleted.") % {"title": draft.title})
    return redirect(_after_delete(request))


def _after_delete(request: SignedInRequest) -> str:
    """Where the question stood: a patient's own draft names the record."""
    place = request.POST.get("next", "")
    if is_page_of_ours(request, place):
        return place
    return "programmes:list"
