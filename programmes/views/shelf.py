"""Templates as a list: named, archived, brought back, made from a patient's own programme."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import clock
from accounts.access import staff_required
from programmes import shelf
from programmes.forms import TitleForm
from programmes.views.drafts import programme_of


def template_of(request, programme_id):
    return programme_of(request, programme_id, is_template=True)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def rename(request, programme_id):
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
def archive(request, programme_id):
    template = template_of(request, programme_id)
    shelf.archive(template, by=request.user, now=clock.now())
    words = _("“%(title)s” is archived. Patients who have it go on as before.")
    messages.success(request, words % {"title": template.title})
    return redirect("programmes:list")


@require_POST
@staff_required
def bring_back(request, programme_id):
    template = template_of(request, programme_id)
    shelf.bring_back(template, by=request.user, now=clock.now())
    messages.success(request, _("“%(title)s” can be used again.") % {"title": template.title})
    return redirect("programmes:edit", programme_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def save_as_template(request, programme_id):
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


def _page(request, template, form, programme):
    context = {"form": form, "programme": programme}
    return render(request, template, context, status=422 if form.errors else 200)
