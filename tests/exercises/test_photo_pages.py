"""The page of a draft's photos, and each photo as it is handed out."""

import io
import re
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from PIL import Image

from exercises.forms.photos import FILES
from exercises.models import ExerciseVersion, Photo
from pictures import sanitiser, uploads
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import ClinicFactory, MembershipFactory
from tests.pictures.files import picture_file, upload
from tests.pictures.test_sanitiser import REFUSED

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "Lying down", "Knee over the hip", "Leg straight up"
EMPTY = "This file is empty. Choose another one."


@pytest.fixture
def draft(cast):
    return draft_of(cast.clinic, name="Wall sit")


@pytest.fixture
def staff(cast, as_user) -> Client:
    return as_user(cast.clinician)


def page_of(draft) -> str:
    return reverse("exercises:photos", args=[draft.pk])


def address(verb: str, shown) -> str:
    return reverse(f"exercises:{verb}_photo", args=[shown.version_id, shown.pk])


def words(version) -> list[str]:
    return list(version.shown.values_list("words", flat=True))


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def fields(number: int, content: bytes, shows: str = "", name: str = "photo.jpg") -> dict:
    return {f"new-{number}-file": upload(content, name), f"new-{number}-words": shows}


def test_an_empty_page(staff, draft):
    response = staff.get(page_of(draft))
    content = response.content.decode()
    assert content.count('type="file"') == 3
    assert "Wall sit · 0 of 6 photos" in content
    assert 'enctype="multipart/form-data"' in content


def test_one_added(staff, draft):
    response = staff.post(page_of(draft), fields(0, picture_file(), ONE))
    assert response.status_code == 302
    assert response["Location"] == page_of(draft)
    assert said(response) == ["Photo added."]
    assert words(draft) == [ONE]
    page = staff.get(page_of(draft)).content.decode()
    assert f'alt="{ONE}"' in page
    assert 'width="80" height="60" loading="lazy"' in page


def test_several_added_and_rows_left_empty(staff, draft):
    sent = {**fields(0, picture_file(), ONE), **fields(2, picture_file("PNG"), TWO)}
    response = staff.post(page_of(draft), sent)
    assert said(response) == ["2 photos added."]
    assert words(draft) == [ONE, TWO]


def test_nothing_chosen(staff, draft):
    response = staff.post(page_of(draft), {})
    assert response.status_code == 422
    assert "Choose a photo." in response.content.decode()


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_file_is_refused_beside_its_field(staff, draft, own_photos, content, reason):
    response = staff.post(page_of(draft), fields(0, content, ONE))
    assert response.status_code == 422
    reason = EMPTY if not content else str(reason)
    assert response.context["rows"][0].errors == {"file": [reason]}
    page = response.content.decode()
    assert page.index('aria-describedby="id_new-0-file_error"') < page.index(
        f"<strong>{reason}</strong>"
    )
    assert f'value="{ONE}"' in page
    assert not Photo.objects.exists()
    assert not own_photos.exists()


@pytest.mark.parametrize(
    "name",
    [
        "photo.jpg",
        "photo.html",
        "page.svg",
        "a.php",
        "../../etc/cron.d/x",
        "CON",
        "x" * 300,
        "é\u202egpj",
    ],
)
def test_what_a_file_is_called_counts_for_nothing(staff, draft, own_photos, name):
    response = staff.post(page_of(draft), fields(0, picture_file("WEBP"), ONE, name))
    assert response.status_code == 302
    [path] = own_photos.iterdir()
    assert re.fullmatch(r"[0-9a-f]{32}\.webp", path.name)


def test_what_the_browser_says_it_is_counts_for_nothing(staff, draft):
    file = SimpleUploadedFile("photo.jpg", picture_file("PNG"), content_type="text/html")
    staff.post(page_of(draft), {"new-0-file": file, "new-0-words": ONE})
    response = staff.get(reverse("exercises:photo", args=[draft.shown.get().photo_id]))
    assert response["Content-Type"] == "image/webp"


def test_words_are_needed_and_the_file_has_to_be_chosen_again(staff, draft):
    response = staff.post(page_of(draft), fields(0, picture_file()))
    assert response.status_code == 422
    assert response.context["rows"][0].errors == {
        "words": ["Say what the photo shows, for people who cannot see it."],
        "file": ["Choose this photo again: a page cannot keep a file."],
    }


def test_words_too_long_are_kept_to_be_shortened(staff, draft):
    response = staff.post(page_of(draft), fields(0, picture_file(), "a" * 201))
    assert response.status_code == 422
    assert 'value="' + "a" * 201 in response.content.decode()


