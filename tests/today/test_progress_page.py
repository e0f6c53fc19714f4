"""Progress: the calendar, what was asked and done, pain and what changed, for as long as it runs."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

import programmes.services as programmes
from patients.models import Day, Patient
from patients.services import plans, sessions
from tests.factories import DayFactory, PatientFactory
from tests.patients.past import lay, session_on
from tests.patients.scene import DAY, HOUR, NOW, TODAY, items_of, log, running
from tests.patients.test_plans import new_version, verb, verb_publish
from tests.today.test_today_page import text

pytestmark = pytest.mark.django_db
PROGRESS = reverse("today:progress")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def lived(plan, clock_hands, *, days: int, **said):
    """So many days pass, with a session on each; the clock stands at the last one."""
    for n in range(days):
        plans.lay_out_all_days(now=NOW + n * DAY)
        log(plan, on=TODAY + n * DAY, now=NOW + n * DAY, **said)
    clock_hands.move_to(NOW + (days - 1) * DAY)


# --- what was asked and done ---


def test_what_was_asked_and_done_in_the_last_14_days(phone, plan, clock_hands):
    for n in (0, 0, 1, 8):
        plans.lay_out_all_days(now=NOW + n * DAY)
        log(plan, on=TODAY + n * DAY, now=NOW + n * DAY)
    clock_hands.shift(8 * DAY)
    words = text(phone.get(PROGRESS))
    assert "The last 14 days 3 of 16 sessions" in words
    assert "What you have done since 4 May 2026." in words


def test_one_session_where_one_is_meant(as_user):
    plan = running({"per_day_min": 1, "per_day_max": 1})
    log(plan)
    assert "1 of 1 session 1 of 1" in text(as_user(plan.patient.user).get(PROGRESS))


def test_the_capping_is_said_once(phone, plan):
    for hour in range(4):  # two asked, four done
        log(plan, now=NOW + hour * HOUR)
    page = text(phone.get(PROGRESS))
    assert "2 of 2 sessions" in page
    assert "4 sessions in all" in page
    assert page.count("counts up to the least it asks for") == 1
    assert "Extra sessions are in the calendar only. Today counts once it is done." in page


def test_before_anything(as_user):
    page = text(as_user(PatientFactory().user).get(PROGRESS))
    assert "Nothing here yet" in page
    assert "Print" not in page


def test_a_programme_that_starts_later_is_nothing_yet(as_user):
    plan = running(starts_on=TODAY + 3 * DAY)
    assert "Nothing here yet" in text(as_user(plan.patient.user).get(PROGRESS))


def test_it_never_shames(phone, plan, clock_hands):
    clock_hands.shift(10 * DAY)
    words = text(phone.get(PROGRESS)).lower()
    for word in ("missed", "not done", "failed", "adherence", "compliance", "streak", "invalid"):
        assert word not in words
    assert "if you note your pain after a session" in words


# --- the calendar ---


def months(page: str) -> list[str]:
    """The heads of the months, as they stand on the page."""
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in captions(page)]


def captions(page: str) -> list[str]:
    return re.findall(r"<caption>(.*?)</caption>", page, re.DOTALL)


def test_the_calendar_shows_the_whole_programme_this_month_first(as_user, plan, clock_hands):
    for n in range(0, 71, 7):
        plans.lay_out_all_days(now=NOW + n * DAY)
        log(plan, on=TODAY + n * DAY, now=NOW + n * DAY)
    clock_hands.shift(70 * DAY)  # 13 July
    page = as_user(plan.patient.user).get(PROGRESS)
    html = page.content.decode()
    assert months(html) == ["July 2026 2 sessions", "June 2026 5 sessions", "May 2026 4 sessions"]
    assert html.index("June 2026") < html.index("Earlier months") < html.rindex("May 2026")
    assert "11 sessions in all" in text(page)


def test_each_day_has_its_shape_and_its_words(as_user, plan):
    patient = plan.patient
    Day.objects.filter(assignment=plan).exclude(on=TODAY).delete()
    for back, state in ((1, "paused"), (2, "rest")):
        lay(plan, TODAY - back * DAY, state=state)
    lay(plan, TODAY - 3 * DAY, done=2)
    log(plan)
    html = as_user(patient.user).get(PROGRESS).content.decode()
    cells = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in fields(html)]
    assert "1 Friday 1 May: 2 of 2–3 sessions" in cells
    assert "2 Saturday 2 May: rest day" in cells
    assert "3 Sunday 3 May: paused" in cells
    assert "4 Monday 4 May: 1 of 2–3 sessions" in cells
    assert "5 Tuesday 5 May: still to come" in cells
    for shape in ("full", "rest", "paused", "part", "future"):
        assert f'<td class="week__day--{shape}' in html
    assert 'class="week__day--part month__today" aria-current="date"' in html
    assert html.count('aria-current="date"') == 1


def fields(html: str) -> list[str]:
    return re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)


def test_more_than_a_year_is_cut_and_says_from_when(as_user, plan):
    plan.starts_on = date(2025, 3, 3)
    plan.save()
    for on in (date(2025, 3, 3), date(2025, 5, 31), date(2025, 6, 1), date(2026, 4, 30)):
        lay(plan, on, done=1)
    page = as_user(plan.patient.user).get(PROGRESS)
    assert "What you have done in the last 12 months, since 1 June 2025." in text(page)
    assert "2 sessions in all" in text(page)
    assert months(page.content.decode())[-1] == "June 2025 1 session"


def test_a_programme_before_this_one_is_not_lost_at_once(as_user, plan):
    """A new programme begins, and the weeks before it stay in sight."""
    verb("end", plan, reason="", now=NOW + DAY)
    lay(plan, TODAY - 10 * DAY, done=2)
    running(
        patient=Patient.objects.get(pk=plan.patient_id),
        starts_on=TODAY + 2 * DAY,
        now=NOW + 2 * DAY,
    )
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        words = text(as_user(plan.patient.user).get(PROGRESS))
    assert "What you have done since 24 April 2026." in words
    assert "Friday 24 April: 2 of 2–3 sessions" in words


# --- pain, and what changed ---


def test_pain_as_a_drawing_and_as_numbers(phone, plan, clock_hands):
    for n, score in ((0, 5), (1, 4), (8, 3)):
        plans.lay_out_all_days(now=NOW + n * DAY)
        log(plan, on=TODAY + n * DAY, now=NOW + n * DAY, pain_after=score)
    clock_hands.shift(8 * DAY)
    page = phone.get(PROGRESS)
    assert "Pain after sessions, 0 to 10: 5 on Mon 4 May, 3 on Tue 12 May" in page.content.decode()
    assert "11 May Tue: 3 4 May Mon: 5 Tue: 4" in text(page)


def change(plan, how, *, now) -> None:
    draft = verb("start_change", plan, now=now)
    by = plan.patient.clinician
    first, second = draft.items.order_by("position")
    match how:
        case "new exercises":
            [version] = {item.exercise_version for item in items_of(running())}
            programmes.add_item(draft, version, by=by, now=now)
        case "fewer exercises":
            programmes.remove_item(second, by=by, now=now)
        case "the same exercises, done differently":
            programmes.change_item(first, side=first.side, note="Slowly", by=by, now=now)
        case _:
            programmes.describe(draft, title=draft.title, advice="Go on", by=by, now=now)
    verb_publish(draft, plan, now=now)
    plan.refresh_from_db()


@pytest.mark.parametrize(
    "how",
    [
        "new exercises",
        "fewer exercises",
        "the same exercises, done differently",
        "the same exercises as before",
    ],
)
def test_what_changed_is_marked_and_said(phone, plan, clock_hands, how):
    lived(plan, clock_hands, days=4, pain_after=4)
    change(plan, how, now=NOW + 3 * DAY)  # something is logged on this day: from the next one
    plans.lay_out_all_days(now=NOW + 5 * DAY)
    clock_hands.move_to(NOW + 5 * DAY)
    page = phone.get(PROGRESS)
    assert f"When your exercises changed Fri 8 May: {how} " in text(page)
    assert page.content.decode().count('class="chart__change"') == 1


def test_a_change_that_is_still_to_come_is_not_said(phone, plan, clock_hands):
    log(plan, pain_after=4)
    new_version(plan)  # from tomorrow
    assert "When your exercises changed" not in text(phone.get(PROGRESS))


def test_the_start_of_the_programme_is_no_change(phone, plan):
    log(plan, pain_after=4)
    assert "chart__change" not in phone.get(PROGRESS).content.decode()


def test_another_programme_is_a_change(as_user, plan):
    log(plan, pain_after=4)
    verb("end", plan, reason="", now=NOW)
    running(patient=Patient.objects.get(pk=plan.patient_id), starts_on=TODAY + DAY, now=NOW + DAY)
    with time_machine.travel(NOW + DAY, tick=False):
        assert "Tue 5 May: a new programme" in text(as_user(plan.patient.user).get(PROGRESS))


def test_what_was_taken_back_is_not_counted(phone, plan):
    session = log(plan, pain_after=7)
    sessions.undo_session(session, by=plan.patient.user, now=NOW)
    words = text(phone.get(PROGRESS))
    assert "0 sessions in all" in words
    assert "if you note your pain" in words.lower()
    assert "times done" not in words


# --- for long ---


def test_a_year_costs_no_more_queries_than_a_day(as_user, plan, django_assert_num_queries):
    log(plan, pain_after=3)
    phone = as_user(plan.patient.user)
    phone.get(PROGRESS)  # the first request of a sign-in also writes its age
    with django_assert_num_queries(12):
        phone.get(PROGRESS)
    for back in range(1, 350):
        day = DayFactory(assignment=plan, on=TODAY - back * DAY)
        session_on(day, pain_after=back % 10)
    plan.starts_on = TODAY - 349 * DAY
    plan.save()
    with django_assert_num_queries(12):
        page = phone.get(PROGRESS)
    assert page.content.decode().count("chart__point") == 2  # on so many, dots would hide the line
