"""What a phone keeps is sealed: only the server opens it, and only for its own account."""

import json
import warnings

import pytest
from django.urls import reverse
from joserfc import jwe
from joserfc.jwk import ECKey

from offline import seal
from tests.cast import Cast
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TEXT = json.dumps({"note": "Das Knie knirscht. 膝が痛い"})


@pytest.fixture
def user():
    return UserFactory()


def sealed_for(user, text: str = TEXT, **header: str) -> str:
    key = ECKey.import_key(json.loads(seal.public_jwk(user)))
    how = {"alg": "ECDH-ES", "enc": "A256GCM", **header}
    with warnings.catch_warnings(action="ignore"):
        return jwe.encrypt_compact(how, text.encode(), key, algorithms=[*how.values()])


def test_what_is_sealed_for_an_account_is_opened_for_it(user):
    assert seal.open_for(user, sealed_for(user)) == TEXT


def test_another_account_does_not_open_it(user):
    with pytest.raises(seal.NotOpened):
        seal.open_for(UserFactory(), sealed_for(user))


def test_a_changed_byte_is_found_wherever_it_is(user):
    parts = sealed_for(user).split(".")
    for place in (0, 2, 3, 4):
        changed = [*parts]
        changed[place] = ("B" if parts[place][0] == "A" else "A") + parts[place][1:]
        with pytest.raises(seal.NotOpened):
            seal.open_for(user, ".".join(changed))


@pytest.mark.parametrize("text", ["", "....", "a.b.c.d.e", "é", "null", "{}", "\x00", "e30...."])
def test_what_is_none_of_ours_is_refused(user, text):
    with pytest.raises(seal.NotOpened):
        seal.open_for(user, text)


def test_what_is_too_large_is_not_even_tried(user, monkeypatch):
    text = sealed_for(user)
    monkeypatch.setattr(seal, "LONGEST", len(text) - 1)
    with pytest.raises(seal.NotOpened):
        seal.open_for(user, text)


def test_another_way_to_seal_is_refused(user):
    """One that packs small what is large, and one with another cipher."""
    for other in ({"zip": "DEF"}, {"enc": "A128GCM"}, {"alg": "ECDH-ES+A256KW"}):
        with pytest.raises(seal.NotOpened):
            seal.open_for(user, sealed_for(user, **other))


def test_words_that_are_no_text_are_refused(user):
    key = ECKey.import_key(json.loads(seal.public_jwk(user)))
    how = {"alg": "ECDH-ES", "enc": "A256GCM"}
    with pytest.raises(seal.NotOpened):
        seal.open_for(user, jwe.encrypt_compact(how, b"\xff\xfe", key))


def test_it_is_still_opened_after_the_secret_key_was_changed(user, settings):
    text, old = sealed_for(user), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 8, [old]
    assert seal.open_for(user, text) == TEXT
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(seal.NotOpened):
        seal.open_for(user, text)


def test_the_public_key_says_no_more_than_that(user):
    assert json.loads(seal.public_jwk(user)).keys() == {"kty", "crv", "x", "y"}
    assert seal.public_jwk(user) == seal.public_jwk(user) != seal.public_jwk(UserFactory())


def test_pages_of_a_patient_hold_their_key_and_others_none(cast: Cast, as_user):
    page = as_user(cast.patient).get(reverse("today:today")).content.decode()
    assert 'name="seal"' in page
    assert json.loads(seal.public_jwk(cast.patient))["x"] in page
    help_page = as_user(cast.clinician).get(reverse("caseload:caseload")).content.decode()
    assert 'name="seal"' not in help_page
