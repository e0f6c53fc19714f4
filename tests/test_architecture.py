"""Rules of the code that a reader may rely on, kept by reading the code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    *("outbox", "accounts", "exercises", "programmes", "patients", "reminders"),
    *("caseload", "today", "offline"),
)
CODE = sorted(
    path.relative_to(ROOT)
    for app in (*APPS, "demo", "config", "figures", "pictures", "tools")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
TESTS = sorted(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))
VIEWS = [
    path
    for path in CODE
    if path.stem.endswith("views")
    or "views" in path.parts
    or path.stem in {"opening", "own_records"}
]
TEMPLATES = sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "emails" not in path.parts]
STYLES_AND_SCRIPTS = sorted(
    path.relative_to(ROOT)
    for path in (ROOT / "static").rglob("*.*")
    if path.suffix in {".scss", ".js", ".mjs"} and "built" not in path.parts
)
PARTIALS = [path for path in PAGES if path.name.startswith("_")]
# Everything that somebody may see; of that, what they look after at work, and what is their own;
# and what a token from an e-mail opens.
SCOPES = {"visible_to", "in_care_of", "own_of", "by_token"}
LINES_PER_FILE = 400
LINES_PER_FUNCTION = 40
COLUMNS_PER_TEMPLATE = 160
UNTIDY_NAMES = {"utils", "helpers", "core", "common", "misc"}


def parse(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


@pytest.mark.parametrize("path", VIEWS, ids=str)
def test_views_reach_rows_only_through_a_scope(path: Path) -> None:
    for node in ast.walk(parse(path)):
        match node:
            case ast.Attribute(value=ast.Attribute(attr="objects"), attr=method):
                assert method in SCOPES, f"{path}:{node.lineno} .objects.{method}"
            case ast.Call(func=ast.Name(id="get_object_or_404"), args=[ast.Name(id=model), *_]) if (
                model[0].isupper()
            ):
                pytest.fail(f"{path}:{node.lineno} looks up an unscoped model")


# Where one patient's record, or a programme that may be one patient's own, is loaded for staff:
# the loader writes down who opened it. Everything else lists, or is the patient's own page.
LOADERS = {
    "Patient": {
        "patients/opening.py",
        "patients/own_records.py",
        "caseload/views/trail.py",  # names whom an event is about, and notes them as listed
    },
    "Programme": {"programmes/views/drafts.py"},
}
# Chained to a scope, these keep a programme of nobody's, or come after the record was opened.
NOT_ONES_OWN = {"templates", "filter"}
ABOUT_RECORDS = [
    p for p in CODE if p.parts[0] in {"patients", "reminders", "caseload", "today", "offline"}
]


def scoped(path: Path, model: str):
    """Each ``Model.objects.visible_to(…)`` here, or another scope of the person's, and the name
    chained to it, if any."""
    chained = {}
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
            chained[node.value] = node.attr
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Attribute(value=ast.Name(id=name), attr="objects"), attr=scope
                )
            ) if name == model and scope in SCOPES - {"by_token"}:
                yield node, chained


@pytest.mark.parametrize("path", VIEWS, ids=str)
def test_no_view_opens_a_record_but_through_the_loader(path: Path) -> None:
    if str(path) not in LOADERS["Patient"]:
        for node, _chained in scoped(path, "Patient"):
            pytest.fail(f"{path}:{node.lineno} loads a patient; use open_record or patients_of")
    if str(path) not in LOADERS["Programme"]:
        for node, chained in scoped(path, "Programme"):
            what = f"{path}:{node.lineno} loads a programme; use programme_of"
            assert chained.get(node) in NOT_ONES_OWN, what


@pytest.mark.parametrize("path", VIEWS, ids=str)
def test_whoever_lists_patients_notes_them(path: Path) -> None:
    text = (ROOT / path).read_text()
    if re.search(r"[^.\w]patients_of\(request\)", text) and path.stem != "opening":
        assert "note_listed(" in text, f"{path} lists patients without a line in the audit trail"


@pytest.mark.parametrize("path", ABOUT_RECORDS, ids=str)
def test_events_about_a_record_name_the_patient(path: Path) -> None:
    for node in ast.walk(parse(path)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="audit"), attr="record"), args=args):
                about_the_clinic = [ast.unparse(arg) for arg in args][1:2]
                assert about_the_clinic == ["Action.CLINIC_TRAIL_EXPORTED"], f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", [*CODE, *TESTS], ids=str)
def test_files_and_functions_stay_short(path: Path) -> None:
    assert (ROOT / path).read_text().count("\n") <= LINES_PER_FILE
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LINES_PER_FUNCTION, f"{path}:{node.lineno} {node.name}"


@pytest.mark.parametrize("path", STYLES_AND_SCRIPTS, ids=str)
def test_style_sheets_and_scripts_stay_short(path: Path) -> None:
    """How long a script's functions may be, the linter knows: biome.jsonc."""
    assert (ROOT / path).read_text().count("\n") <= LINES_PER_FILE


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_lines_of_templates_stay_short(path: Path) -> None:
    """Words of e-mails as plain text (.txt) are another matter: a line is a paragraph there."""
    for number, line in enumerate((ROOT / path).read_text().splitlines(), start=1):
        assert len(line) <= COLUMNS_PER_TEMPLATE, f"{path}:{number} has {len(line)}"


@pytest.mark.parametrize("path", CODE, ids=str)
def test_modules_say_what_they_hold(path: Path) -> None:
    assert path.stem not in UNTIDY_NAMES
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = {alias.name for alias in node.names}
            assert "django.dispatch" not in {getattr(node, "module", "")}, f"{path}: a signal"
            assert "receiver" not in names, f"{path}: a signal"


# A file that is opened without this site. Its own policy names the one style and the one script:
# tests/today/test_keepsake.py.
ALL_IN_ONE = Path("templates/programmes/keepsake.html")


@pytest.mark.parametrize("path", [path for path in PAGES if path != ALL_IN_ONE], ids=str)
def test_pages_hold_no_inline_script_or_style(path: Path) -> None:
    """The content security policy refuses both, so such a page would be broken."""
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", (ROOT / path).read_text())
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=[\"']|javascript:", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag, f"{path}: {tag}"
    assert not re.search(r"(src|href)=\"https?://", text), f"{path} asks a third party"


@pytest.mark.parametrize("path", PARTIALS, ids=str)
def test_partials_declare_their_context_first(path: Path) -> None:
    assert (ROOT / path).read_text().startswith("{# context:"), path
