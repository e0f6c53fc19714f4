"""What every site is asked for: open to everybody."""

from tests.access_routes import Audience, Route

ROUTES = [
    Route("robots_txt", Audience.EVERYONE),
    Route("security_txt", Audience.EVERYONE, also=frozenset({404})),
]
