"""Who may open each address that a phone asks for to work without a network."""

from tests.access_routes import Audience, Route

ROUTES = [
    Route("offline:worker", Audience.EVERYONE),
    Route("offline:manifest", Audience.EVERYONE),
    Route("offline:favicon", Audience.EVERYONE),
]
