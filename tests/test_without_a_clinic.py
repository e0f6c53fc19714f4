"""Rows that belong to no clinic are everybody's: who may write to them is written down here.

A new model without a clinic, or a new module that writes to one, fails until somebody has
thought about what one clinic could do to the others by it.
"""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import Clinic
from exercises.models import Exercise, ExerciseVersion, Photo, Progression, Shown
from tests.factories import ExerciseVersionFactory, MembershipFactory

ROOT = Path(__file__).parent.parent
APPS = (
    *("outbox", "accounts", "exercises", "programmes", "patients", "reminders"),
    *("caseload", "today", "offline", "config"),
)
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "create_user"}
WRITES |= {"update", "bulk_update", "delete", "save"}

# Model → who writes to it, and every module in which a function names it and writes.
WRITERS = {
    "accounts.User": (
        "its owner; a clinic ends its sessions where it ends an access; an operator by a command",
        # A version that is copied, or a record that is edited, only locks or reads it.
        {
            "accounts/models/address_trouble.py",
            "accounts/services.py",
            "exercises/services/favourites.py",
        },
    ),
    "accounts.LimitUse": (
        "whoever tries something that is limited, by one statement; keys are hashed",
        {"accounts/limits.py"},
    ),
    "accounts.AuditEvent": ("everybody, once, through one function", {"accounts/audit.py"}),
    "accounts.AddressTrouble": (
        "the delivery, by what mail servers answer; a clinic lets one more message through; an"
        " operator by a command",
        {"accounts/models/address_trouble.py", "reminders/management/commands/reminders.py"},
    ),
    "accounts.Letter": (
        "everybody, through one function; the delivery",
        {"accounts/letters.py", "accounts/services.py", "patients/services/addresses.py"},
    ),
    "exercises.Word": ("a trigger, with words of versions; nobody reads whose they are", set()),
    "exercises.Exercise": (
        "a shared one: the command that loads the library; staff only their clinic's own",
        {
            f"exercises/services/{name}.py"
            for name in ("favourites", "loading", "neighbours", "writing")
        },
    ),
    "exercises.ExerciseVersion": (
        "as its exercise; a signature of it is a row of a clinic",
        {f"exercises/services/{name}.py" for name in ("loading", "photos", "review", "writing")}
        # An item names it; a page hands it on to the service.
        | {"programmes/services.py", "exercises/views/writing.py"},
    ),
    "exercises.Progression": (
        "between shared ones: the command that loads the library; staff from or to their own",
        {"exercises/services/loading.py", "exercises/services/neighbours.py"},
    ),
    "exercises.Favourite": (
        "the member of staff whose it is",
        {"exercises/services/favourites.py"},
    ),
    "exercises.LastUse": ("the member of staff whose it is", {"exercises/services/favourites.py"}),
    "reminders.Heartbeat": ("the worker", {"reminders/planning.py"}),
    "mfa.Authenticator": (
        "the person whose passkey it is; a clinic ends them all where it ends an access",
        {"accounts/passkeys.py"},
    ),
    "account.EmailAddress": ("allauth, for the account's owner", set()),
    "account.EmailConfirmation": ("allauth, for the account's owner", set()),
    "auth.Group": ("nobody", set()),
    "auth.Group_permissions": ("nobody", set()),
    "auth.Permission": ("migrations", set()),
    "contenttypes.ContentType": ("migrations", set()),
    "sessions.Session": (
        "the browser whose it is",  # it has a namesake
        {f"patients/services/{name}.py" for name in ("one_tap", "sessions", "signs")},
    ),
}


def belongs_to_a_clinic(model: type[models.Model], seen: tuple = ()) -> bool:
    """By a column of its own that is never empty, or by that of a parent."""
    parents = [
        column.related_model
        for column in model._meta.concrete_fields
        if (column.many_to_one or column.one_to_one) and not column.null
    ]
    further = (parent for parent in parents if parent not in (*seen, model))
    return model is Clinic or any(belongs_to_a_clinic(parent, (*seen, model)) for parent in further)


def test_each_model_without_a_clinic_has_its_writers_written_down():
    every = apps.get_models(include_auto_created=True)
    without = {model._meta.label for model in every if not belongs_to_a_clinic(model)}
    assert without == WRITERS.keys()


def names_in(nodes) -> set[str]:
    return {node.id for top in nodes for node in ast.walk(top) if isinstance(node, ast.Name)}


def writes(function: ast.FunctionDef, model: str) -> bool:
    """Names the model, in its body or as what it is given, and writes something.

    Nearly everything is given the user who does it, so of a user only the body counts.
    """
    parts = function.body if model == "User" else [function.args, *function.body]
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    verbs = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    return model in names_in(parts) and bool(verbs & WRITES)


def modules_writing(model: str) -> set[str]:
    found = set()
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        functions = (
            n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)
        )
        if "migrations" not in path.parts and any(writes(one, model) for one in functions):
            found.add(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize("label", WRITERS)
def test_only_the_modules_written_down_write_to_it(label):
    _who, modules = WRITERS[label]
    assert modules_writing(label.split(".")[1]) == modules


def shared_rows() -> list:
    """All that is shared, column by column."""
    tables = (Exercise, ExerciseVersion, Progression, Photo, Shown)
    return [list(table.objects.order_by("pk").values()) for table in tables]


VERSION = ("edit", "discard", "remove", "revise", "restore")
DRAFT = ("figure", "choose_figure", "photos")


@pytest.mark.django_db
@pytest.mark.parametrize("is_draft", [False, True])
@pytest.mark.parametrize("name", [*VERSION, *DRAFT])
def test_no_page_of_a_clinic_writes_to_a_shared_exercise(as_user, name, is_draft):
    unpublished = {"published_at": None} if is_draft else {}
    version = ExerciseVersionFactory(**unpublished)
    other = ExerciseVersionFactory()
    Progression.objects.create(easier=version.exercise, harder=other.exercise)
    before = shared_rows()
    key = "draft_id" if name in DRAFT else "version_id"
    lead = as_user(MembershipFactory(role="lead").user)
    typed = {"name": "Ours", "do": "publish", "version": "none", "words": "x"}
    response = lead.post(reverse(f"exercises:{name}", kwargs={key: version.pk}), typed)
    assert response.status_code in {302, 404}  # led back to its page, or not there
    assert shared_rows() == before


@pytest.mark.django_db
def test_a_star_on_a_shared_exercise_is_ones_own(as_user):
    version = ExerciseVersionFactory(name="Bridge")
    one, other = (as_user(MembershipFactory().user) for _ in range(2))
    before = shared_rows()
    one.post(reverse("exercises:favourite", args=[version.exercise_id]))
    assert shared_rows() == before
    assertContains(one.get("/exercises/?kept=favourite"), "Bridge")
    assert not other.get("/exercises/?kept=favourite").context["page"].object_list
