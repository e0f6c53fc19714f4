"""Templates as a list: named, archived, brought back, made from a patient's own programme."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest, read_or_post
from programmes import shelf
from programmes.forms import TitleForm
from programmes.models import Programme
from programmes.views.drafts import programme_of


def template_of(request: SignedInRequest, programme_id: UUID) -> Programme:
    return programme_of(request, programme_id, is_template=True)


@read_or_post
@staff_required
def rename(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    template = template_of(request, programme_id)
    form = TitleForm(request.POST or None, initial={"title": template.title})
    if form.is_valid():
        title = form.cleaned_data["title"]
        shelf.rename(template, title=title, by=request.user, now=clock.now())
        messages.success(request, _("It is called “%(title)s” now.") % {"title": title})
        return redirect("programmes:edit", programme_id)
    return _page(request, "programmes/rename.html", form, template)


@require_POST
@staff_required
def archive(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    template = template_of(request, programme_id)
    shelf.archive(template, by=request.user, now=clock.now())
    words = _("“%(title)s” is archived. Patients who have it go on as before.")
    messages.success(request, words % {"title": template.title})
    return redirect("programmes:list")


@require_POST
@staff_required
def bring_back(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    template = template_of(request, programme_id)
    shelf.bring_back(template, by=request.user, now=clock.now())
    messages.success(request, _("“%(title)s” can be used again.") % {"title": template.title})
    return redirect("programmes:edit", programme_id)


@read_or_post
@staff_required
def save_as_template(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """From a draft or a published programme, a patient's or a template; that one stays."""
    programme = programme_of(request, programme_id)
    form = TitleForm(request.POST or None)
    if form.is_valid():
        title = form.cleaned_data["title"]
        twin = shelf.save_as_template(programme, title=title, by=request.user, now=clock.now())
        messages.success(
            request,
            _("This is the new template. Read its notes and advice, then publish it."),
        )
        return redirect("programmes:edit", twin.pk)
    return _page(request, "programmes/save_as_template.html", form, programme)


def _page(
    request: SignedInRequest, template: str, form: TitleForm, programme: Programme
) -> HttpResponse:
    context = {"form": form, "programme": programme}
    return render(request, template, context, status=422 if form.errors else 200)
