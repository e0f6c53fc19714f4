"""The mail server misbehaves, each time in another way, drawn by the seed.

It answers late or twice, refuses for now or for good the recipient or the message, and
hangs up at DATA, before the final dot and after it, with the message or without.

Must hold: nobody gets a copy of what the server may have; only what it never answered is
uncertain; what it refused for now goes out later, what it refused for good is on record.
"""

from tests.faults import people
from tests.faults.stage import Stage
from tests.faults.tally import Tally

NAME = "mail server misbehaves"
PATIENTS = 1500
MANNERS = {
    "accept": 40,
    "slow": 5,
    "answer_twice": 10,
    "put_off_recipient": 10,
    "put_off_message": 10,
    "refuse_recipient": 5,
    "refuse_message": 5,
    "hang_up_at_data": 5,
    "hang_up_before_dot": 5,
    "lose_and_hang_up": 5,
    "keep_and_hang_up": 5,
}


def run(stage: Stage) -> tuple[Tally, str]:
    counted, met = Tally(), 0
    for _ in range(5 if stage.is_long else 1):
        played, meetings = morning(stage)
        counted, met = counted + played, met + meetings
    return counted, f"{met:,} tries, {len(MANNERS)} manners"


def morning(stage: Stage) -> tuple[Tally, int]:
    stage.begin(PATIENTS, **MANNERS)
    stage.go(people.MORNING)
    stage.settle()
    taken = stage.mail.taken()
    assert set(taken.met) == set(MANNERS), "a manner that nobody met"
    return stage.count(due=PATIENTS, in_flight=taken.unanswered), sum(taken.met.values())
