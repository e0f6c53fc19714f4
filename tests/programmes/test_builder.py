"""Building a programme with plain forms: no JavaScript anywhere."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

import clock
from exercises.words.dose import frequency
from programmes import services
from programmes.models import Programme
from tests.factories import ExerciseFactory, ExerciseVersionFactory, published_programme
from tests.programmes.conftest import dose_of, names, opened, url


def test_the_whole_way_from_a_title_to_a_published_programme(physio, cast):
    hamstring, tummy = (
        ExerciseVersionFactory(name="Lying hamstring stretch"),
        ExerciseVersionFactory(name="Tummy tightening", is_sided=False),
    )
    response = physio.post(reverse("programmes:create"), {"title": " Low back "}, follow=True)
    programme = Programme.objects.get(title="Low back")
    assertRedirects(response, url("edit", programme))
    assertContains(response, "Add the first exercise")
    for version in (tummy, hamstring):
        response = physio.post(url("add_item", programme), {"version": version.pk}, follow=True)
    second = programme.items.get(exercise_version=hamstring)
    assertRedirects(response, f"{opened(programme, second)}#item-{second.pk}")
    physio.post(url("move_item", programme, second), dose_of(second, to="up"))
    typed = dose_of(second, hold_seconds_min=15, side="right", note="Slowly.")
    response = physio.post(url("change_item", programme, second), typed, follow=True)
    assertRedirects(response, f"{url('edit', programme)}#item-{second.pk}")
    assertContains(response, "Hold for 15 to 30 seconds. Do this 2 or 3 times.")
    physio.post(url("edit", programme), {"title": "Low back 2", "advice": "Keep walking."})
    response = physio.post(url("publish", programme), follow=True)
    programme.refresh_from_db()
    assert programme.is_published
    assert (programme.title, programme.advice) == ("Low back 2", "Keep walking.")
    assert names(programme) == ["Lying hamstring stretch", "Tummy tightening"]
    assertContains(response, "Published. It can be assigned now.")
    assertContains(response, f"{reverse('caseload:assign_from')}?programme={programme.pk}")


def test_moving_saves_what_was_typed_in_the_same_form(physio, draft, add):
    add("A")
    item = add("B")
    physio.post(url("move_item", draft, item), dose_of(item, to="up", note="Slowly."))
    item.refresh_from_db()
    assert (item.position, item.note) == (1, "Slowly.")


def test_moving_keeps_what_was_typed_wrongly(physio, draft, add):
    add("A")
    item = add("B")
    typed = dose_of(item, to="up", hold_seconds_min=99)
    response = physio.post(url("move_item", draft, item), typed)
    assert response.status_code == 422
    assertContains(response, 'value="99"', status_code=422)
    assert names(draft) == ["B", "A"]


def test_what_was_removed_can_be_put_back(physio, draft, add):
    add("A")
    item = add("B", weekdays=[1, 3])
    add("C")
    response = physio.post(url("remove_item", draft, item), follow=True)
    assert names(draft) == ["A", "C"]
    assertContains(response, "Removed B")
    again = physio.post(url("remove_item", draft, item), follow=True)
    assertContains(again, "Removed B")
    response = physio.post(url("restore_item", draft, item))
    assertRedirects(response, f"{url('edit', draft)}#item-{item.pk}")
    assert names(draft) == ["A", "B", "C"]
    item.refresh_from_db()
    assert (item.position, item.weekdays, str(item.dose.hold_seconds)) == (2, [1, 3], "20–30")


def test_nothing_else_can_be_put_back(physio, draft, add, as_user, cast):
    item = add("A")
    physio.post(url("remove_item", draft, item))
    other = services.create(cast.clinic, title="Other", by=cast.clinician, now=clock.now())
    assert physio.post(url("restore_item", other, item)).status_code == 404
    assert as_user(cast.colleague).post(url("restore_item", draft, item)).status_code == 404
    kept = ExerciseVersionFactory(name="B")
    gone = services.add_item(draft, kept, by=cast.clinician, now=clock.now())
    services.remove_item(gone, by=cast.clinician, now=clock.now())
    assert physio.post(url("restore_item", draft, gone)).status_code == 404
    assert names(draft) == []


def test_put_back_twice_it_is_there_once_and_shown_again(physio, draft, add):
    item = add("A")
    physio.post(url("remove_item", draft, item))
    for _ in range(2):
        response = physio.post(url("restore_item", draft, item))
        assertRedirects(response, f"{url('edit', draft)}#item-{item.pk}")
    assert names(draft) == ["A"]


def test_what_has_been_added_again_is_not_put_back_twice(physio, draft, add):
    item = add("A")
    physio.post(url("remove_item", draft, item))
    physio.post(url("add_item", draft), {"version": item.exercise_version_id})
    response = physio.post(url("restore_item", draft, item), follow=True)
    assertContains(response, "A is already in this programme.")
    assert names(draft) == ["A"]


def test_adding_twice_says_so_and_shows_where(physio, draft, add):
    item = add("Bridge")
    response = physio.post(
        url("add_item", draft), {"version": item.exercise_version_id}, follow=True
    )
    assertContains(response, "Bridge is already in this programme.")
    assertContains(response, f'<a href="#item-{item.pk}">Show it</a>', html=True)
    assert names(draft) == ["Bridge"]


@pytest.mark.parametrize("version", ["", "bridge", "7c1bfb26-6bd3-4f5c-9f43-4f9f4f9f4f9f", "\x00"])
def test_an_exercise_that_is_not_there_cannot_be_added(physio, draft, version):
    response = physio.post(url("add_item", draft), {"version": version}, follow=True)
    assertContains(response, "Choose an exercise from the list.")
    assert names(draft) == []


def test_only_exercises_that_this_clinic_may_use_are_offered(physio, draft, cast):
    own = ExerciseVersionFactory(name="Own", exercise__clinic=cast.clinic)
    archived = ExerciseVersionFactory(name="Archived", exercise__archived_at=clock.now())
    exercise = ExerciseFactory()
    old, new = (
        ExerciseVersionFactory(name=name, exercise=exercise, number=number)
        for number, name in enumerate(("Old words", "New words"), 1)
    )
    foreign = ExerciseVersionFactory(name="Foreign", exercise__clinic=published_programme().clinic)
    response = physio.get(url("edit", draft))
    offered = {pick.version for pick in response.context["picks"]}
    assert {own, new} <= offered
    assert not {archived, old, foreign} & offered
    for version in (archived, old, foreign):
        physio.post(url("add_item", draft), {"version": version.pk})
    assert names(draft) == []


def test_the_library_is_searched_and_filtered(physio, draft):
    for name, kind in (("Hamstring stretch", "stretch"), ("Bridge", "strength")):
        ExerciseVersionFactory(name=name, exercise__kind=kind)
    response = physio.get(url("edit", draft), {"q": "hamst"})
    assert [str(pick.version) for pick in response.context["picks"]] == ["Hamstring stretch"]
    assertContains(response, 'value="hamst"')
    response = physio.get(url("edit", draft), {"kind": "strength"})
    assert [str(pick.version) for pick in response.context["picks"]] == ["Bridge"]
    assertContains(physio.get(url("edit", draft), {"q": "zzzz"}), "Nothing found.")


@pytest.mark.parametrize("search", [{"kind": "magic"}, {"q": "\x00"}, {"q": "x" * 5000}])
def test_a_search_that_cannot_be_is_no_error(physio, draft, search):
    assert physio.get(url("edit", draft), search).status_code == 200


def test_the_preview_is_what_the_patient_sees(physio, draft, add):
    for item in (add("A"), add("B", is_sided=False)):
        shown = {
            "version": item.exercise_version,
            "dose": item.dose,
            "side_in_words": item.side_in_words,
            "note": item.note,
            "often": frequency(item.dose),
            "same_often": "2 or 3 times a day",
        }
        how = url("item_how", draft, item)
        beside = {**shown, "how": how, "how_page": url("preview", draft)}
        card = render_to_string("exercises/_patient_card.html", beside)
        assertContains(physio.get(url("edit", draft)), card, html=True)
        steps = render_to_string("exercises/_how_to.html", shown)
        assertContains(physio.get(how), steps, html=True)
        view = render_to_string("exercises/_patient_view.html", {**shown, "level": "h2"})
        assertContains(physio.get(url("preview", draft)), view, html=True)


def test_the_preview_says_how_often_at_each_exercise_where_they_differ(physio, draft, add):
    add("A")
    preview = '<ul class="items">'
    page = physio.get(url("edit", draft)).content.decode()
    assert "Your exercises · about 3 min, 2 or 3 times a day" in page
    assert "2 or 3 times a day" not in page.split(preview)[1]
    add("B", per_day_min=1, per_day_max=1)
    page = physio.get(url("edit", draft)).content.decode()
    assert "Your exercises · about 5 min, then 3 min" in page
    assert "<p>About 5 min, then 3 min · 2 exercises</p>" in page
    cards = page.split(preview)[1]
    assert cards.count("2 or 3 times a day") == cards.count("Once a day") == 1


@pytest.mark.parametrize(
    ("kind", "sides"),
    [
        ("leg", ["Left leg", "Right leg", "Each leg"]),
        ("arm", ["Left arm", "Right arm", "Each arm"]),
        ("side", ["Left side", "Right side", "Each side"]),
    ],
)
def test_the_sides_to_choose_from_are_legs_arms_or_sides(physio, draft, add, kind, sides):
    item = add("A", side_kind=kind)
    [row] = physio.get(opened(draft, item)).context["rows"]
    assert [label for _side, label in row.form.fields["side"].choices] == sides
    physio.post(url("change_item", draft, item), dose_of(item, side="right"))
    page = physio.get(url("edit", draft)).content.decode()
    assert f">{sides[1]}</p>" in page  # the patient's card


def test_the_guide_range_is_what_the_builder_warns_about(physio, draft, add):
    """Beyond the starting dose, but inside the guide: no word. Outside it: a word, no refusal."""
    guide = {"guide_repetitions_min": 1, "guide_repetitions_max": 10}
    item = add("Bridge", **guide)
    physio.post(url("change_item", draft, item), dose_of(item, repetitions_max=10))
    assertNotContains(physio.get(url("edit", draft)), "The library says")
    physio.post(url("change_item", draft, item), dose_of(item, repetitions_max=11))
    assertContains(physio.get(url("edit", draft)), "The library says 1–10 times.")
    item.refresh_from_db()
    assert item.repetitions_max == 11


def test_an_empty_preview_says_what_to_do(physio, draft):
    assertContains(physio.get(url("preview", draft)), "Add an exercise first.")


def test_a_dose_outside_the_library_is_a_word_beside_the_field(physio, draft, add):
    item = add("Bridge")
    words = "The library says 20–30 seconds."
    assertNotContains(physio.get(url("edit", draft)), words)
    physio.post(url("change_item", draft, item), dose_of(item, hold_seconds_max=40))
    assertContains(physio.get(url("edit", draft)), words)


def test_more_than_four_exercises_are_a_word_of_advice(physio, draft, add):
    for name in "ABCD":
        add(name)
    assertNotContains(physio.get(url("edit", draft)), "Short programmes")
    add("E")
    assertContains(physio.get(url("edit", draft)), "Short programmes are done more often.")
    assert physio.post(url("publish", draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.is_published


def test_the_moment_saved_is_by_the_clinics_clock(physio, draft, cast, time_machine):
    cast.clinic.time_zone = "Pacific/Auckland"
    cast.clinic.save()
    time_machine.move_to("2026-03-03T10:42:00+00:00", tick=False)
    physio.post(url("edit", draft), {"title": "New", "advice": ""})
    assertContains(physio.get(url("edit", draft)), "Draft saved 23:42")
    time_machine.move_to("2026-03-03T11:05:00+00:00", tick=False)
    assertContains(physio.get(url("edit", draft)), "Draft saved Tue 3 Mar, 23:42")


def test_what_is_published_changes_no_more(physio, cast):
    programme = published_programme(items=2, clinic=cast.clinic)
    item = programme.items.first()
    version = ExerciseVersionFactory()
    for name, data in {
        "edit": {"title": "X", "advice": ""},
        "add_item": {"version": version.pk},
        "delete": {},
    }.items():
        response = physio.post(url(name, programme), data, follow=True)
        assertContains(response, "This programme is published.")
    for name in ("change_item", "move_item", "remove_item", "restore_item"):
        response = physio.post(url(name, programme, item), dose_of(item, note="X"), follow=True)
        assertContains(response, "This programme is published.")
    item.refresh_from_db()
    assert (item.note, programme.items.count()) == ("", 2)


def test_the_builder_of_a_patients_own_programme_publishes_elsewhere(physio, cast):
    programme = published_programme(clinic=cast.clinic, is_template=False)
    draft = services.revise(programme, by=cast.clinician, now=clock.now())
    response = physio.get(url("edit", draft))
    assertContains(response, reverse("caseload:publish_change", args=[draft.pk]))
    assertNotContains(response, url("publish", draft))
    assert physio.post(url("publish", draft)).status_code == 404
