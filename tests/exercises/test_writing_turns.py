"""Several people write at once: a real database, real threads."""

from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction

from accounts.services import deactivate
from exercises import editor
from exercises.models import Exercise, ExerciseVersion, Progression, Signature
from exercises.services import review, writing
from exercises.services.neighbours import Neighbours
from tests.at_once import THREADS, all_at_once
from tests.exercises.writing_desk import published, ready_draft
from tests.factories import LONG_AGO, ExerciseVersionFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
LATER = LONG_AGO + timedelta(hours=1)
NONE = Neighbours(frozenset(), frozenset())


@pytest.fixture
def member():
    return MembershipFactory()


def kinds(outcomes: list) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_taps_on_change_it_begin_one_draft(member):
    first = published(member.clinic, by=member.user)
    drafts = all_at_once(lambda _n: writing.revise(first.exercise, by=member.user, now=LATER))
    assert len({draft.pk for draft in drafts}) == 1
    assert sorted(first.exercise.versions.values_list("number", flat=True)) == [1, 2]


def test_two_people_make_our_own_version(member):
    shared = ExerciseVersionFactory()
    drafts = all_at_once(
        lambda _n: writing.copy(shared, to=member.clinic, as_new=False, by=member.user, now=LATER)
    )
    assert len({draft.pk for draft in drafts}) == 1
    assert Exercise.objects.filter(clinic=member.clinic).count() == 1


def test_new_exercises_of_one_name_get_addresses_of_their_own(member):
    drafts = all_at_once(
        lambda _n: writing.create(member.clinic, name="Bridge", by=member.user, now=LATER)
    )
    assert len({draft.exercise.slug for draft in drafts}) == THREADS


def test_of_several_saves_one_stands_and_the_others_are_told(member):
    draft = ready_draft(member.clinic, by=member.user)

    def save(n):
        mine = ExerciseVersion.objects.get(pk=draft.pk)
        return writing.save(
            mine,
            columns={"name": f"Name {n}"},
            kind="stretch",
            neighbours=NONE,
            had=NONE,
            seen=draft.mark,
            by=member.user,
            now=LATER,
        )

    outcomes = all_at_once(save)
    assert kinds(outcomes) == ["ExerciseVersion", *["Stale"] * (THREADS - 1)]
    [saved] = [outcome for outcome in outcomes if isinstance(outcome, ExerciseVersion)]
    draft.refresh_from_db()
    assert draft.name == saved.name


def test_a_save_and_a_publication(member):
    """Either the words are in the published version, or their writer is told."""
    for _ in range(4):
        draft = ready_draft(member.clinic, by=member.user)

        def act(n, draft=draft):
            mine = ExerciseVersion.objects.get(pk=draft.pk)
            if n:
                return writing.publish(mine, by=member.user, now=LATER)
            return writing.save(
                mine,
                columns={"name": "Changed"},
                kind="stretch",
                neighbours=NONE,
                had=NONE,
                seen=draft.mark,
                by=member.user,
                now=LATER,
            )

        saved, gone_out = all_at_once(act, times=2)
        draft.refresh_from_db()
        if isinstance(saved, ExerciseVersion):
            assert draft.name == "Changed"
            assert draft.is_published == (gone_out is None)
            assert gone_out is None or isinstance(gone_out, writing.Stale)
        else:
            assert isinstance(saved, writing.Frozen)
            assert (draft.name, draft.is_published) == ("Wall sit", True)


def test_publishing_twice_is_refused_once(member):
    draft = ready_draft(member.clinic, by=member.user)
    outcomes = all_at_once(lambda _n: writing.publish(draft, by=member.user, now=LATER), times=2)
    assert kinds(outcomes) == ["Frozen", "NoneType"]


def test_two_people_cannot_close_a_circle_together(member):
    low, high = (ready_draft(member.clinic, by=member.user, name=name) for name in ("Low", "High"))

    def save(n):
        mine, other = (low, high) if n else (high, low)
        mine = ExerciseVersion.objects.get(pk=mine.pk)
        return writing.save(
            mine,
            columns={},
            kind="stretch",
            neighbours=Neighbours(easier=frozenset(), harder=frozenset([other.exercise_id])),
            had=NONE,
            seen=mine.mark,
            by=member.user,
            now=LATER,
        )

    outcomes = all_at_once(save, times=2)
    assert kinds(outcomes) == ["Circle", "ExerciseVersion"], outcomes
    assert Progression.objects.count() == 1


def test_one_signature_of_several(member):
    version = published(member.clinic, by=member.user)
    people = [MembershipFactory(clinic=member.clinic).user for _ in range(THREADS)]
    outcomes = all_at_once(
        lambda n: review.sign(version, clinic=member.clinic, by=people[n], now=LATER)
    )
    assert kinds(outcomes) == [*["NotSignable"] * (THREADS - 1), "Signature"]
    [signature] = (outcome for outcome in outcomes if isinstance(outcome, Signature))
    assert version.signatures.get() == signature
    assert signature.by == people[outcomes.index(signature)]


def test_two_presses_of_one_person_sign_once(member):
    version = ExerciseVersionFactory()
    outcomes = all_at_once(
        lambda _n: review.sign(version, clinic=member.clinic, by=member.user, now=LATER)
    )
    assert len({signature.pk for signature in outcomes}) == 1


def test_who_signs_while_their_access_is_being_ended_waits_and_is_refused(member):
    """Never a signature of someone who no longer worked there."""
    lead = MembershipFactory(clinic=member.clinic, role="lead").user
    version = ExerciseVersionFactory()
    is_ending, has_signed = Event(), Event()

    def act(n):
        if n:
            with transaction.atomic():
                deactivate(member, by=lead, now=LATER)
                is_ending.set()
                has_signed.wait(timeout=1)  # in vain: the signer waits for this to be over
            return None
        is_ending.wait()
        try:
            return review.sign(version, clinic=member.clinic, by=member.user, now=LATER)
        finally:
            has_signed.set()

    signed, _ended = all_at_once(act, times=2)
    assert isinstance(signed, review.NotSignable)
    assert not version.signatures.exists()


def test_a_page_asks_as_much_for_a_long_draft_as_for_a_short_one(member, django_assert_num_queries):
    draft = ready_draft(member.clinic, by=member.user, steps=["One."] * 12)
    shared = [ExerciseVersionFactory().exercise_id for _ in range(4)]
    for count in (1, 4):
        chosen = Neighbours(easier=frozenset(shared[:count]), harder=frozenset())
        writing.save(
            draft,
            columns={},
            kind="stretch",
            neighbours=chosen,
            had=NONE,
            seen=ExerciseVersion.objects.get(pk=draft.pk).mark,
            by=member.user,
            now=LATER + timedelta(minutes=count),
        )
        fresh = ExerciseVersion.objects.select_related("exercise__clinic").get(pk=draft.pk)
        with django_assert_num_queries(5):  # easier and harder, twice; their names
            form = editor.form_for(fresh, member.user)
            editor.page_of(fresh, member.user, form, is_stored=True)
