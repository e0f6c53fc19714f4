"""The demo's mail: outside the demo it is not there for anyone."""

from uuid import uuid4

from tests.access_routes import Audience, Route

NOT_THERE = frozenset({404})


def any_message(cast) -> dict:
    return {"key": uuid4()}


ROUTES = [
    Route("demo_mail:list", Audience.EVERYONE, also=NOT_THERE),
    Route("demo_mail:detail", Audience.EVERYONE, any_message, also=NOT_THERE),
    Route("demo_mail:html", Audience.EVERYONE, any_message, also=NOT_THERE),
]
