"""Who may open each page of the patient's own side."""

from datetime import timedelta
from uuid import uuid4

import clock
from accounts.tokens import hash_of
from exercises.models import Shown
from patients.models import AddressChange, Day, Invitation, Session
from patients.services import addresses, phones
from programmes.models import Item
from tests.access_routes import Audience, Route
from tests.cast import Cast
from tests.exercises.drawn import lying
from tests.factories import ExerciseVersionFactory
from tests.patients.scene import given_before, given_photo

TOKEN = "the-patients-token"


def be_today(cast: Cast) -> None:
    """The cast's day is today, so that it can be logged on."""
    Day.objects.filter(pk=cast.day.pk).update(on=clock.today("Europe/London"))


def log(cast: Cast) -> None:
    be_today(cast)
    now = clock.now()
    Session.objects.create(
        assignment=cast.assignment,
        day=cast.day,
        programme=cast.day.programme,
        client_id=uuid4(),
        performed_at=now,
        received_at=now,
        recorded_by=cast.patient,
    )


def give_photo(cast: Cast) -> None:
    """Another exercise that the patient was given: the clinic's own, with a photo."""
    given_photo(cast.record)


def the_photo(cast: Cast) -> dict:
    shown = Shown.objects.get()
    item = Item.objects.get(exercise_version=shown.version)
    return {"item_id": item.pk, "photo_id": shown.photo_id}


def give_drawn(cast: Cast) -> None:
    """Another exercise that the patient was given, which has a figure."""
    given_before(cast.record, ExerciseVersionFactory(figure=lying()))


def the_motion(cast: Cast) -> dict:
    item = Item.objects.exclude(exercise_version__figure={}).get()
    return {"item_id": item.pk, "mark": "0"}


def the_pictures(cast: Cast) -> dict:
    item = Item.objects.exclude(exercise_version__figure={}).get()
    return {"programme_id": item.programme_id, "mark": "0"}


def invite(cast: Cast) -> None:
    now = clock.now()
    Invitation.objects.create(
        patient=cast.record,
        address=cast.record.email,
        invited_by=cast.clinician,
        token_hash=hash_of(TOKEN),
        created_at=now,
        expires_at=now + timedelta(days=7),
    )


def show_code(cast: Cast) -> None:
    phones.make(cast.record, by=cast.clinician, now=clock.now())


def shown_code(cast: Cast) -> dict:
    return {"token": cast.record.phone_links.get().code_shown}


def agree(cast: Cast) -> None:
    """The clinic has confirmed another address, and the link is on its way."""
    now = clock.now()
    addresses.ask(cast.patient, address="sam@example.net", now=now)
    change = AddressChange.objects.get(patient=cast.record)
    addresses.confirm(change, by=cast.clinician, now=now)
    AddressChange.objects.update(token_hash=hash_of(TOKEN))


def the_session(cast: Cast) -> dict:
    return {"session_id": Session.objects.get().pk}


def one_tap(cast: Cast) -> dict:
    return {"client_id": uuid4(), "programme": cast.day.programme_id}


PAGES = ("today", "start", "choose", "progress", "settings", "who_looked", "own_why")
ROUTES = [
    Route("today:help", Audience.EVERYONE),
    *(Route(f"today:{name}", Audience.PATIENTS) for name in PAGES),
    *(
        Route(
            f"today:{name}",
            Audience.OWN_RECORD,
            lambda cast: {"item_id": cast.assignment.programme.items.get().pk},
            prepare=be_today,
        )
        for name in ("item", "how")
    ),
    Route("today:own_handout", Audience.OWN_RECORD),
    Route("today:own_keepsake", Audience.OWN_RECORD),
    Route(
        "today:follow_zone",
        Audience.OWN_RECORD,
        lambda cast: {"record_id": cast.record.pk},
        "post",
        data=lambda cast: {"time_zone": "Asia/Tokyo"},
    ),
    Route("today:pictures", Audience.OWN_RECORD, the_pictures, prepare=give_drawn),
    Route("today:item_motion", Audience.OWN_RECORD, the_motion, prepare=give_drawn),
    Route("today:item_photo", Audience.OWN_RECORD, the_photo, prepare=give_photo),
    Route(
        "today:session_log",
        Audience.OWN_RECORD,
        lambda cast: {"day_id": cast.day.pk},
        "post",
        data=one_tap,
        prepare=be_today,
    ),
    Route(
        "today:session",
        Audience.OWN_RECORD,
        lambda cast: {"day_id": cast.day.pk, "programme_id": cast.day.programme_id},
        prepare=be_today,
    ),
    Route("today:session_describe", Audience.OWN_RECORD, the_session, prepare=log),
    Route("today:session_undo", Audience.OWN_RECORD, the_session, "post", prepare=log),
    Route("today:warning", Audience.OWN_ELSE_HELP, lambda cast: {"record_id": cast.record.pk}),
    Route(
        "today:warning",
        Audience.OWN_ELSE_HELP,
        lambda cast: {"record_id": cast.record.pk},
        "post",
    ),
    Route(
        "today:is_stopped",
        Audience.OWN_RECORD,
        lambda cast: {"record_id": cast.record.pk},
    ),
    Route(
        "today:tell_of_pain",
        Audience.OWN_RECORD,
        lambda cast: {"record_id": cast.record.pk},
        "post",
    ),
    *(
        Route(
            f"today:{name}",
            Audience.OWN_RECORD,
            lambda cast: {"day_id": cast.day.pk},
            "post",
            prepare=be_today,
        )
        for name in ("not_today", "not_today_undo")
    ),
    Route("today:invitation", Audience.EVERYONE, lambda cast: {"token": TOKEN}, prepare=invite),
    Route("today:phone", Audience.EVERYONE, shown_code, prepare=show_code),
    Route("today:ask_address", Audience.PATIENTS),
    Route("today:keep_address", Audience.PATIENTS, method="post"),
    Route("today:new_address", Audience.EVERYONE, lambda cast: {"token": TOKEN}, prepare=agree),
    Route(
        "today:new_address",
        Audience.EVERYONE,
        lambda cast: {"token": TOKEN},
        "post",
        prepare=agree,
    ),
]