def test_what_is_right_is_kept_and_what_is_wrong_stays_on_the_page(staff, draft):
    sent = {**fields(0, b"<svg/>", ONE), **fields(1, picture_file(), TWO), "new-2-words": THREE}
    response = staff.post(page_of(draft), sent)
    assert response.status_code == 422
    assert words(draft) == [TWO]
    first, second, third = response.context["rows"]
    assert (first["words"].value(), second["words"].value(), third["words"].value()) == (
        ONE,
        None,
        THREE,
    )
    assert first.errors["file"] == [str(sanitiser.NOT_A_PICTURE)]
    assert not second.errors
    assert third.errors["file"] == ["Choose a photo."]


def test_a_full_page_offers_no_more(staff, draft):
    with_photos(draft, *"abcdef")
    content = staff.get(page_of(draft)).content.decode()
    assert 'type="file"' not in content
    assert "Six photos are the most." in content


def test_rows_are_as_many_as_places(staff, draft):
    with_photos(draft, *"abcde")
    assert staff.get(page_of(draft)).content.decode().count('type="file"') == 1


def test_one_too_many_from_an_older_page(staff, draft, own_photos):
    with_photos(draft, *"abcde")
    sent = {**fields(0, picture_file(), ONE), **fields(1, picture_file(), TWO)}
    response = staff.post(page_of(draft), sent)
    assert response.status_code == 422
    assert "Six photos are the most." in response.content.decode()
    assert draft.shown.count() == 5
    assert len(list(own_photos.iterdir())) == 5


def test_more_files_than_a_form_has_are_not_even_kept(staff, draft, monkeypatch):
    sent = {f"extra-{n}": upload(picture_file()) for n in range(10)}
    staff.post(page_of(draft), sent)
    response = staff.post(page_of(draft), sent)
    assert len(response.wsgi_request.FILES) == FILES


def test_a_huge_file_is_cut_off_and_refused_in_words(staff, draft):
    content = picture_file() + b"\0" * (3 * sanitiser.MAX_BYTES)
    response = staff.post(page_of(draft), fields(0, content, ONE))
    assert response.context["rows"][0].errors == {"file": [str(sanitiser.TOO_MANY_BYTES)]}
    kept = response.wsgi_request.FILES["new-0-file"].size
    assert sanitiser.MAX_BYTES < kept < sanitiser.MAX_BYTES + 200_000


def announced(client: Client, path: str, length: int, body: io.BytesIO):
    return client.generic(
        "POST",
        path,
        b"x",
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(length), "wsgi.input": body},
    )


def test_a_huge_request_is_refused_before_it_is_read(staff, draft):
    body = io.BytesIO(b"--x\r\n" * 100)
    response = announced(staff, page_of(draft), uploads.MAX_REQUEST + 1, body)
    assert response.status_code == 413
    assert body.tell() == 0


@pytest.mark.parametrize("signed_in", [True, False])
def test_pages_without_photos_take_no_files(cast, as_user, signed_in):
    client = as_user(cast.clinician) if signed_in else Client()
    body = io.BytesIO(b"--x\r\n" * 100)
    response = announced(client, reverse("account_login"), 2 * 1024 * 1024, body)
    assert response.status_code == 413
    assert body.tell() == 0
    response = client.post(reverse("account_login"), {"file": upload(picture_file())})
    assert not response.wsgi_request.FILES


def test_a_strangers_upload_is_not_read(cast, draft, as_user):
    for client, status in ((Client(), 302), (as_user(cast.patient), 404)):
        body = io.BytesIO(b"--x\r\n" * 100)
        assert announced(client, page_of(draft), 10_000, body).status_code == status
        assert body.tell() == 0


def test_an_upload_needs_its_token(cast, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clinician)
    sent = fields(0, picture_file(), ONE)
    assert client.post(page_of(draft), sent).status_code == 403
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page_of(draft)).content.decode()
    )
    sent = {**fields(0, picture_file(), ONE), "csrfmiddlewaretoken": token[1]}
    assert client.post(page_of(draft), sent).status_code == 302
    assert words(draft) == [ONE]


def test_words_changed(staff, draft):
    [shown] = with_photos(draft, ONE)
    field = f"photo-{shown.pk}-words"
    response = staff.post(address("describe", shown), {field: TWO})
    assert response["Location"] == f"{page_of(draft)}#photo-{shown.pk}"
    assert words(draft) == [TWO]
    response = staff.post(address("describe", shown), {field: " "})
    assert response.status_code == 422
    assert "Say what the photo shows" in response.content.decode()
    assert words(draft) == [TWO]


def test_moved_with_the_words_that_were_typed(staff, draft):
    first, second = with_photos(draft, ONE, TWO)
    staff.post(address("move", second), {"to": "up", f"photo-{second.pk}-words": THREE})
    assert words(draft) == [THREE, ONE]
    staff.post(address("move", second), {"to": "down"})
    assert words(draft) == [ONE, THREE]


