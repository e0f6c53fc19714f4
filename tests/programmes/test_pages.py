"""The list of templates, and what can be done with a published programme."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

import clock
from programmes import services
from programmes.models import Programme
from tests.factories import ClinicFactory, MembershipFactory, published_programme
from tests.programmes.conftest import names, url

LIST = "/programmes/"


def titles(response) -> list[str]:
    return [programme.title for programme in response.context["page"]]


def test_an_empty_list_says_what_to_do(physio):
    response = physio.get(LIST)
    assertContains(response, "No programmes yet")
    assertContains(response, f'href="{reverse("programmes:create")}"')


def test_the_list_shows_the_clinics_templates(physio, cast, draft, add):
    add("A")
    add("B")
    published_programme(clinic=cast.clinic, title="Ready", items=3)
    published_programme(clinic=cast.clinic, title="A patient's own", is_template=False)
    published_programme(title="Another clinic's")
    response = physio.get(LIST)
    assert titles(response) == ["Low back", "Ready"]
    assert [programme.item_count for programme in response.context["page"]] == [2, 3]
    assertContains(response, "Draft saved Mon 5 Jan, 09:00")


def test_the_list_shows_what_is_in_use_and_what_will_follow(physio, cast):
    first = published_programme(clinic=cast.clinic, title="Hips")
    second = services.revise(first, by=cast.clinician, now=clock.now())
    rows = physio.get(LIST).context["page"].object_list
    assert [(row.version, row.is_published) for row in rows] == [(1, True), (2, False)]
    services.publish(second, by=cast.clinician, now=clock.now())
    rows = physio.get(LIST).context["page"].object_list
    assert [(row.version, row.is_published) for row in rows] == [(2, True)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "low"}, ["Low back"]),
        ({"q": "back low"}, ["Low back"]),
        ({"q": "ba\u00adck\u200b"}, ["Low back"]),
        ({"q": "zzz"}, []),
        ({"state": "drafts"}, ["Low back"]),
        ({"state": "published"}, ["Ready"]),
        ({"q": "low", "state": "published"}, []),
        ({"state": "magic"}, ["Low back", "Ready"]),
        ({"q": "\x00"}, ["Low back", "Ready"]),
        ({"page": "99"}, ["Low back", "Ready"]),
        ({"page": "x"}, ["Low back", "Ready"]),
    ],
    ids=str,
)
def test_searching_and_filtering(physio, cast, draft, query, found):
    published_programme(clinic=cast.clinic, title="Ready")
    response = physio.get(LIST, query)
    assert titles(response) == found
    if not found:
        assertContains(response, "No programme fits.")


def test_what_nobody_sees_in_a_title_does_not_hide_it(physio, cast):
    published_programme(clinic=cast.clinic, title="Rück\u00aden\u200bkurs")
    assert len(titles(physio.get(LIST, {"q": "rückenkurs"}))) == 1
    assert len(titles(physio.get(LIST, {"q": "ru\u0308ckenkurs"}))) == 1


def test_a_long_list_has_pages_that_keep_the_filter(physio, cast):
    for number in range(26):
        services.create(cast.clinic, title=f"T{number:02}", by=cast.clinician, now=clock.now())
    response = physio.get(LIST, {"state": "drafts"})
    assert len(titles(response)) == 25
    assertContains(response, "?state=drafts&amp;page=2")
    assert titles(physio.get(LIST, {"state": "drafts", "page": 2})) == ["T25"]


def test_who_works_in_two_clinics_chooses_one(physio, cast):
    other = MembershipFactory(user=cast.clinician, clinic=ClinicFactory(name="Zebra")).clinic
    address = reverse("programmes:create")
    assert physio.post(address, {"title": "Hips"}).status_code == 422
    assert (
        physio.post(
            address, {"title": "Hips", "clinic": published_programme().clinic_id}
        ).status_code
        == 422
    )
    physio.post(address, {"title": "Hips", "clinic": other.pk})
    assert Programme.objects.get(title="Hips").clinic == other


def test_a_published_programme_is_read_in_words(physio, cast):
    programme = published_programme(clinic=cast.clinic, advice="Keep walking.")
    response = physio.get(url("edit", programme))
    assertContains(response, "Hold for 20 to 30 seconds. Do this 2 or 3 times.")
    assertContains(response, "Keep walking.")
    assertContains(response, f"{reverse('caseload:assign_from')}?programme={programme.pk}")
    assertNotContains(response, '<input type="number"')


def test_a_patients_own_programme_is_not_assigned_again(physio, cast):
    programme = published_programme(clinic=cast.clinic, is_template=False)
    assertNotContains(physio.get(url("edit", programme)), "Assign to a patient")


def test_publishing_an_empty_programme_says_what_is_missing(physio, draft):
    response = physio.post(url("publish", draft), follow=True)
    assertContains(response, "Add at least one exercise, then publish.")
    draft.refresh_from_db()
    assert not draft.is_published


def test_what_a_colleague_put_in_since_is_not_published_unread(physio, draft, add):
    add("A")
    page = physio.get(url("edit", draft))
    draft.refresh_from_db()
    assertContains(page, f'name="seen" value="{draft.mark}"')
    read = draft.mark
    Programme.objects.filter(pk=draft.pk).update(saved_at=clock.now())
    response = physio.post(url("publish", draft), {"seen": read}, follow=True)
    assertContains(response, "The programme has changed since you opened this page.")
    draft.refresh_from_db()
    assert not draft.is_published
    physio.post(url("publish", draft), {"seen": draft.mark})
    draft.refresh_from_db()
    assert draft.is_published


def test_publishing_twice_is_publishing_once(physio, draft, add):
    add("A")
    for _ in range(2):
        response = physio.post(url("publish", draft), follow=True)
        assertNotContains(response, "Choose “Change it”")
    draft.refresh_from_db()
    assert draft.is_published


def test_changing_a_published_programme_opens_its_next_version(physio, cast):
    programme = published_programme(clinic=cast.clinic, items=2)
    for _ in range(2):
        response = physio.post(url("revise", programme))
        following = Programme.objects.get(line_id=programme.line_id, version=2)
        assertRedirects(response, url("edit", following))
    assert names(following) == names(programme)
    assertContains(physio.get(url("edit", programme)), "Go on with the draft")
    services.publish(following, by=cast.clinician, now=clock.now())
    assertContains(physio.get(url("edit", programme)), "A later version has replaced this one.")


def test_copying_makes_a_draft_of_its_own(physio, cast):
    programme = published_programme(clinic=cast.clinic, title="x" * 112)
    response = physio.post(url("copy", programme), follow=True)
    twin = Programme.objects.get(title=f"Copy of {programme.title}")
    assertRedirects(response, url("edit", twin))
    assert (twin.is_template, twin.is_published) == (True, False)
    assert names(twin) == names(programme)


def test_deleting_a_draft_asks_first(physio, draft, add):
    add("A")
    assertContains(physio.get(url("delete", draft)), "Once deleted it cannot come back.")
    assert Programme.objects.filter(pk=draft.pk).exists()
    response = physio.post(url("delete", draft), follow=True)
    assertRedirects(response, LIST)
    assertContains(response, "“Low back” is deleted.")
    assert physio.post(url("delete", draft)).status_code == 404


@pytest.mark.parametrize("name", ["publish", "revise", "copy", "add_item"])
def test_looking_changes_nothing(physio, draft, name):
    assert physio.get(url(name, draft)).status_code == 405


@pytest.mark.parametrize("name", ["change_item", "move_item", "remove_item", "restore_item"])
def test_looking_at_an_item_changes_nothing(physio, draft, add, name):
    assert physio.get(url(name, draft, add("A"))).status_code == 405


@pytest.mark.parametrize("elsewhere", ["", "https://evil.example/", "no-route"])
def test_deleting_never_leads_to_another_site_or_to_no_page(physio, draft, elsewhere):
    response = physio.post(url("delete", draft), {"next": elsewhere})
    assert (response.status_code, response["Location"]) == (302, LIST)
