"""Hand out a PDF, or a page to keep. Who may have it is the view's question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programmes import keepsake
from programmes.letters import LettersMissing
from programmes.typesetting import Layout

# The names say nothing about whose they are, or what for.
FILE_NAME = "exercises.pdf"
PAGE_NAME = "exercises.html"


def answer_with(pdf: bytes, *, as_file: bool = False) -> HttpResponse:
    """The PDF, to look at and to print, or ``as_file`` to open elsewhere; kept by no cache."""
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'{"attachment" if as_file else "inline"}; filename="{FILE_NAME}"',
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def answer_to_keep(page: str) -> HttpResponse:
    """A page to save and to open from there. A browser that shows it at once shows it as nobody's:
    no script of it runs here, and it reads nothing that this site keeps.
    """
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{PAGE_NAME}"',
        "Content-Security-Policy": f"sandbox; {keepsake.policy()}",
    }
    return HttpResponse(page, content_type="text/html; charset=utf-8", headers=headers)


def ask_before_printing(request: HttpRequest, missing: LettersMissing) -> HttpResponse:
    """In place of a PDF: which of its letters would be empty boxes, and a way to print it so."""
    query = request.GET.copy()
    query["boxes"] = "1"
    context = {"missing": missing, "all_the_same": f"{request.path}?{query.urlencode()}"}
    return render(request, "programmes/letters_missing.html", context)


def boxes_asked(request: HttpRequest) -> bool:
    """Somebody has read which letters are missing, and prints all the same."""
    return request.GET.get("boxes") == "1"


def layout_asked(request: HttpRequest) -> Layout:
    """One sheet, unless every step with its picture is asked for."""
    return Layout.LONG if request.GET.get("form") == "long" else Layout.COMPACT


def file_asked(request: HttpRequest) -> bool:
    """From an app without a way back, a PDF would take the place of the page for good."""
    return request.GET.get("as") == "file"
