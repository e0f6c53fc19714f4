"""Choosing a dose: what is offered, what is refused and how, and what is kept."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django.forms.models import model_to_dict

from exercises.dose import Range
from exercises.forms.dose import DoseForm
from exercises.models import ExerciseVersion
from tests.factories import ExerciseVersionFactory

pytestmark = pytest.mark.django_db  # the form asks the database whether its rules are kept


class VersionForm(DoseForm):
    class Meta(DoseForm.Meta):
        model = ExerciseVersion


def a_hold(**columns) -> ExerciseVersion:
    return ExerciseVersionFactory.build(exercise=None, **columns)


def for_minutes() -> ExerciseVersion:
    nothing = dict.fromkeys(
        ["hold_seconds_min", "hold_seconds_max", "repetitions_min", "repetitions_max"]
    )
    return a_hold(dose_kind="minutes", minutes_min=20, minutes_max=30, **nothing)


def typed(version: ExerciseVersion, **changes) -> dict:
    """What a browser sends for this dose, with changes typed in."""
    fields = VersionForm(instance=version).fields
    known = model_to_dict(version, fields=list(fields))
    return {name: "" if value is None else value for name, value in {**known, **changes}.items()}


def submitted(version=None, **changes) -> VersionForm:
    version = version or a_hold()
    return VersionForm(typed(version, **changes), instance=version)


@pytest.mark.parametrize(
    ("version", "parts"),
    [
        (a_hold(), ["hold_seconds", "repetitions", "sets", "per_day"]),
        (
            a_hold(dose_kind="repetitions", hold_seconds_min=None, hold_seconds_max=None),
            ["repetitions", "sets", "per_day"],
        ),
        (for_minutes(), ["minutes", "per_day"]),
    ],
)
def test_only_the_parts_that_fit_the_kind_are_offered(version, parts):
    form = VersionForm(instance=version)
    ends = [f"{part}_{end}" for part in parts for end in ("min", "max")]
    assert set(form.fields) == {*ends, "weekdays", "every_days"}
    assert VersionForm(typed(version), instance=version).is_valid()


def test_a_dose_is_kept():
    form = submitted(
        hold_seconds_min="5",
        hold_seconds_max="5",
        sets_min="1",
        sets_max="2",
        per_day_max="4",
        weekdays=["4", "0", "2", "0"],
    )
    assert form.is_valid(), form.errors
    dose = form.save(commit=False).dose
    assert dose.hold_seconds == Range(5, 5)
    assert dose.sets == Range(1, 2)
    assert dose.per_day == Range(2, 4)
    assert form.instance.weekdays == [0, 2, 4]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"hold_seconds_min": "30", "hold_seconds_max": "20"},
            "hold_seconds_max",
            "Enter 30 or more.",
        ),
        ({"per_day_min": "4"}, "per_day_max", "Enter 4 or more."),
        ({"hold_seconds_min": ""}, "hold_seconds_min", "Enter a number."),
        ({"hold_seconds_min": "  "}, "hold_seconds_min", "Enter a whole number."),
        ({"repetitions_max": "many"}, "repetitions_max", "Enter a whole number."),
        ({"repetitions_max": "2.5"}, "repetitions_max", "Enter a whole number."),
        ({"repetitions_max": "²"}, "repetitions_max", "Enter a whole number."),
        ({"repetitions_max": "9" * 5000}, "repetitions_max", "Enter a whole number."),
        ({"repetitions_max": "\x00"}, "repetitions_max", "Enter a whole number."),
        ({"repetitions_max": "101"}, "repetitions_max", "Enter a number from 1 to 100."),
        ({"repetitions_max": "9" * 40}, "repetitions_max", "Enter a number from 1 to 100."),
        ({"hold_seconds_min": "0"}, "hold_seconds_min", "Enter a number from 1 to 600."),
        ({"hold_seconds_min": "-5"}, "hold_seconds_min", "Enter a number from 1 to 600."),
        ({"per_day_max": "13"}, "per_day_max", "Enter a number from 1 to 12."),
        ({"sets_min": "1"}, "sets_max", "Fill in both numbers, or neither."),
        ({"sets_max": "1"}, "sets_min", "Fill in both numbers, or neither."),
        ({"every_days": "0"}, "every_days", "Enter a number from 1 to 14."),
        ({"every_days": "15"}, "every_days", "Enter a number from 1 to 14."),
        ({"weekdays": []}, "weekdays", "Choose at least one day."),
        ({"weekdays": ["7"]}, "weekdays", "Choose days from Monday to Sunday."),
        ({"weekdays": ["Monday"]}, "weekdays", "Choose days from Monday to Sunday."),
    ],
)
def test_what_is_refused_says_so_beside_its_field(changes, field, message):
    form = submitted(**changes)
    before = form.instance.dose
    assert form.errors == {field: [message]}
    assert form.instance.dose == before
    for name, value in changes.items():
        assert form[name].value() == value


def test_every_other_day_needs_no_weekdays():
    form = submitted(weekdays=[], every_days="2")
    assert form.is_valid(), form.errors
    assert form.instance.every_days == 2
    assert form.instance.weekdays == [0, 1, 2, 3, 4, 5, 6]


def rendered(form: VersionForm) -> str:
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.layout = Layout(*form.layout())
    return render_crispy_form(form)


def test_ranges_are_rows_with_their_units():
    page = rendered(VersionForm(instance=a_hold()))
    assert page.count('class="range-fields"') == 4
    for unit in ("seconds", "times", "sets", "times a day"):
        assert f'<span class="range-fields__unit">{unit}</span>' in page
    for day in ("Mon", "Sun"):
        assert day in page
    assert "minutes" not in page


def test_an_error_stands_in_its_row_and_what_was_typed_stays():
    page = rendered(submitted(hold_seconds_min="30", hold_seconds_max="20"))
    assert 'id="id_hold_seconds_max_error"' in page
    assert 'value="30"' in page
    assert 'value="20"' in page
