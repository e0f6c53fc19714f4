"""Another clinic's programme, a patient's eyes, an unknown id: nothing is there."""

import uuid
from types import SimpleNamespace

import pytest

from tests.factories import ItemFactory, ProgrammeFactory
from tests.programmes.conftest import dose_of, names, url

PAGES = ["edit", "preview", "delete"]
VERBS = ["publish", "revise", "copy", "add_item", "edit", "delete"]
ITEM_VERBS = ["change_item", "move_item", "remove_item", "restore_item"]


@pytest.mark.parametrize("who", ["patient", "other_clinician", "deactivated", "stranger"])
def test_strangers_find_nothing(cast, draft, add, as_user, who):
    item, client = add("A"), as_user(getattr(cast, who))
    for name in PAGES:
        assert client.get(url(name, draft)).status_code == 404
    for name in VERBS:
        assert client.post(url(name, draft)).status_code == 404
    for name in ITEM_VERBS:
        assert client.post(url(name, draft, item), dose_of(item, note="X")).status_code == 404
    item.refresh_from_db()
    assert (names(draft), item.note) == (["A"], "")


@pytest.mark.parametrize("who", ["colleague", "lead"])
def test_colleagues_share_the_clinics_programmes(cast, draft, as_user, who):
    assert as_user(getattr(cast, who)).get(url("edit", draft)).status_code == 200


def test_unknown_ids(physio, draft):
    nowhere = SimpleNamespace(pk=uuid.uuid4())
    for name in PAGES:
        assert physio.get(url(name, nowhere)).status_code == 404
    for name in VERBS:
        assert physio.post(url(name, nowhere)).status_code == 404
    for name in ITEM_VERBS:
        assert physio.post(url(name, draft, nowhere)).status_code == 404


def test_an_item_belongs_to_its_own_programme(physio, draft, cast):
    elsewhere = ItemFactory(programme=ProgrammeFactory(clinic=cast.clinic), position=1)
    for name in ITEM_VERBS:
        assert physio.post(url(name, draft, elsewhere)).status_code == 404
    assert elsewhere.programme.items.count() == 1
