"""Text that people type: never cut, refused beside the field when too long, counted alike."""

import re
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from allauth.account.forms import ResetPasswordKeyForm
from django import forms
from django.apps import apps
from django.contrib.postgres.forms import SimpleArrayField
from django.db import models
from django.urls import reverse

from accounts.forms import sign_in
from accounts.forms.fields import TelephoneField  # kept shorter than typed
from accounts.forms.text import AtMost, TypedText
from exercises.forms.rows import RowsField, WordsField
from tests.factories import ProgrammeFactory
from tests.patients.scene import NOW, log, running

ROOT = Path(__file__).parent.parent
OURS = (
    "accounts",
    "exercises",
    "programmes",
    "patients",
    "reminders",
    "caseload",
    "today",
    "offline",
)
TYPED = (forms.TextInput, forms.Textarea, forms.PasswordInput, forms.EmailInput)


def all_forms() -> list[type[forms.BaseForm]]:
    for app in OURS:
        for path in [*ROOT.glob(f"{app}/forms.py"), *ROOT.glob(f"{app}/forms/*.py")]:
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    found, new = set(), [forms.BaseForm]
    while new:
        new = [sub for form in new for sub in form.__subclasses__() if sub not in found]
        found |= set(new)
    return sorted((f for f in found if f.__module__.split(".")[0] in OURS), key=str)


def is_typed(field) -> bool:
    """Not a search, which keeps nothing, nor a list that a form makes into boxes to tick."""
    is_search = getattr(field.widget, "input_type", "") == "search"
    is_text = isinstance(field, forms.CharField) and not isinstance(field, SimpleArrayField)
    return is_text and isinstance(field.widget, TYPED) and not is_search


def typed_fields():
    for form in all_forms():
        for name, field in getattr(form, "base_fields", {}).items():
            if is_typed(field) and not form.__module__.endswith("sign_in"):
                yield f"{form.__qualname__}.{name}", field
    for form in (
        sign_in.SignInForm(),
        sign_in.CodeRequestForm(),
        sign_in.CodeForm(),
        sign_in.PasswordResetForm(),
        sign_in.ChoosePasswordForm(),
    ):
        for name, field in form.fields.items():
            if isinstance(field.widget, TYPED):
                yield f"{type(form).__name__}.{name}", field


FIELDS = dict(typed_fields())


def test_the_forms_are_found():
    assert {"FeelingForm.note", "NewPatientForm.name", "SignInForm.password"} <= FIELDS.keys()
    assert issubclass(sign_in.ChoosePasswordForm, ResetPasswordKeyForm)


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_cuts_and_each_has_a_limit(name):
    field = FIELDS[name]
    assert "maxlength" not in field.widget.attrs
    has_limit = any(isinstance(one, AtMost) for one in field.validators)
    assert has_limit or isinstance(field, WordsField | RowsField)


def test_lines_of_a_list_have_a_limit_each():
    rows = RowsField(longest=300, most=12)
    assert rows.wrong_rows(["x" * 301]) == {1: ["Use 300 letters at most: these are 301."]}


def limit_of(field) -> int:
    [limit] = [one.limit_value for one in field.validators if isinstance(one, AtMost)]
    return limit


def columns():
    """Each text column of ours that a form of its model fills in."""
    for form in all_forms():
        model = getattr(getattr(form, "_meta", None), "model", None)
        for name, field in getattr(form, "base_fields", {}).items():
            known = {} if model is None else {one.name: one for one in model._meta.fields}
            longest = getattr(known.get(name), "max_length", None)
            is_typed_here = f"{form.__qualname__}.{name}" in FIELDS
            if longest and is_typed_here and not isinstance(field, TelephoneField):
                yield f"{form.__qualname__}.{name}", limit_of(field), longest


