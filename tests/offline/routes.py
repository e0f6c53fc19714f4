"""Who may open each address that a phone asks for to work without a network."""

from tests.access_routes import Audience, Route
from tests.today.routes import be_today

ROUTES = [
    Route("offline:worker", Audience.EVERYONE),
    Route("offline:kept", Audience.PATIENTS),
    Route(
        "offline:day",
        Audience.OWN_RECORD,
        lambda cast: {"day_id": cast.day.pk},
        prepare=be_today,
    ),
    Route(
        "offline:day_session",
        Audience.OWN_RECORD,
        lambda cast: {"day_id": cast.day.pk, "programme_id": cast.day.programme_id},
        prepare=be_today,
    ),
    Route("offline:stopped", Audience.OWN_RECORD, lambda cast: {"record_id": cast.record.pk}),
    # As the sweep sends it, it does not come from a script of ours.
    Route("offline:sessions", Audience.PATIENTS, method="post", also=frozenset({403})),
    Route("offline:without_network", Audience.EVERYONE),
    Route("offline:manifest", Audience.EVERYONE),
    Route("offline:favicon", Audience.EVERYONE),
    Route("offline:notices", Audience.EVERYONE, lambda cast: {"language": "en-gb", "mark": "old"}),
]
