"""Each view says which methods it takes: any other is answered by 405, before it does anything."""

from collections.abc import Callable, Iterator

from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.views.decorators.http import require_safe
from django.views.generic import View

# Of views decorated by require_safe, require_POST and the like: they all make one function.
SAYS_SO = require_safe(lambda request: None).__code__


def patterns(resolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern)


def layers(view: Callable) -> Iterator[Callable]:
    """The view with all its decorators, each without those around it."""
    yield view
    while view := getattr(view, "__wrapped__", None):
        yield view


def says_its_methods(view: Callable) -> bool:
    """By a decorator; or it is a class, whose methods are its functions."""
    is_class = issubclass(getattr(view, "view_class", object), View)
    return is_class or any(each.__code__ is SAYS_SO for each in layers(view))


def test_every_view_says_which_methods_it_takes() -> None:
    views = [pattern.callback for pattern in patterns(get_resolver())]
    silent = {f"{v.__module__}.{v.__name__}" for v in views if not says_its_methods(v)}
    assert silent == set(), "decorate these with require_safe, require_POST or the like"


def test_another_method_is_refused(db) -> None:
    answer = Client().delete(reverse("home"))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
