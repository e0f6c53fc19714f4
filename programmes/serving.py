"""Hand out a PDF. Who may have it is the view's question."""

from django.http import HttpRequest, HttpResponse

from programmes.typesetting import Layout

FILE_NAME = "exercises.pdf"  # says nothing about whose they are, or what for


def answer_with(pdf: bytes) -> HttpResponse:
    """The PDF, to look at and to print; kept by no cache."""
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'inline; filename="{FILE_NAME}"',
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def layout_asked(request: HttpRequest) -> Layout:
    """One sheet, unless every step with its picture is asked for."""
    return Layout.LONG if request.GET.get("form") == "long" else Layout.COMPACT
