"""Nobody is harmed: a warning sign from both sides, much pain, a clinic with a number and without."""

from playwright.sync_api import expect

from accounts.models import Membership
from patients.models import Day, NotToday, PainReport, Pause, WarningSign
from tests.factories import MembershipFactory
from tests.journeys.look import Eye
from tests.journeys.people import press

STOPPED = "Stop: no exercises for now"
PHONE = {"viewport": {"width": 390, "height": 844}}


def test_a_warning_sign_from_the_help_page_to_the_clinicians_check(day: Day, open_page) -> None:
    record = day.assignment.patient
    sam = open_page("sign", user=record.user, **PHONE)
    sam.page.goto("/today/")
    stale = open_page("stale", user=record.user, **PHONE).page  # left open on another device
    stale.goto("/today/")
    tell_of_a_sign(sam)
    for address in ("/today/", "/progress/", "/today/exercises.pdf"):
        sam.page.goto(address)
        expect(sam.page.get_by_role("heading", name=STOPPED)).to_be_visible()
        expect(sam.page.get_by_text("done today")).to_have_count(0)
    press(stale, "I’ve already done it")
    expect(stale.get_by_text("That session does not count.")).to_be_visible()

    physio = open_page("sign-physio", user=record.clinician)
    check_the_sign(physio)
    assert WarningSign.objects.get().checked_by == record.clinician
    assert not Pause.objects.exists()
    sam.page.goto("/today/")
    expect(sam.page.get_by_text("0 of 2–3 done today")).to_be_visible()
    assert sam.troubles == physio.troubles == []


def tell_of_a_sign(sam: Eye) -> None:
    """From Today, and which sign it is."""
    page = sam.page
    page.get_by_role("link", name="Need help or feeling worse?").click()
    page.get_by_role("link", name="I have one of these signs").click()
    expect(page.get_by_role("link", name="Call 999")).to_be_visible()
    sam.look("call-first")
    press(page, "Stop and tell my clinic")
    expect(page.get_by_role("heading", name=STOPPED)).to_be_visible()
    sam.look("told")
    page.get_by_text("Say which sign it is, if you like").click()
    page.get_by_label("chest pain").check()
    press(page, "Tell my clinic which")
    expect(page.get_by_text("You told your clinic that it is:")).to_be_visible()
    sam.look("which")


def check_the_sign(physio: Eye) -> None:
    """From the caseload, at first without a word."""
    page = physio.page
    page.goto("/patients/")
    expect(page.get_by_text("Told us of a warning sign").first).to_be_visible()
    physio.look("caseload")
    page.get_by_role("link", name="Sam Reed").first.click()
    expect(page.get_by_text("ticked off a session")).to_be_visible()
    physio.look("record")
    page.get_by_role("link", name="Note your check").click()
    press(page, "Checked: go on")
    expect(page.get_by_text("Write a few words").first).to_be_visible()
    physio.look("check-refused")
    page.get_by_label("In a few words").fill("Rang: no numbness. Seen by a doctor.")
    press(page, "Checked: go on")
    expect(page.get_by_text("Checked. The programme goes on.")).to_be_visible()
    expect(page.get_by_text("Seen by a doctor.")).to_be_visible()
    physio.look("checked")


def test_pain_of_8_is_met_with_rest_and_can_be_told(day: Day, open_page) -> None:
    record = day.assignment.patient
    sam = open_page("pain", user=record.user, **PHONE)
    page = sam.page
    page.goto("/today/")
    for button in ("I’ve already done it", "Tick off that session"):
        if button == "Tick off that session":
            page.get_by_text("Did you do a session all the same?").click()
        press(page, button)
        page.wait_for_url(lambda address: not address.endswith("/today/"))
        if page.get_by_text("Another one?").count():
            press(page, "Yes, I did another session")
        page.locator("[name=pain_after][value='8']").check(force=True)
        press(page, "Save")
        expect(page.get_by_text("That was too much pain. Rest now")).to_be_visible()
        expect(page.get_by_text("Well done")).to_have_count(0)
        expect(page.get_by_text("a bonus")).to_have_count(0)
    sam.look("rest")
    press(page, "Tell my clinic")
    expect(page.get_by_text("Your clinic has a message from you.")).to_be_visible()
    press(page, "Not today")
    expect(page.get_by_text("No more reminders come today.")).to_be_visible()
    sam.look("not-today")
    assert NotToday.objects.get().reason == NotToday.Reason.PAIN
    assert PainReport.objects.open().count() == 1

    physio = open_page("pain-physio", user=record.clinician)
    physio.page.goto("/patients/")
    expect(physio.page.get_by_text("to tell you of much pain").first).to_be_visible()
    physio.page.get_by_role("link", name="Sam Reed").first.click()
    physio.look("record")
    physio.page.get_by_role("link", name="Deal with it").first.click()
    press(physio.page, "Note it")
    expect(physio.page.get_by_text("Noted on the record of")).to_be_visible()
    assert not PainReport.objects.open().exists()
    assert sam.troubles == physio.troubles == []


def test_a_clinic_without_a_number_and_with_one(day: Day, open_page) -> None:
    record = day.assignment.patient
    lead_of = MembershipFactory(clinic=record.clinic, role=Membership.Role.LEAD)
    sam = open_page("number", user=record.user, **PHONE)
    sam.page.goto("/help/")
    expect(sam.page.get_by_text("We do not have the number of Riverside Backs.")).to_be_visible()
    sam.look("help-without")

    lead = open_page("number-lead", user=lead_of.user)
    lead.page.goto("/patients/")
    lead.look("asked")
    lead.page.goto(f"/settings/clinic/{record.clinic_id}/")
    telephone = lead.page.get_by_label("Telephone (optional)")
    telephone.fill("javascript:alert(1)")
    press(lead.page, "Save")
    expect(telephone).to_have_value("javascript:alert(1)")
    expect(telephone).to_have_attribute("aria-invalid", "true")
    lead.look("refused")
    telephone.fill("+44 20 7946 0958")
    lead.page.get_by_label("Opening hours (optional)").fill("Mon to Fri, 8:30 to 17:00")
    press(lead.page, "Save")
    expect(lead.page.get_by_text("Clinic saved.")).to_be_visible()

    sam.page.goto("/help/")
    number = sam.page.get_by_role("link", name="020 7946 0958")
    expect(number).to_have_attribute("href", "tel:+442079460958")
    assert number.bounding_box()["height"] >= 44
    expect(sam.page.get_by_text("Mon to Fri, 8:30 to 17:00")).to_be_visible()
    sam.look("help-with")
    assert sam.troubles == lead.troubles == []
