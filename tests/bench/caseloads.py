"""Whole caseloads, made by the database itself: three of ten patients have a reason to be seen.

Everyone has two weeks of a programme behind them and two ahead. What asks for a clinician
differs from patient to patient, so that the page has every kind of row to show.
"""

from datetime import date

from django.db import connection

from accounts.models import Membership, User
from tests import owner
from tests.bench.multitude import KEY
from tests.factories import ExerciseVersionFactory, MembershipFactory

DAYS_BACK, DAYS_AHEAD = 14, 13
SESSIONS_A_DAY = 2
FIRST = ["Ada", "Ben", "Chloé", "Dan", "Eve", "Femi", "Gita", "Hal", "Ines", "Jo", "Kit"]
LAST = ["Adams", "Brown", "Chaudhry", "Davies", "Evans", "Fox", "Green", "Hughes", "Iqbal"]
CLINIC_KEYS = 1_000_000  # so many patients have keys of their own in each clinic

# What asks for a clinician, if anything. ``n`` is the patient's number.
ASKS = """
CREATE FUNCTION pg_temp.asks(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT CASE
    WHEN n % 10 = 1 THEN 'silent'
    WHEN n % 10 = 4 THEN (ARRAY['pain', 'review', 'over'])[n / 10 % 3 + 1]
    WHEN n % 10 = 7 THEN (ARRAY['hurt', 'left_out'])[n / 10 % 2 + 1]
END $$
"""

