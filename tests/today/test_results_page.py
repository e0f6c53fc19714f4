"""How each exercise went: on the page after a session, read and changed."""

import re

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import Session
from patients.results import Went
from patients.services import signs
from patients.services.sessions import results_of
from programmes.models import Item
from tests.patients.scene import DAY, HOUR, NOW, day_on, items_of, log, running
from tests.today.test_today_page import hidden_fields, tap, text
from today.forms.sessions import FeelingForm
from today.templatetags.results import result_fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {"side": Item.Side.BOTH})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def page_of(session: Session) -> str:
    return reverse("today:session_describe", args=[session.pk])


def lines(response) -> list[str]:
    """The line of each exercise, as it is read while it is closed."""
    found = re.findall(
        r"<summary class=\"result__line\">(.*?)</summary>", response.content.decode(), re.S
    )
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in found]


def say(phone, session, item, **said):
    """Send the page with this said of one exercise."""
    fields = {f"{name}-{item.pk}": value for name, value in said.items()}
    return phone.post(page_of(session), fields)


# --- a line for each exercise


def test_a_line_says_how_each_exercise_went(phone, plan):
    first, both = items_of(plan)
    said = {first.pk: Went("part", amount=1), both.pk: Went("hurt", amount=3, pain=4)}
    session = log(plan, results=said)
    assert lines(phone.get(page_of(session))) == [
        f"{first} Part of it 1 of 2–3 Change",
        f"{both} It hurt 3 of 4–6 pain 4 Change",
    ]


def test_how_many_the_plan_asks_for_stands_at_the_number(phone, plan):
    words = text(phone.get(page_of(log(plan))))
    assert "Your plan asks for 2 or 3." in words
    assert re.search(r"Your plan asks for 4 to 6 in all, both (legs|arms|sides) together\.", words)


def test_the_ends_of_the_scale_are_said(phone, plan):
    words = text(phone.get(page_of(log(plan))))
    ends = "0 is no pain. 10 is the worst you can think of."
    assert words.count(ends) == 1 + len(items_of(plan))


def test_minutes_are_called_minutes(as_user):
    nothing = dict.fromkeys(
        ("hold_seconds_min", "hold_seconds_max", "repetitions_min", "repetitions_max")
    )
    plan = running({"dose_kind": "minutes", "minutes_min": 10, "minutes_max": 15, **nothing})
    [item] = items_of(plan)
    session = log(plan, results={item.pk: Went("part", amount=8)})
    page = as_user(plan.patient.user).get(page_of(session))
    assertContains(page, "How many minutes?")
    assertContains(page, "8 of 10–15 min")


def test_exercises_that_were_no_part_of_it_wait_below(phone, plan):
    first, second = items_of(plan)
    session = log(plan, results={first.pk: Went("done")})
    words = text(phone.get(page_of(session)))
    assert (
        words.index(str(first))
        < words.index("Did you do another exercise")
        < words.index(str(second))
    )
    say(phone, session, second, result="done", amount="4")
    assert results_of(session) == {first.pk: Went("done"), second.pk: Went("done", amount=4)}


@pytest.mark.parametrize(
    "said",
    [
        None,
        Went("done"),
        Went("part", amount=3, pain=0),
        Went("hurt", pain=10),
        Went("skipped", skip_reason="no_time"),
    ],
)
def test_fields_that_are_kept_are_those_of_each_exercise(plan, said):
    """What is rendered once for all is what the exercise's own fields are, letter by letter."""
    items = items_of(plan)
    for number, item in enumerate(items):
        item.exercise_version.name = f"Lift & “roll” <{number}>"
    form = FeelingForm(by=plan.patient.user, now=NOW)
    form.add_items(items, {item.pk: said for item in items if said}, set())
    for row in form.other_rows:
        own = render_to_string("today/_result_fields.html", {"row": row})
        assert result_fields(row) == own
        assert f"Lift &amp; “roll” &lt;{items.index(row.item)}&gt;: how it went" in own


def test_what_was_said_of_another_exercise_is_in_sight_beside_an_error(phone, plan):
    first, second = items_of(plan)
    session = log(plan, results={first.pk: Went("done")})
    assertContains(phone.get(page_of(session)), '<details class="results__others">')
    said = {f"result-{first.pk}": "done", f"amount-{first.pk}": "5000"}
    other = {f"result-{second.pk}": "skipped", f"skip_reason-{second.pk}": "too_hard"}
    answer = phone.post(page_of(session), said | other)
    assertContains(answer, '<details class="results__others" open>', status_code=422)


