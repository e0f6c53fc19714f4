"""More files in one request than the photo form has."""

import pytest

from exercises.forms.photos import TOO_MANY_FILES
from tests.exercises.photos import draft_of
from tests.exercises.test_photo_pages import ONE, TWO, page_of, words
from tests.pictures.files import picture_file, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return draft_of(cast.clinic, name="Wall sit")


@pytest.fixture
def staff(cast, as_user):
    return as_user(cast.clinician)


@pytest.mark.parametrize("count", [1, 4, 12, 40, 41, 200])
@pytest.mark.parametrize("names", ["new-0-file", "new-{n}-file"])
def test_more_files_than_the_form_has_are_refused_in_words(staff, draft, count, names):
    sent: dict = {"new-0-words": ONE, "new-1-words": TWO}
    for n in range(count):
        sent.setdefault(names.format(n=n), []).append(upload(picture_file()))
    response = staff.post(page_of(draft), sent)
    if count == 1:
        assert words(draft) == [ONE]
        return
    assert response.status_code == 422
    first, second, _third = response.context["rows"]
    assert first.errors["file"] == second.errors["file"] == [str(TOO_MANY_FILES)]
    assert (first["words"].value(), second["words"].value()) == (ONE, TWO)
    assert not draft.shown.exists()
