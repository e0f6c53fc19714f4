"""Who is in the demo clinic, and how each of them gets on. Invented, all of them."""

from dataclasses import dataclass, field
from enum import Enum, auto
from random import Random

from caseload.concerns import Kind

# Every number is one that is kept free for drama: nobody can be rung by it.
CLINIC = "Riverside Physiotherapy"
TELEPHONE = "020 7946 0958"
OPENING_HOURS = "Mon to Fri, 8:30 to 17:00"
LEAD = ("lead@demo.example", "Helen Marsh")
CLINICIAN = ("physio@demo.example", "Priya Shah")
PASSWORD = "stretch-twice-daily"  # noqa: S105  the demo's, on every page that offers it
WEEKS = 6
FLARE_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Note:
    """Someone at the clinic deals with what stands of these kinds at that time."""

    days_ago: int
    hour: int
    kinds: tuple[Kind, ...]
    how: str
    words: str = ""
    ask_again_in: int = 0  # days after that, of "ask again"


class State(Enum):
    RUNNING = auto()
    INVITED = auto()  # the invitation is open
    PAUSED = auto()  # since five days ago
    FINISHED = auto()  # ended a week ago
    CLOSED = auto()  # access was closed since the last session


class Template(Enum):
    HAMSTRINGS = auto()
    GENTLE_START = auto()


@dataclass(frozen=True, kw_only=True)
class Person:
    """``chances`` are those of doing none, one, two or three sessions on a day."""

    name: str
    called: str = ""
    email: str = ""
    telephone: str = ""  # as someone in Britain writes it
    chances: tuple[int, int, int, int] = (1, 2, 5, 2)
    state: State = State.RUNNING
    template: Template = Template.HAMSTRINGS
    zone: str = "Europe/London"
    started_days_ago: int = 7 * WEEKS
    review_in_days: int = 12
    silent_days: int = 0
    done_today: int = 1
    pain: tuple[int, int] = (5, 2)  # 0–10, at the start and now
    flare: int = 0  # points more on each of the last FLARE_DAYS days
    by_lead: bool = False
    mail_comes_back: bool = False
    warned: tuple[str, ...] = ()  # told of these signs an hour ago
    hurts_today: int = 0  # pain after each session of today, if not 0
    # Days ago → what hurts in the first session: the pain by the place in the programme, from 0.
    exercises_hurt: dict[int, dict[int, int]] = field(default_factory=dict)
    precautions: tuple[str, ...] = ()  # of the record, as the vocabulary has them
    notes: dict[int, str] = field(default_factory=dict)  # days ago → what the patient wrote
    dealt_with: tuple[Note, ...] = ()

    def sessions_on(self, days_ago: int, chance: Random) -> int:
        if days_ago < self.silent_days:
            return 0
        if days_ago == 0:
            return self.done_today
        return chance.choices(range(4), weights=self.chances)[0]

    def pain_on(self, days_ago: int, chance: Random) -> int:
        """Along the line from the first number to the second, a point up or down."""
        first, last = self.pain
        share = days_ago / max(self.started_days_ago, 1)
        straight = last + (first - last) * share
        if days_ago == 0 and self.hurts_today:
            return self.hurts_today
        flare = self.flare if days_ago < FLARE_DAYS else 0
        return min(10, max(0, round(straight + flare + chance.uniform(-0.9, 0.9))))