# --- changed


def test_after_one_tap_each_can_be_changed(phone, plan):
    first, second = items_of(plan)
    page = phone.get(tap(phone)["Location"])
    assert lines(page) == [f"{item} Done Change" for item in (first, second)]
    session = Session.objects.get()
    say(phone, session, first, result="part", amount="1", pain="")
    say(phone, session, second, result="skipped", skip_reason="no_time")
    assert results_of(session) == {
        first.pk: Went("part", amount=1),
        second.pk: Went("skipped", skip_reason="no_time"),
    }


def test_yesterdays_can_be_changed_until_the_day_after_is_over(phone, plan, clock_hands):
    first, _second = items_of(plan)
    session = log(plan)
    clock_hands.shift(DAY)
    assertContains(phone.get(page_of(session)), "Your exercises")
    say(phone, session, first, result="hurt", pain="4")
    assert results_of(session)[first.pk] == Went("hurt", pain=4)
    clock_hands.shift(DAY)
    late = say(phone, session, first, result="done", amount="3")
    assert late.status_code == 422
    assertContains(late, "Not saved", status_code=422)
    assertContains(late, f"<dt>{first}</dt>", status_code=422)
    assertContains(late, "Done · 3 of 2–3", status_code=422)
    assert results_of(session)[first.pk] == Went("hurt", pain=4)


def test_pain_at_an_exercise_is_the_sessions_until_it_is_said_how_it_is(phone, plan):
    first, _second = items_of(plan)
    session = log(plan)
    say(phone, session, first, result="hurt", pain="7")
    session.refresh_from_db()
    assert session.pain_after == 7
    phone.post(page_of(session), {"pain_after": "2", f"result-{first.pk}": "hurt"})
    session.refresh_from_db()
    assert session.pain_after == 2


def test_what_does_not_go_with_how_it_went_is_passed_over(phone, plan):
    first, second = items_of(plan)
    session = log(plan)
    say(phone, session, first, result="skipped", skip_reason="too_hard", amount="lots", pain="12")
    assert results_of(session)[first.pk] == Went("skipped", skip_reason="too_hard")
    say(phone, session, second, result="done", amount="5", skip_reason="nonsense")
    assert results_of(session)[second.pk] == Went("done", amount=5)


def test_pain_at_an_exercise_that_was_done_all_the_same_is_kept_until_it_is_taken_away(phone, plan):
    first, _second = items_of(plan)
    session = log(plan, results={first.pk: Went("done", amount=2, pain=4)})
    assert "pain 4" in lines(phone.get(page_of(session)))[0]
    say(phone, session, first, result="done", amount="2", pain="")
    assert results_of(session)[first.pk] == Went("done", amount=2)


# --- what cannot be

WRONG = [
    ({"result": "great"}, "result", "Choose one of these."),
    ({"result": "done", "amount": "many"}, "amount", "Write a whole number."),
    ({"result": "done", "amount": "-1"}, "amount", "Write 0 or more."),
    ({"result": "done", "amount": "1000"}, "amount", "Write a number up to 999."),
    ({"result": "part", "amount": "0"}, "amount", "That is none."),
    ({"result": "hurt", "pain": "11"}, "pain", "Choose a number from 0 to 10."),
    ({"result": "skipped", "skip_reason": "x"}, "skip_reason", "Choose one of these."),
    ({"amount": "3"}, "result", "Choose how it went."),
]


@pytest.mark.parametrize(("said", "field", "words"), WRONG)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    phone, plan, said, field, words
):
    first, second = items_of(plan)
    session = log(plan)
    typed = {f"{name}-{first.pk}": value for name, value in said.items()}
    rest = {"pain_after": "3", "note": "Stiff", f"result-{second.pk}": "part"}
    page = phone.post(page_of(session), {**typed, **rest})
    html = page.content.decode()
    assert page.status_code == 422
    beside = html[html.index(f'id="id_{field}-{first.pk}_error"') :]
    assert words in beside[: beside.index("</div>")]
    top = html[html.index("data-error-summary") :]
    assert f"{first}: " in top[: top.index("</ul>")]  # the list at the top names the exercise
    assert html.count("data-result open") == 1
    form = page.context["form"]
    assert {name: form[name].value() for name in (*typed, *rest)} == {**typed, **rest}
    assert results_of(session) == {first.pk: Went("done"), second.pk: Went("done")}


