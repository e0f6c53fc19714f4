"""A lead gives the clinic a logo, another one, or none; everyone of the clinic may see it."""

import io
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from PIL import Image

import clock
from accounts import sessions
from accounts.forms.logo import LogoForm
from accounts.models import AuditEvent, Membership
from tests.accounts.logos import logo_file, with_logo
from tests.cast import Cast
from tests.factories import PASSWORD, MembershipFactory, PatientFactory
from tests.pictures.files import picture_file, upload
from tests.pictures.test_sanitiser import REFUSED, SVG

pytestmark = pytest.mark.django_db
AGAIN = "Choose the file of your logo. If you had chosen it, choose it again: a page cannot keep a file."


@pytest.fixture
def lead(cast: Cast, as_user) -> Client:
    return as_user(cast.lead)


def page_of(clinic) -> str:
    return reverse("accounts:change_logo", args=[clinic.pk])


def picture_of(clinic) -> str:
    return reverse("accounts:logo", args=[clinic.pk, clinic.logo_mark])


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_given_by_a_lead_and_seen_in_the_settings(lead, cast):
    settings = reverse("accounts:clinic", args=[cast.clinic.pk])
    assert "Add a logo" in lead.get(settings).content.decode()
    response = lead.post(page_of(cast.clinic), {"file": upload(logo_file(), "logo.png")})
    assert response["Location"] == page_of(cast.clinic)
    assert said(response) == ["Logo saved. Your patients see it from now on."]
    cast.clinic.refresh_from_db()
    assert cast.clinic.logo
    for address in (settings, page_of(cast.clinic)):
        page = lead.get(address).content.decode()
        assert f'src="{picture_of(cast.clinic)}"' in page
    assert 'alt="The clinic’s logo"' in page
    assert "Change the logo" in lead.get(settings).content.decode()


