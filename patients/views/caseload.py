"""The clinician's first page: everybody they look after, who needs them first."""

from django.core.paginator import Paginator
from django.shortcuts import render

import clock
from accounts.access import staff_required
from patients import dealing
from patients.caseload import read_page, rows_of
from patients.forms.caseload import CaseloadForm
from patients.models import Patient
from patients.views.just_dealt import just_dealt_with

ROWS = 25


@staff_required
def caseload(request):
    now = clock.now()
    form = CaseloadForm(request.GET)
    mine_or_all = Patient.objects.visible_to(request.user).in_care_of(request.user)
    rows = rows_of(form.apply(mine_or_all, request.user), now=now)
    needing = [row for row in rows if row.concerns]
    page = Paginator(needing if form.needs_me else rows, ROWS).get_page(request.GET.get("page"))
    read_page(page.object_list, now=now)
    counts = {"all": len(rows), "needs": len(needing)}
    context = {
        "form": form,
        "page": page,
        "counts": counts,
        "who_chips": form.who_chips(),
        "just_dealt": just_dealt_with(request),
        "show_chips": form.show_chips(counts),
        "thresholds": dealing.thresholds(),
    }
    return render(request, "patients/caseload.html", context)