ROWS = [
    """
INSERT INTO accounts_user (id, email, name, password, is_active, is_operator, created_at,
    session_round)
SELECT pg_temp.key('user', n), md5(n::text) || '@example.org', '', '!', true, false, now(), 0
FROM generate_series(%(first)s, %(last)s) n
""",
    """
INSERT INTO patients_patient
    (id, name, called, email, telephone, precautions, time_zone, language, created_at,
     access_closed_because, clinic_id, clinician_id, user_id)
SELECT pg_temp.key('patient', n),
    (%(first_names)s::text[])[n %% 11 + 1] || ' ' || (%(last_names)s::text[])[n %% 9 + 1],
    '', md5(n::text) || '@example.org', '', '{}', 'Europe/London', 'en-gb', now(), '',
    %(clinic)s, %(clinician)s, pg_temp.key('user', n)
FROM generate_series(%(first)s, %(last)s) n
""",
    """
INSERT INTO programmes_programme
    (id, line_id, version, title, is_template, patient_id, created_at, saved_at,
     published_at, clinic_id, created_by_id)
SELECT pg_temp.key('programme', n), pg_temp.key('line', n), 1, 'Knee', false,
    pg_temp.key('patient', n), now(), now(), now(), %(clinic)s, %(clinician)s
FROM generate_series(%(first)s, %(last)s) n
""",
    """
INSERT INTO programmes_item (id, position, side, programme_id, exercise_version_id, dose_kind,
    hold_seconds_min, hold_seconds_max, repetitions_min, repetitions_max, per_day_min,
    per_day_max, weekdays)
SELECT pg_temp.key('item', n), 0, 'left', pg_temp.key('programme', n), %(version)s, 'hold',
    20, 30, 2, 3, 2, 3, '{0,1,2,3,4,5,6}'
FROM generate_series(%(first)s, %(last)s) n
""",
    """
INSERT INTO patients_assignment
    (id, starts_on, review_on, end_reason, assigned_at, assigned_by_id, programme_id, patient_id)
SELECT pg_temp.key('assignment', n), %(today)s::date - %(back)s,
    %(today)s::date + CASE WHEN pg_temp.asks(n) = 'review' THEN -3 ELSE n %% 28 + 1 END, '',
    now() - interval '1 day' * %(back)s, %(clinician)s, pg_temp.key('programme', n),
    pg_temp.key('patient', n)
FROM generate_series(%(first)s, %(last)s) n
""",
    """
INSERT INTO patients_day
    (id, "on", state, asked_min, asked_max, assignment_id, programme_id)
SELECT pg_temp.key('day' || back, n), %(today)s::date - back, 'asked', 2, 3,
    pg_temp.key('assignment', n), pg_temp.key('programme', n)
FROM generate_series(%(first)s, %(last)s) n, generate_series(-%(ahead)s, %(back)s) back
""",
    """
INSERT INTO patients_session
    (id, client_id, performed_at, received_at, source, effort, note, pain_after, assignment_id,
     day_id, programme_id, recorded_by_id)
SELECT pg_temp.key('session' || back || time, n), pg_temp.key('client' || back || time, n),
    %(today)s::date - back + time '08:00' + time * interval '3 hours',
    %(today)s::date - back + time '08:00' + time * interval '3 hours', 'patient', 'right',
    CASE WHEN back = 1 AND n %% 4 = 0 THEN 'The stairs are easier than they were.' ELSE '' END,
    CASE WHEN back = 1 AND pg_temp.asks(n) = 'pain' THEN 8 ELSE n %% 4 END,
    pg_temp.key('assignment', n), pg_temp.key('day' || back, n), pg_temp.key('programme', n),
    pg_temp.key('user', n)
FROM generate_series(%(first)s, %(last)s) n, generate_series(1, %(back)s) back,
    generate_series(1, 4) time
WHERE time <= CASE WHEN back = 1 AND pg_temp.asks(n) = 'over' THEN 4 ELSE %(sessions)s END
    AND NOT (back <= 6 AND coalesce(pg_temp.asks(n), '') = 'silent')
    AND NOT (back = 1 AND coalesce(pg_temp.asks(n), '') = 'left_out')
""",
    """
INSERT INTO patients_tick (id, result, skip_reason, amount, pain, item_id, session_id)
SELECT gen_random_uuid(), CASE WHEN hurts THEN 'hurt' ELSE 'done' END, '',
    CASE WHEN hurts THEN 1 END, CASE WHEN hurts THEN 6 END, pg_temp.key('item', n),
    pg_temp.key('session' || back || time, n)
FROM generate_series(%(first)s, %(last)s) n, generate_series(1, %(back)s) back,
    generate_series(1, 4) time, (VALUES (0)) one
    CROSS JOIN LATERAL (SELECT back <= 2 AND coalesce(pg_temp.asks(n), '') = 'hurt') of (hurts)
WHERE EXISTS (
    SELECT FROM patients_session WHERE id = pg_temp.key('session' || back || time, n)
)
""",
    """
INSERT INTO patients_nottoday (day_id, reason, said_at)
SELECT pg_temp.key('day1', n), 'pain', now()
FROM generate_series(%(first)s, %(last)s) n WHERE pg_temp.asks(n) = 'left_out'
""",
    """
INSERT INTO patients_dealtwith (id, kind, reason, measure, how, words, "on", by_id, by_name, at,
    patient_id)
SELECT gen_random_uuid(), 'silent', 'Nothing logged for 6 days',
    '{"spell": "2020-01-01", "level": 6, "on": null}', 'contacted', '', %(today)s::date - 3,
    %(clinician)s, 'Amira Khan', now() - interval '3 days', pg_temp.key('patient', n)
FROM generate_series(%(first)s, %(last)s, 10) n
""",
]


def gather(*sizes: int, today: date) -> list[User]:
    """A clinic with so many patients for each size; who looks after all of them."""
    version = ExerciseVersionFactory(name="Hamstring stretch")
    clinicians = []
    with owner.rules_off(), connection.cursor() as cursor:
        cursor.execute(KEY)
        cursor.execute(ASKS)
        for clinic, size in enumerate(sizes):
            at_work = MembershipFactory(role=Membership.Role.LEAD)
            given = {
                "first": clinic * CLINIC_KEYS + 1,
                "last": clinic * CLINIC_KEYS + size,
                "first_names": FIRST,
                "last_names": LAST,
                "today": today,
                "back": DAYS_BACK,
                "ahead": DAYS_AHEAD,
                "sessions": SESSIONS_A_DAY,
                "clinic": at_work.clinic_id,
                "clinician": at_work.user_id,
                "version": version.pk,
            }
            for statement in ROWS:
                cursor.execute(statement, given)
            clinicians.append(at_work.user)
    return clinicians
