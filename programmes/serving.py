"""Hand out a PDF, or a page to keep. Who may have it is the view's question."""

from django.http import HttpRequest, HttpResponse

from programmes import keepsake
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


def layout_asked(request: HttpRequest) -> Layout:
    """One sheet, unless every step with its picture is asked for."""
    return Layout.LONG if request.GET.get("form") == "long" else Layout.COMPACT


def file_asked(request: HttpRequest) -> bool:
    """From an app without a way back, a PDF would take the place of the page for good."""
    return request.GET.get("as") == "file"