def test_a_programme_of_others_is_no_part_of_the_form(phone, plan):
    session = log(plan)
    [stranger] = items_of(running())
    say(phone, session, stranger, result="hurt", pain="9")
    assert stranger.pk not in results_of(session)


def test_a_session_that_comes_too_late_leaves_what_was_said_to_copy(phone, plan, clock_hands):
    first, second = items_of(plan)
    day = day_on(plan)
    page = phone.get(reverse("today:session", args=[day.pk, day.programme_id]))
    clock_hands.shift(2 * DAY)
    said = {f"result-{first.pk}": "hurt", f"pain-{first.pk}": "5", f"result-{second.pk}": "done"}
    fields = {**hidden_fields(page.content.decode()), **said}
    answer = phone.post(reverse("today:session_log", args=[day.pk]), fields)
    assert answer.status_code == 422
    words = text(answer)
    assert "That day is over. Your clinic can still add to it for you." in words
    assert f"{first} It hurt · pain 5" in words
    assert f"{second} Done" in words
    assert not Session.objects.exists()


# --- one number of queries


@pytest.mark.parametrize("number", [1, 20])
def test_queries_do_not_grow_with_the_exercises(as_user, django_assert_num_queries, number):
    plan = running(*[{}] * number)
    phone, session = as_user(plan.patient.user), log(plan)
    phone.get(page_of(session))
    with django_assert_num_queries(15):
        phone.get(page_of(session))
    said = {f"result-{item.pk}": "done" for item in items_of(plan)}
    with django_assert_num_queries(23):
        phone.post(page_of(session), said)


# --- while a warning sign is unchecked


def test_what_was_said_of_each_reaches_the_clinician(phone, plan, as_user, clock_hands):
    first, second = items_of(plan)
    day = day_on(plan)
    page = phone.get(reverse("today:session", args=[day.pk, day.programme_id]))
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    clock_hands.shift(HOUR)
    said = {
        f"result-{first.pk}": "hurt", f"amount-{first.pk}": "1", f"pain-{first.pk}": "8",
        f"result-{second.pk}": "skipped", f"skip_reason-{second.pk}": "other",
    }  # fmt: skip
    fields = {**hidden_fields(page.content.decode()), **said}
    for _twice in range(2):
        answer = phone.post(reverse("today:session_log", args=[day.pk]), fields, follow=True)
    assertNotContains(answer, str(first))
    assert not Session.objects.exists()
    assert [result["pain"] for result in sign.held.get().results] == [8, None]
    record = as_user(plan.patient.clinician).get(reverse("caseload:record", args=[plan.patient.pk]))
    words = text(record)
    assert f"{first}: stopped because it hurt, 1 done, pain 8 of 10" in words
    assert f"{second}: skipped, Another reason" in words


@pytest.mark.parametrize("amount", ["2", "a few"])
def test_what_the_form_would_refuse_is_no_reason_to_lose_the_pain(phone, plan, clock_hands, amount):
    first, _second = items_of(plan)
    day = day_on(plan)
    page = phone.get(reverse("today:session", args=[day.pk, day.programme_id]))
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    clock_hands.shift(HOUR)
    said = {f"result-{first.pk}": "hurt", f"amount-{first.pk}": amount, f"pain-{first.pk}": "8"}
    fields = {**hidden_fields(page.content.decode()), **said}
    answer = phone.post(reverse("today:session_log", args=[day.pk]), fields, follow=True)
    assertNotContains(answer, str(first))
    [result] = sign.held.get().results
    assert (result["exercise"], result["result"], result["pain"]) == (str(first), "hurt", 8)


def test_said_of_an_earlier_session_it_is_kept_too(phone, plan):
    first, _second = items_of(plan)
    session = log(plan)
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    fields = {f"result-{first.pk}": "hurt", f"pain-{first.pk}": "8", "note": "x" * 1001}
    assertNotContains(phone.post(page_of(session), fields), str(first))
    [result] = sign.held.get().results
    assert (result["result"], result["pain"]) == ("hurt", 8)
