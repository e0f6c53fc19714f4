"""A million patients in the middle of their programmes, made by the database itself.

One tenth live in London, of whom half follow the usual times and half chose 8:30
themselves: so many come due in the same minute. They have two weeks behind them, with
sessions on the last three days and a reminder last evening, so that every rule has
something to look at; the others live elsewhere and only have today.
"""

from datetime import date

from django.db import connection

from tests import owner

ELSEWHERE = [
    "Asia/Kathmandu",
    "Pacific/Auckland",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Tokyo",
    "Australia/Perth",
    "America/Sao_Paulo",
    "Asia/Dhaka",
    "Africa/Nairobi",
]
ZONES = ["Europe/London", *ELSEWHERE]

# ``pg_temp.key('patient', 7)``: the same wherever the seventh patient is spoken of. Laid
# out in the order of these keys, a million rows are no trouble to an index.
KEY = """
CREATE FUNCTION pg_temp.key(what text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT (left(md5(n::text), 28) || left(md5(what), 4))::uuid $$
"""

PEOPLE = [
    """
INSERT INTO accounts_user (id, email, name, password, is_active, is_operator, created_at,
    session_round)
SELECT pg_temp.key('user', n), md5(n::text) || '@example.org', 'Sam Reed', '!', true, false, now(), 0
FROM generate_series(1, %(size)s) n ORDER BY md5(n::text)
""",
    """
INSERT INTO patients_patient
    (id, name, called, email, telephone, precautions, time_zone, language, created_at,
     access_closed_because, clinic_id, clinician_id, user_id)
SELECT pg_temp.key('patient', n), 'Sam Reed', '', md5(n::text) || '@example.org', '', '{}',
    (%(zones)s::text[])[n %% 10 + 1], 'en-gb', now(), '', %(clinic)s,
    %(clinician)s, pg_temp.key('user', n)
FROM generate_series(1, %(size)s) n ORDER BY md5(n::text)
""",
    """
INSERT INTO programmes_programme
    (id, line_id, version, title, is_template, patient_id, created_at, saved_at,
     published_at, clinic_id, created_by_id)
SELECT pg_temp.key('programme', n), pg_temp.key('line', n), 1, 'Knee', false,
    pg_temp.key('patient', n), now(), now(), now(), %(clinic)s, %(clinician)s
FROM generate_series(1, %(size)s) n ORDER BY md5(n::text)
""",
    """
INSERT INTO patients_assignment
    (id, starts_on, review_on, end_reason, assigned_at, assigned_by_id, programme_id, patient_id)
SELECT pg_temp.key('assignment', n), %(today)s::date - 14, %(today)s::date + 28, '', now(),
    %(clinician)s, pg_temp.key('programme', n), pg_temp.key('patient', n)
FROM generate_series(1, %(size)s) n ORDER BY md5(n::text)
""",
    """
INSERT INTO patients_day
    (id, "on", state, asked_min, asked_max, assignment_id, programme_id)
SELECT pg_temp.key('day' || back, n), %(today)s::date - back, 'asked', 2, 3,
    pg_temp.key('assignment', n), pg_temp.key('programme', n)
FROM generate_series(1, %(size)s) n,
    generate_series(0, CASE WHEN n %% 10 = 0 THEN 14 ELSE 0 END) back
ORDER BY md5(n::text)
""",
    """
INSERT INTO patients_session
    (id, client_id, performed_at, received_at, source, effort, note, assignment_id, day_id,
     programme_id, recorded_by_id)
SELECT pg_temp.key('session' || back, n), pg_temp.key('client' || back, n), now(), now(),
    'patient', '', '', pg_temp.key('assignment', n), pg_temp.key('day' || back, n),
    pg_temp.key('programme', n), pg_temp.key('user', n)
FROM generate_series(10, %(size)s, 10) n, generate_series(1, 3) back
""",
    """
INSERT INTO patients_tick (id, result, skip_reason, item_id, session_id)
SELECT gen_random_uuid(), 'done', '', %(item)s, pg_temp.key('session' || back, n)
FROM generate_series(10, %(size)s, 10) n, generate_series(1, 3) back
""",
    """
INSERT INTO reminders_preference (patient_id, is_on, has_own_times, new_times, changed_at)
SELECT pg_temp.key('patient', n), true, true, '{}', now()
FROM generate_series(1, %(size)s) n WHERE n / 10 %% 2 = 0
""",
    """
INSERT INTO reminders_slot (id, patient_id, position, at, zone)
SELECT gen_random_uuid(), pg_temp.key('patient', n), position, at, (%(zones)s::text[])[n %% 10 + 1]
FROM generate_series(1, %(size)s) n,
    (VALUES (0, time '08:30'), (1, time '18:45')) times (position, at)
WHERE n / 10 %% 2 = 0
""",
    """
INSERT INTO reminders_reminder
    (id, state, due_at, expires_at, attempt, handed_at, finished_at, doubts, reason, "on", at,
     origin, channel, planned_at, patient_id, assignment_id)
SELECT gen_random_uuid(), 'sent', t.at, t.at + interval '2 hours', 1, t.at, t.at, 0, '',
    %(today)s::date - 1, '18:30', 'chosen', 'email', t.at, pg_temp.key('patient', n), pg_temp.key('assignment', n)
FROM generate_series(10, %(size)s, 10) n, (VALUES (%(today)s::timestamptz - interval '6 hours')) t (at)
""",
]


def gather(size: int, *, today: date) -> int:
    """Lay out so many running assignments; how many come due in London at half past eight."""
    from tests.factories import ItemFactory, MembershipFactory

    membership, item = MembershipFactory(), ItemFactory()
    given = {
        "size": size,
        "zones": ZONES,
        "today": today,
        "clinic": membership.clinic_id,
        "clinician": membership.user_id,
        "item": item.pk,
    }
    # Rows that fit by construction need no check of each reference.
    with owner.rules_off(), connection.cursor() as cursor:
        cursor.execute(KEY)
        for statement in PEOPLE:
            cursor.execute(statement, given)
    owner.execute("VACUUM ANALYZE")
    return size // 10
