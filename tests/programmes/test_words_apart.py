"""What was said with a published programme can be erased, and never becomes other words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from programmes import services
from programmes.models import Item, ItemWords, Programme, ProgrammeWords
from tests.factories import LONG_AGO, ItemFactory, ProgrammeFactory, published_programme
from tests.programmes.conftest import url
from tests.programmes.test_frozen import refused, wait_for_a_waiting_query

ADVICE, NOTE = "Mrs Reed, keep walking.", "Ann, slowly."


def given(*, is_template: bool = False, **fields) -> Programme:
    """A published programme with words of both kinds."""
    draft = ProgrammeFactory(is_template=is_template, advice=ADVICE, **fields)
    ItemFactory(programme=draft, position=1, note=NOTE)
    ItemFactory(programme=draft, position=2)
    Programme.objects.filter(pk=draft.pk).update(published_at=LONG_AGO)
    return Programme.objects.get(pk=draft.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("is_template", [True, False])
def test_programmewords_stay(is_template):
    """Neither others, nor any where there were none, nor those of another programme."""
    words = ProgrammeWords.objects.filter(programme=given(is_template=is_template))
    silent, draft = published_programme(), ProgrammeFactory(advice="Breathe.")
    for change in (
        lambda: words.update(advice="Run."),
        lambda: words.update(advice=""),
        lambda: words.update(programme=ProgrammeFactory()),
        lambda: ProgrammeWords.objects.create(programme=silent, advice="Run."),
        lambda: ProgrammeWords.objects.filter(programme=draft).update(programme=silent),
    ):
        refused(change, "programmewords_stay")
    assert words.get().advice == ADVICE


@pytest.mark.django_db
def test_itemwords_stay():
    first, silent = given().items.all()
    words = ItemWords.objects.filter(item=first)
    for change in (
        lambda: words.update(note="Faster."),
        lambda: words.update(note=""),
        lambda: words.update(item=ItemFactory()),
        lambda: ItemWords.objects.create(item=silent, note="Faster."),
        lambda: ItemWords.objects.filter(item=ItemFactory(note="Well.")).update(item=silent),
    ):
        refused(change, "itemwords_stay")
    assert words.get().note == NOTE


@pytest.mark.django_db
def test_words_can_be_erased_and_what_was_prescribed_stays(as_user, cast):
    """By the application's own role, without a rule switched off; the pages go on without them."""
    programme = given(clinic=cast.clinic)
    page = url("edit", programme)
    physio = as_user(cast.clinician)
    assert ADVICE in physio.get(page).text
    assert NOTE in physio.get(page).text
    prescribed = [(i.exercise_version, i.dose, i.side, i.position) for i in programme.items.all()]
    ItemWords.objects.filter(item__programme=programme).delete()
    ProgrammeWords.objects.filter(programme=programme).delete()
    Programme.objects.filter(pk=programme.pk).update(title="")
    html = physio.get(page).text
    assert ADVICE not in html
    assert NOTE not in html
    assert physio.get(url("handout", programme)).status_code == 200
    after = Programme.objects.get(pk=programme.pk)
    assert (after.title, after.advice) == ("", "")
    assert [i.note for i in after.items.all()] == ["", ""]
    assert prescribed == [
        (i.exercise_version, i.dose, i.side, i.position) for i in after.items.all()
    ]
    refused(
        lambda: ProgrammeWords.objects.create(programme=programme, advice="Run."),
        "programmewords_stay",
    )


@pytest.mark.django_db
def test_a_title_that_was_erased_never_becomes_another():
    row = Programme.objects.filter(pk=given().pk)
    row.update(title="")
    refused(lambda: row.update(title="Another"), "programme_published_is_frozen")


@pytest.mark.django_db
def test_a_copy_a_next_version_and_what_comes_back_have_their_words(cast):
    original = given(clinic=cast.clinic)
    by = cast.clinician
    copied = services.copy(original, patient_id=None, by=by, now=LONG_AGO)
    draft = services.revise(original, by=by, now=LONG_AGO)
    for twin in (copied, draft):
        twin = Programme.objects.get(pk=twin.pk)
        assert (twin.advice, [item.note for item in twin.items.all()]) == (ADVICE, [NOTE, ""])
    first = draft.items.first()
    services.remove_item(first, by=by, now=LONG_AGO)
    services.restore_item(first, by=by, now=LONG_AGO)
    assert [item.note for item in draft.items.all()] == [NOTE, ""]


@pytest.mark.django_db
def test_words_come_with_the_items_in_the_same_query(django_assert_num_queries):
    programme = given()
    with django_assert_num_queries(1):
        assert [item.note for item in Item.objects.filter(programme=programme)] == [NOTE, ""]
    with django_assert_num_queries(1):
        assert [item.note for item in programme.items.for_page()] == [NOTE, ""]


@pytest.mark.django_db(transaction=True)
def test_no_words_slip_in_while_a_programme_is_being_published():
    """A change that began before the publication was committed waits for it, then is refused."""
    item = ItemFactory(note=NOTE)
    note = ItemWords.objects.filter(item=item)

    def change():
        try:
            refused(lambda: note.update(note="Faster."), "itemwords_stay")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Programme.objects.filter(pk=item.programme_id).update(published_at=LONG_AGO)
            changing = pool.submit(change)
            wait_for_a_waiting_query()
        changing.result()
    assert note.get().note == NOTE
