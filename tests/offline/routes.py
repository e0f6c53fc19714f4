"""Who may open each address that a phone asks for to work without a network."""

from tests.access_routes import Audience, Route

ROUTES = [
    Route("offline:worker", Audience.EVERYONE),
    # As the sweep sends it, it does not come from a script of ours.
    Route("offline:sessions", Audience.PATIENTS, method="post", also=frozenset({403})),
    Route("offline:without_network", Audience.EVERYONE),
]