def test_removed_twice_is_gone_once(staff, draft):
    first, _ = with_photos(draft, ONE, TWO)
    assert said(staff.post(address("remove", first))) == ["Photo removed."]
    for verb in ("remove", "move", "describe"):
        response = staff.post(address(verb, first))
        assert said(response)[-1] == "That photo has been removed already."
    assert words(draft) == [TWO]


def test_only_buttons_change_something(staff, draft):
    [shown] = with_photos(draft)
    for verb in ("describe", "move", "remove"):
        assert staff.get(address(verb, shown)).status_code == 405


def test_the_photos_of_what_is_published_stay(staff, draft):
    [shown] = with_photos(draft, ONE)
    publish(draft)
    answers = [
        staff.get(page_of(draft)),
        staff.post(page_of(draft), fields(0, picture_file(), TWO)),
        staff.post(address("remove", shown)),
    ]
    for response in answers:
        assert response["Location"] == reverse("exercises:detail", args=[draft.exercise.slug])
    assert words(draft) == [ONE]


def test_a_photo_of_another_draft_cannot_be_reached_through_ones_own(staff, cast, draft):
    [other] = with_photos(draft_of(ClinicFactory()), ONE)
    with_photos(draft, TWO)
    response = staff.post(reverse("exercises:remove_photo", args=[draft.pk, other.pk]))
    assert said(response) == ["That photo has been removed already."]
    other.refresh_from_db()
    assert other.words == ONE


def test_handed_out_as_a_picture_and_nothing_else(staff, draft, own_photos):
    [shown] = with_photos(draft)
    response = staff.get(reverse("exercises:photo", args=[shown.photo_id]))
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "inline"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    [path] = own_photos.iterdir()
    assert response.content == path.read_bytes()
    assert Image.open(io.BytesIO(response.content)).size == (80, 60)


def test_no_browser_keeps_a_photo(staff, draft):
    [shown] = with_photos(draft)
    response = staff.get(reverse("exercises:photo", args=[shown.photo_id]))
    assert "no-store" in response["Cache-Control"]
    assert not response.has_header("ETag")


def test_what_a_browser_says_it_has_opens_nothing(cast, as_user, draft):
    [shown] = with_photos(draft)
    where = reverse("exercises:photo", args=[shown.photo_id])
    etag = f'"{shown.photo_id.hex}"'
    stranger = as_user(cast.other_clinician)
    assert stranger.get(where, headers={"If-None-Match": etag}).status_code == 404


def test_a_missing_file_is_not_found(staff, draft, own_photos):
    [shown] = with_photos(draft)
    for path in own_photos.iterdir():
        path.unlink()
    response = staff.get(reverse("exercises:photo", args=[shown.photo_id]))
    assert response.status_code == 404


def test_no_photo_of_that_name(staff):
    assert staff.get(reverse("exercises:photo", args=[uuid4()])).status_code == 404


def test_no_web_address_leads_to_the_files(staff, draft):
    [shown] = with_photos(draft)
    for place in ("/", "/static/", "/media/", "/photos/", "/exercises/photos/"):
        assert staff.get(f"{place}{shown.photo.file.name}").status_code == 404


def test_the_page_asks_as_much_for_six_photos_as_for_one(staff, draft, django_assert_num_queries):
    with_photos(draft, ONE)
    with django_assert_num_queries(6):  # session, user, roles, clinics, draft, photos
        staff.get(page_of(draft))
    with_photos(draft, *"abcde")
    with django_assert_num_queries(6):
        staff.get(page_of(draft))


@pytest.mark.parametrize("partial", ["exercises/_photos.html", "exercises/_photos_edit.html"])
def test_partials_ask_nothing(partial, draft, django_assert_num_queries):
    with_photos(draft, ONE, TWO)
    version = ExerciseVersion.objects.prefetch_related("shown__photo").get(pk=draft.pk)
    with django_assert_num_queries(0):
        content = render_to_string(partial, {"version": version, "draft": version})
    assert content.count("<img") == 2
    assert "/exercises/photos/" in content


def test_without_photos_there_is_nothing_to_see(draft):
    assert not render_to_string("exercises/_photos.html", {"version": draft}).strip()
    assert "Add photos" in render_to_string("exercises/_photos_edit.html", {"draft": draft})


def test_who_works_in_two_clinics_sees_the_photos_of_both(as_user):
    person = MembershipFactory().user
    second = MembershipFactory(user=person).clinic
    for clinic in (person.memberships.first().clinic, second):
        [shown] = with_photos(draft_of(clinic))
        where = reverse("exercises:photo", args=[shown.photo_id])
        assert as_user(person).get(where).status_code == 200
