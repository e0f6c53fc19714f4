"""Hand out pictures or a movement to someone who may see them.

Who may is the view's question.
"""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from exercises import body_map, drawing, kept_pictures
from exercises.models import ExerciseVersion
from figures import outlines
from pictures.serving import kept


def answer_with_motion(version: ExerciseVersion, mark: str) -> HttpResponse:
    """The movement of a version's figure, whose mark stands in the address."""
    if not version.figure:
        raise Http404
    figure = drawing.drawn(version)
    response = HttpResponse(drawing.motion(figure), content_type="application/json")
    return kept(response, is_it=mark == drawing.motion_mark(figure))


def answer_with_sprite(sprite: str, mark: str) -> HttpResponse:
    """The pictures of a programme's version, which never changes."""
    return _svg(sprite, is_it=mark == drawing.mark())


def answer_with_picture(version: ExerciseVersion, shown: str, mark: str) -> HttpResponse:
    """A version's own picture: one of ``drawing.PICTURES``."""
    if not version.figure or shown not in drawing.PICTURES:
        raise Http404
    is_it = mark == drawing.picture_mark(drawing.drawn(version))
    return _svg(kept_pictures.picture_of(version, shown), is_it=is_it)


def answer_with_body(mark: str) -> HttpResponse:
    """The paths of the body map."""
    paths = render_to_string("exercises/body_map.svg", {"outlines": outlines()})
    return _svg(paths, is_it=mark == body_map.mark())


def _svg(picture: str, *, is_it: bool) -> HttpResponse:
    response = HttpResponse(picture, content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'"
    return kept(response, is_it=is_it)