def test_replaced_and_removed(lead, cast, own_photos, django_capture_on_commit_callbacks):
    before = with_logo(cast.clinic).logo_mark
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(page_of(cast.clinic), {"file": upload(logo_file(size=(90, 90)))})
    cast.clinic.refresh_from_db()
    assert cast.clinic.logo_mark != before
    assert [path.stem for path in own_photos.rglob("*.webp")] == [cast.clinic.logo_mark]
    remove = reverse("accounts:remove_logo", args=[cast.clinic.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert said(lead.post(remove))[-1] == "Logo removed."
    assert list(own_photos.rglob("*.webp")) == []
    assert said(lead.post(remove))[-1] == "The logo has been removed already."
    assert "Remove the logo" not in lead.get(page_of(cast.clinic)).content.decode()
    assert lead.get(remove).status_code == 405
    told = set(AuditEvent.objects.filter(actor=cast.lead).values_list("action", flat=True))
    assert {"clinic_logo_changed", "clinic_logo_removed"} <= told


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_file_is_refused_beside_its_field(lead, cast, own_photos, content, reason):
    response = lead.post(page_of(cast.clinic), {"file": upload(content)})
    assert response.status_code == 422
    reason = "This file is empty. Choose another one." if not content else str(reason)
    assert response.context["form"].errors == {"file": [reason]}
    page = response.content.decode()
    assert page.index('aria-describedby="id_file_') < page.index(f"<strong>{reason}</strong>")
    assert not own_photos.exists()


def test_a_wrong_file_leaves_the_logo_that_is_there(lead, cast):
    mark = with_logo(cast.clinic).logo_mark
    page = lead.post(page_of(cast.clinic), {"file": upload(SVG, "logo.svg")}).content.decode()
    assert "This is not a picture that we can show" in page
    cast.clinic.refresh_from_db()
    assert cast.clinic.logo_mark == mark
    assert picture_of(cast.clinic) in page


def test_nothing_chosen_and_too_many_chosen(lead, cast):
    response = lead.post(page_of(cast.clinic), {})
    assert response.context["form"].errors == {"file": [AGAIN]}
    files = [upload(picture_file()) for _ in range(3)]
    response = lead.post(page_of(cast.clinic), {"file": files})
    assert response.context["form"].errors == {"file": ["A clinic has one logo. Choose one file."]}
    assert response.status_code == 422


def test_asked_who_they_are_the_lead_chooses_the_file_again(cast, as_user):
    client = as_user(cast.lead)
    session = client.session
    sessions.note_proof(session, now=clock.now() - timedelta(minutes=16))
    session.save()
    page = client.post(page_of(cast.clinic), {"file": upload(logo_file())})
    assert page.status_code == 403
    assert "change the clinic’s logo" in page.content.decode()
    sent = {"confirm": "password", "confirm-password": PASSWORD}
    response = client.post(page_of(cast.clinic), sent)
    assert response.context["form"].errors == {"file": [AGAIN]}
    response = client.post(page_of(cast.clinic), {"file": upload(logo_file())})
    assert response.status_code == 302


def test_a_strangers_file_is_not_read(cast, as_user):
    for person in (cast.clinician, cast.patient, cast.other_clinician):
        body = io.BytesIO(b"--x\r\n" * 100)
        response = as_user(person).generic(
            "POST",
            page_of(cast.clinic),
            b"x",
            content_type="multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": "10000", "wsgi.input": body},
        )
        assert (response.status_code, body.tell()) == (404, 0)


def test_a_lead_of_another_clinic_finds_nothing(cast, as_user):
    stranger = as_user(MembershipFactory(role=Membership.Role.LEAD).user)
    assert stranger.get(page_of(cast.clinic)).status_code == 404
    assert stranger.post(page_of(cast.clinic), {"file": upload(logo_file())}).status_code == 404
    assert stranger.post(reverse("accounts:remove_logo", args=[cast.clinic.pk])).status_code == 404
    cast.clinic.refresh_from_db()
    assert not cast.clinic.logo


def test_an_upload_needs_its_token(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.lead)
    assert client.post(page_of(cast.clinic), {"file": upload(logo_file())}).status_code == 403


def test_handed_out_as_a_picture_that_its_browser_may_keep(cast, as_user):
    with_logo(cast.clinic)
    response = as_user(cast.patient).get(picture_of(cast.clinic))
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "inline"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size == (cast.clinic.logo_width, cast.clinic.logo_height)


def test_an_old_address_shows_the_logo_of_now_and_is_not_kept(cast, as_user):
    old = picture_of(with_logo(cast.clinic))
    with_logo(cast.clinic, size=(90, 90))
    response = as_user(cast.patient).get(old)
    assert response["Cache-Control"] == "private, no-store"
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size == (72, 72)


def test_only_people_of_the_clinic_see_it(cast, as_user):
    address = picture_of(with_logo(cast.clinic))
    for person in (cast.patient, cast.other_patient, cast.clinician, cast.lead):
        assert as_user(person).get(address).status_code == 200
    another = PatientFactory(user=cast.patient, clinic=cast.clinic)  # a second record
    assert as_user(another.user).get(address).status_code == 200
    for person in (cast.stranger, cast.other_clinician, cast.deactivated, PatientFactory().user):
        assert as_user(person).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_without_a_logo_or_its_file_there_is_nothing(cast, as_user, own_photos):
    patient = as_user(cast.patient)
    assert patient.get(reverse("accounts:logo", args=[cast.clinic.pk, "0"])).status_code == 404
    with_logo(cast.clinic)
    for path in own_photos.rglob("*.webp"):
        path.unlink()
    assert patient.get(picture_of(cast.clinic)).status_code == 404


def test_the_page_says_what_may_be_chosen(lead, cast):
    page = lead.get(page_of(cast.clinic)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'accept="image/jpeg,image/png,image/webp"' in page
    assert str(LogoForm.base_fields["file"].help_text) in page