PEOPLE = [
    Person(
        name="Sam Reed",
        called="Sam",
        email="patient@demo.example",
        telephone="020 7946 0112",
        chances=(1, 2, 6, 2),
        notes={
            9: "Easier in the mornings now.",
            2: "Managed it at work, on the meeting room floor.",
        },
    ),
    Person(
        name="Amira Khan",
        called="Amira",
        email="amira@demo.example",
        telephone="0113 496 0147",
        chances=(3, 3, 4, 0),
        started_days_ago=30,
        review_in_days=9,
        pain=(2, 2),
        flare=3,
        precautions=("IRR", "PREG"),
        notes={3: "Leg felt worse after a long drive.", 1: "Sore at the back of the thigh."},
    ),
    Person(
        name="Tom Barker",
        email="tom@demo.example",
        telephone="020 7946 0163",
        chances=(4, 3, 3, 0),
        silent_days=12,
        review_in_days=2,
        done_today=0,
        notes={13: "Hard to find the time with the new shifts."},
        dealt_with=(
            Note(
                days_ago=6,
                hour=11,
                kinds=(Kind.SILENT,),
                how="contacted",
                words="Rang him: late shifts until Friday, then he starts again.",
            ),
        ),
    ),
    Person(
        name="Lena Wolf",
        called="Lena",
        email="lena@demo.example",
        telephone="0117 496 0128",
        state=State.INVITED,
        started_days_ago=4,
        review_in_days=38,
        done_today=0,
    ),
    Person(
        name="Grace Okafor",
        called="Mrs Okafor",
        email="grace@demo.example",
        telephone="0121 496 0182",
        chances=(0, 0, 3, 7),
        done_today=2,
        review_in_days=20,
        pain=(6, 1),
        exercises_hurt={4: {1: 4}, 1: {1: 5}},
        precautions=("BP",),
        notes={15: "I do them while the kettle boils."},
    ),
    Person(
        name="Peter Lindqvist",
        email="peter@demo.example",
        telephone="0131 496 0115",
        chances=(4, 4, 3, 0),
        review_in_days=15,
        done_today=0,
        pain=(4, 3),
        by_lead=True,
        mail_comes_back=True,
    ),
    Person(
        name="Mei Tanaka",
        called="Mei",
        email="mei@demo.example",
        chances=(0, 2, 6, 2),
        zone="Asia/Tokyo",
        started_days_ago=25,
        review_in_days=17,
        pain=(5, 3),
        by_lead=True,
    ),
    Person(
        name="George Papadakis",
        called="Mr Papadakis",
        email="george@demo.example",
        telephone="0161 496 0139",
        chances=(1, 2, 7, 2),
        state=State.FINISHED,
        silent_days=7,
        review_in_days=-7,
        done_today=0,
        pain=(6, 0),
    ),
    Person(
        name="Ruth Morgan",
        email="ruth@demo.example",
        telephone="029 2018 0156",
        chances=(1, 3, 6, 1),
        state=State.PAUSED,
        silent_days=5,
        review_in_days=25,
        done_today=0,
        template=Template.GENTLE_START,
    ),
    Person(
        name="Irene Walsh",
        email="irene@demo.example",
        telephone="0118 496 0133",
        chances=(1, 3, 6, 1),
        state=State.CLOSED,
        silent_days=3,
        review_in_days=19,
        done_today=0,
        pain=(4, 2),
        by_lead=True,
    ),
    Person(
        name="Daniel Price",
        called="Dan",
        telephone="020 7946 0171",
        chances=(3, 5, 2, 0),
        started_days_ago=28,
        review_in_days=14,
        template=Template.GENTLE_START,
        pain=(5, 4),
    ),
    Person(
        name="Olga Novak",
        email="olga@demo.example",
        telephone="0116 496 0194",
        chances=(2, 4, 4, 0),
        review_in_days=-5,
        pain=(4, 2),
        by_lead=True,
        dealt_with=(
            Note(
                days_ago=2,
                hour=15,
                kinds=(Kind.REVIEW,),
                how="ask_again",
                words="Check-up is booked; she asked for a later day.",
                ask_again_in=5,
            ),
        ),
    ),
    Person(
        name="Nadia Haddad",
        email="nadia@demo.example",
        telephone="020 7946 0145",
        chances=(1, 3, 5, 1),
        started_days_ago=16,
        review_in_days=26,
        pain=(5, 4),
        warned=("bladder",),
    ),
    Person(
        name="Joe Sullivan",
        email="joe@demo.example",
        telephone="0113 496 0168",
        chances=(1, 3, 5, 1),
        started_days_ago=20,
        review_in_days=22,
        done_today=2,
        pain=(3, 3),
        hurts_today=7,
        exercises_hurt={0: {1: 7}},
    ),
    Person(
        name="Ben Carter",
        called="Ben",
        email="ben@demo.example",
        started_days_ago=0,
        review_in_days=42,
        done_today=0,
        template=Template.GENTLE_START,
    ),
]
