"""Nobody signs for all: a signature is one clinic's, and other clinics do not see it."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Clinic, Membership, User
from accounts.services import deactivate, rename
from exercises.models import ExerciseVersion
from exercises.services import review
from tests.cast import Cast
from tests.exercises.writing_desk import of_version, published
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseVersionFactory,
    MembershipFactory,
    SignatureFactory,
)

UNSIGNED = "Not yet reviewed by a physiotherapist"
SIGNED = "Reviewed by a physiotherapist"


@pytest.fixture
def shared(db) -> ExerciseVersion:
    return ExerciseVersionFactory(exercise__slug="bridge", name="Bridge")


@pytest.fixture
def hillside(db) -> Clinic:
    return ClinicFactory(name="Hillside")


@pytest.fixture
def in_both(cast: Cast, hillside: Clinic) -> User:
    """A clinician of Riverside who leads Hillside too."""
    MembershipFactory(user=cast.clinician, clinic=hillside, role=Membership.Role.LEAD)
    return cast.clinician


def pages(client, version) -> list:
    names = ("history", "review")
    return [
        client.get("/exercises/?q=Bridge"),
        client.get("/exercises/bridge/"),
        *(client.get(of_version(version, name)) for name in names),
    ]


def sign(client, version, clinic):
    return client.post(of_version(version, "review"), {"clinic": clinic.pk})


def test_another_clinic_sees_nothing_of_a_signature(as_user, cast, shared):
    sign(as_user(cast.clinician), shared, cast.clinic)
    for page in pages(as_user(cast.other_clinician), shared)[:3]:
        assertContains(page, UNSIGNED)
    for page in pages(as_user(cast.other_clinician), shared):
        assertNotContains(page, "Priya Shah")
        assertNotContains(page, SIGNED)
    for page in pages(as_user(cast.colleague), shared)[:3]:
        assertNotContains(page, UNSIGNED)


def test_another_clinic_signs_the_same_version_for_itself(as_user, cast, shared):
    sign(as_user(cast.clinician), shared, cast.clinic)
    theirs = cast.other_clinician.memberships.get().clinic
    other = as_user(cast.other_clinician)
    sign(other, shared, theirs)
    assert shared.signatures.standing().count() == 2
    assertContains(other.get("/exercises/bridge/"), f"Reviewed by {cast.other_clinician.name}")
    assertNotContains(other.get(of_version(shared, "history")), "Priya Shah")


def test_nobody_takes_another_clinics_signature_back(as_user, cast, shared):
    signature = SignatureFactory(version=shared, clinic=cast.clinic, by=cast.clinician)
    address = f"/exercises/signatures/{signature.pk}/withdraw/"
    for who in (cast.other_clinician, cast.deactivated, cast.patient, cast.stranger):
        assert as_user(who).post(address).status_code == 404
    assert shared.signatures.standing().get() == signature


def test_name_and_role_stay_as_they_were(as_user, cast, shared):
    sign(as_user(cast.clinician), shared, cast.clinic)
    rename(cast.clinician, name="Best Physio", now=LONG_AGO)
    cast.clinician.memberships.update(role=Membership.Role.LEAD)
    words = "Reviewed by Priya Shah, clinician, "
    assertContains(as_user(cast.colleague).get("/exercises/bridge/"), words)
    assertContains(as_user(cast.colleague).get(of_version(shared, "history")), words)


def test_it_stays_when_its_signer_leaves(as_user, cast, shared):
    signature = review.sign(shared, clinic=cast.clinic, by=cast.clinician, now=LONG_AGO)
    deactivate(cast.clinician.memberships.get(), by=cast.lead, now=LONG_AGO)
    assertContains(as_user(cast.colleague).get("/exercises/bridge/"), "Reviewed by Priya Shah")
    address = f"/exercises/signatures/{signature.pk}/withdraw/"
    gone = User.objects.get(pk=cast.clinician.pk)
    assert as_user(gone).post(address).status_code == 404


def test_who_works_in_two_clinics_is_asked_for_which(as_user, in_both, cast, hillside, shared):
    physio = as_user(in_both)
    page = physio.get(of_version(shared, "review"))
    for words in (
        "For which clinic do you sign?",
        "Riverside",
        "Hillside",
        "Priya Shah, clinic lead",
    ):
        assertContains(page, words)
    response = physio.post(of_version(shared, "review"), {})
    assertContains(response, "Choose the clinic for which you sign.", status_code=422)
    assert not shared.signatures.exists()
    sign(physio, shared, hillside)
    signature = shared.signatures.get()
    assert (signature.clinic, signature.role) == (hillside, "lead")
    assertContains(as_user(cast.colleague).get("/exercises/bridge/"), UNSIGNED)


def test_who_works_in_two_clinics_sees_which_has_signed(as_user, in_both, hillside, shared):
    SignatureFactory(version=shared, clinic=hillside, name="Lena Wolf")
    physio = as_user(in_both)
    assertContains(physio.get("/exercises/"), "Reviewed by a physiotherapist: Hillside")
    words = "Reviewed for Hillside by Lena Wolf, clinician, 5 January 2026, version 1"
    for page in pages(physio, shared)[1:]:
        assertContains(page, words)
    # The other clinic has not: there is still something to sign, and no question for which.
    page = physio.get(of_version(shared, "review"))
    assertContains(page, "Riverside:")
    assertNotContains(page, "For which clinic do you sign?")
    assertContains(page, "Sign this version")


def test_who_works_in_two_clinics_takes_each_signature_back_by_itself(
    as_user, in_both, cast, hillside, shared
):
    physio = as_user(in_both)
    for clinic in (cast.clinic, hillside):
        sign(physio, shared, clinic)
    page = physio.get(of_version(shared, "history"))
    for name in ("Riverside", "Hillside"):
        assertContains(page, f"Take my signature for {name} back")
    assertNotContains(page, "Review this version")
    signature = shared.signatures.get(clinic=hillside)
    physio.post(f"/exercises/signatures/{signature.pk}/withdraw/")
    assert shared.signatures.standing().get().clinic == cast.clinic


def test_a_clinics_own_exercise_is_signed_for_that_clinic_alone(as_user, in_both, cast, hillside):
    own = published(cast.clinic, by=cast.colleague)
    physio = as_user(in_both)
    assertNotContains(physio.get(of_version(own, "review")), "For which clinic do you sign?")
    assert sign(physio, own, hillside).status_code == 422
    assert not own.signatures.exists()
    sign(physio, own, cast.clinic)
    assert own.signatures.get().clinic == cast.clinic


def test_nobody_signs_for_a_clinic_that_the_page_did_not_show(
    as_user, in_both, cast, hillside, shared
):
    """The page was for Riverside; the access there has ended since."""
    physio = as_user(in_both)
    in_both.memberships.filter(clinic=cast.clinic).update(deactivated_at=LONG_AGO)
    response = sign(physio, shared, cast.clinic)
    assertContains(response, "Look at this page again, then sign.", status_code=422)
    assert physio.post(of_version(shared, "review"), {"clinic": "x"}).status_code == 422
    assert not shared.signatures.exists()


def test_the_service_takes_only_a_member_of_the_clinic(cast, hillside, shared):
    for who in (cast.deactivated, cast.other_clinician, cast.stranger):
        with pytest.raises(review.NotSignable):
            review.sign(shared, clinic=cast.clinic, by=who, now=LONG_AGO)
    own = published(hillside, by=MembershipFactory(clinic=hillside).user)
    with pytest.raises(review.NotSignable):
        review.sign(own, clinic=cast.clinic, by=cast.clinician, now=LONG_AGO)


@pytest.mark.parametrize("page", ["/exercises/", "/exercises/bridge/", "history", "review"])
def test_signatures_cost_a_page_no_more_queries(
    as_user, in_both, cast, hillside, shared, page, django_assert_max_num_queries
):
    others = [ExerciseVersionFactory() for _ in range(5)]
    address = page if page.startswith("/") else of_version(shared, page)
    physio = as_user(in_both)
    with django_assert_max_num_queries(40) as before:
        physio.get(address)
    for version in (shared, *others):
        for clinic in (cast.clinic, hillside):
            SignatureFactory(version=version, clinic=clinic)
    with django_assert_max_num_queries(len(before)):
        physio.get(address)


def test_the_library_is_narrowed_by_what_our_own_clinic_has_signed(as_user, cast, shared):
    ExerciseVersionFactory(name="Clam")
    taken_back = ExerciseVersionFactory(name="Plank")
    sign(as_user(cast.clinician), shared, cast.clinic)
    SignatureFactory(version=taken_back, clinic=cast.clinic, withdrawn_at=LONG_AGO)

    def found(who, value):
        page = as_user(who).get("/exercises/", {"reviewed": value})
        names = {version.name for version in page.context["page"]}
        return names & {"Bridge", "Clam", "Plank"}

    assert found(cast.colleague, "yes") == {"Bridge"}
    assert found(cast.colleague, "no") == {"Clam", "Plank"}
    assert found(cast.other_clinician, "yes") == set()
    assert found(cast.other_clinician, "no") == {"Bridge", "Clam", "Plank"}
    page = as_user(cast.colleague).get("/exercises/", {"reviewed": "yes"})
    assertContains(page, "Reviewed in our clinic")


def test_what_a_signature_means_is_told_only_to_who_may_sign(as_user, cast, shared):
    client, address = as_user(cast.colleague), of_version(shared, "review")
    assertContains(client.get(address), "What your signature means")
    sign(as_user(cast.clinician), shared, cast.clinic)
    page = client.get(address)
    assertNotContains(page, "What your signature means")
    assertContains(page, "Signed already")
    assertContains(page, "Priya Shah")