# Forms without a model of their own, and the column that what is typed goes to.
GOES_TO = {
    "FeelingForm.note": "patients.Session.note",
    "RecordSessionForm.note": "patients.Session.note",
    "CheckSignForm.note": "patients.WarningSign.check_note",
    "PauseForm.reason": "patients.Pause.reason",
    "EndForm.reason": "patients.Assignment.end_reason",
    "RecordForm.name": "patients.Patient.name",
    "RecordForm.called": "patients.Patient.called",
    "AboutYouForm.called": "patients.Patient.called",
    "RecordForm.email": "patients.Patient.email",
    "FirstRunForm.clinic_name": "accounts.Clinic.name",
    "FirstRunForm.name": "accounts.User.name",
    "FirstRunForm.email": "accounts.User.email",
    "InviteColleagueForm.name": "accounts.TeamInvitation.name",
    "InviteColleagueForm.address": "accounts.TeamInvitation.address",
    "NewNameForm.name": "exercises.ExerciseVersion.name",
    "WordsForm.words": "exercises.Shown.words",
    "PhotoForm.words": "exercises.Shown.words",
}


def column(label: str) -> models.Field:
    model, name = label.rsplit(".", 1)
    return apps.get_model(model)._meta.get_field(name)


@pytest.mark.parametrize(
    ("field", "limit", "longest"),
    [
        *columns(),
        *((name, limit_of(FIELDS[name]), column(to).max_length) for name, to in GOES_TO.items()),
    ],
)
def test_the_limit_is_that_of_the_column(field, limit, longest):
    assert limit == longest, field


# --- how it is counted ---


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("x" * 10, True),
        ("x" * 11, False),
        ("💪" * 10, True),
        ("12345\r\n789", True),
        ("1234\r\n\r\n789", True),
        ("12345\r\n78901", False),
        ("  1234567890  ", True),
    ],
)
def test_a_line_break_and_an_emoji_count_once(text, fits):
    field = TypedText(max_length=10, widget=forms.Textarea)
    if fits:
        assert field.clean(text) == text.strip().replace("\r\n", "\n")
    else:
        with pytest.raises(forms.ValidationError, match="Use 10 letters at most: these are 11"):
            field.clean(text)


def test_a_long_text_says_its_limit_before_anything_is_typed():
    field = TypedText(max_length=1000, widget=forms.Textarea, help_text="Your clinic reads it.")
    assert "Your clinic reads it." in field.help_text
    assert "Up to 1,000 letters." in field.help_text
    assert field.widget.attrs["data-counter"] == 1000


# --- at the pages ---


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_note_of_five_thousand_letters_comes_back_whole(as_user):
    plan = running()
    session = log(plan)
    note = "word " * 999 + "the end"
    page = reverse("today:session_describe", args=[session.pk])
    response = as_user(plan.patient.user).post(page, {"note": note})
    html = unescape(response.content.decode())
    assert response.status_code == 422
    assert "Use 1,000 letters at most: these are 5,002." in html
    assert note in html
    assert not re.search(r'maxlength="', html)
    session.refresh_from_db()
    assert session.note == ""


@pytest.mark.django_db
def test_a_name_of_three_hundred_letters_comes_back_whole(cast, as_user):
    name = "Sam " * 74 + "Last"
    page = reverse("caseload:edit", args=[cast.record.pk])
    response = as_user(cast.clinician).post(page, {"name": name})
    html = unescape(response.content.decode())
    assert response.status_code == 422
    assert "Use 120 letters at most: these are 300." in html
    assert f'value="{name}"' in html


@pytest.mark.django_db
def test_a_copy_of_a_long_title_keeps_it_whole(cast, as_user):
    title = "Low back " * 13
    title = title.strip()
    programme = ProgrammeFactory(clinic=cast.clinic, title=title)
    as_user(cast.clinician).post(reverse("programmes:copy", args=[programme.pk]))
    [twin] = type(programme).objects.filter(clinic=cast.clinic).exclude(pk=programme.pk).templates()
    assert twin.title == title
