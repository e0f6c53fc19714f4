"""What the library cites: whom a clinician accepts, where it stands, and what it is about."""

import re
import unicodedata

import pytest

from exercises import library

ENTRIES = {entry.slug: entry for entry in library.read()}

each_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))

BOOK = (
    "McGill SM, “Low Back Disorders: Evidence-Based Prevention and Rehabilitation”, "
    "second edition, Human Kinetics 2007"
)
# Whom a clinician accepts (whoever sells something is not among them) → the entries that the
# page, the paper or the book is about, as they are drawn: lying, sitting, on the knees.
ABOUT = {
    "Paul Boxcer, BSc (Hons) Physiotherapist, “Low Back Pain, Sciatica and the Hamstring "
    "Muscles”": {"lying-hamstring-stretch"},
    "Mayo Clinic, “Back exercises in 15 minutes a day” "
    "(mayoclinic.org/healthy-lifestyle/adult-health/multimedia/back-pain/sls-20076265, "
    "read November 2026)": {
        "single-knee-to-chest",
        "double-knee-to-chest",
        "knee-rolls",
        "pelvic-tilt",
        "bridge",
    },
    "NHS inform, “Exercises for back pain” (nhsinform.scot/illnesses-and-conditions/"
    "muscle-bone-and-joints/exercises/exercises-for-back-pain, copy of 22 July 2020)": {
        "knee-rolls",
        "pelvic-tilt",
        "standing-back-bend",
        "seated-back-bend",
    },
    "NHS, “Lower back pain exercises” "
    "(nhs.uk/live-well/exercise/lower-back-pain-exercises, printed in 2019)": {"bottom-to-heels"},
    "Chartered Society of Physiotherapy, “Exercise advice for back pain” "
    "(csp.org.uk/public-patient/rehabilitation-exercises/back-pain, read November 2026)": {
        "pelvic-tilt"
    },
    "Cambridge University Hospitals NHS Foundation Trust, “Back mobility exercises” "
    "(cuh.nhs.uk/patient-information/back-mobility-exercises, read November 2026)": {
        "lying-on-elbows",
        "back-press-up",
        "tummy-tightening",
        "bridge",
        "seated-back-bend",
    },
    "Cambridge University Hospitals NHS Foundation Trust, “Hip strengthening exercises” "
    "(cuh.nhs.uk/patient-information/hip-strengthening-exercises, read November 2026)": {
        "clamshell",
        "side-lying-hip-abduction",
    },
    "American Academy of Orthopaedic Surgeons, “Strengthening Exercises: Hip Abduction” "
    "(anationinmotion.org/ortho-pinion/strengthening-exercises-hip-abduction, "
    "read November 2026)": {"side-lying-hip-abduction"},
    "American Academy of Orthopaedic Surgeons, “Strengthening Exercises: Straight-Leg Raises” "
    "(anationinmotion.org/ortho-pinion/strengthening-exercises-straight-leg-raises, "
    "read November 2026)": {"straight-leg-raise"},
    "Sussex MSK Partnership East, “Hip and knee exercises” "
    "(sussexmskpartnershipeast.co.uk/hip-and-knee-exercises, read November 2026)": {
        "straight-leg-raise"
    },
    "Kent and Medway NHS and Social Care Partnership Trust, "
    "“Physiotherapy strength exercise guide” (kmpt.nhs.uk/pdf-documents/coronavirus-documents/"
    "coronavirus-page-documents/physiotherapy-strength-exercise-guide/introduction/"
    "elbow-plank-and-side-plank, published 1 April 2020)": {"front-plank-on-knees"},
    "Versus Arthritis, “Exercises for the hips” "
    "(versusarthritis.org/about-arthritis/exercising-with-arthritis/"
    "exercises-for-healthy-joints/exercises-for-the-hips, read November 2026)": {
        "prone-hip-extension"
    },
    "Saskatchewan Ministry of Health, “Z Lie” "
    "(uclahealthib.staywellsolutionsonline.com/Library/Encyclopedia/22%2C10, "
    "read November 2026)": {"rest-with-belly-breathing"},
    "Wirral Community Health and Care NHS Foundation Trust, “Learn to breathe” "
    "(wchc.nhs.uk/services/pelvic-health/learn-to-breathe, read November 2026)": {
        "rest-with-belly-breathing"
    },
    "East Devon District Council, “Remember to breathe” "
    "(eastdevon.gov.uk/coronavirus-covid-19/your-wellbeing/stay-well-resource-pack/"
    "remember-to-breathe, read November 2026)": {"rest-with-belly-breathing"},
    "Heneghan and others, BMJ Open Sport and Exercise Medicine 2020; 6: e000713 "
    "(doi 10.1136/bmjsem-2019-000713)": {"side-lying-open-book"},
    "NHS Fife, “Calf stretches” "
    "(nhsfife.org/services/all-services/patient-advice/calf-stretches, "
    "read November 2026)": {"calf-stretch"},
    f"{BOOK} (the curl-up)": {"modified-curl-up"},
    f"{BOOK} (the bird dog)": {"bird-dog"},
    f"{BOOK} (the side bridge on the knees)": {"side-plank-on-knees"},
    "Pocovi and others, the WalkBack trial, The Lancet 2024; 404: 134–144 "
    "(doi 10.1016/S0140-6736(24)00755-4)": {"walking"},
    "NHS Tayside, “Exercises to try at home” "
    "(rightdecisions.scot.nhs.uk/being-a-partner-in-my-care-realistic-medicine-together/"
    "local-resources/nhs-tayside/exercises-to-try-at-home,"
    " read November 2026)": {"sit-to-stand", "heel-raise"},
    "BMC Musculoskeletal Disorders, “The EPIPHA-KNEE trial: Explaining Pain to target "
    "unhelpful pain beliefs to Increase PHysical Activity in KNEE osteoarthritis” "
    "(bmcmusculoskeletdisord.biomedcentral.com/articles/10.1186/s12891-021-04561-6/tables/4, "
    "read November 2026)": {"sit-to-stand", "step-up-and-down"},
    "Osteoporosis Canada, “Too Fit to Fracture” "
    "(osteoporosis.ca/too-fit-to-fracture, read November 2026)": {"hip-hinge"},
    "Bone Fit of Osteoporosis Canada, “Section 1: Exercise for osteoporosis in general” "
    "(bonefit.ca/lessons/section-1-exercise-for-osteoporosis-in-general, "
    "read November 2026)": {"hip-hinge"},
    "University of Melbourne, “Hamstring/gluteal strengthening exercise options” "
    "(peakosteoarthritis.com/hamstring-gluteal-strengthening, read November 2026)": {
        "single-leg-bridge"
    },
    "North Tees and Hartlepool NHS Foundation Trust, “Optimise cancer prehabilitation” "
    "(nth.nhs.uk/resources/optimise-cancer-prehabilitation, read November 2026)": {
        "single-leg-bridge"
    },
    "Nicholas Institute of Sports Medicine and Athletic Trauma, “Rehabilitation of Hamstring "
    "Strains” "
    "(nismat.org/patient-care/patient-education/injury-evaluation-and-treatment/lower-body/"
    "rehabilitation-of-hamstring-strains,"
    " read November 2026)": {"sliding-hamstring-curl"},
    "Lahti and others, “Multifactorial individualised programme for hamstring muscle injury "
    "risk reduction in professional football: protocol for a prospective cohort study” "
    "(bmjopensem.bmj.com/content/6/1/e000758.full, read November 2026)": {"romanian-deadlift"},
    "BMC Musculoskeletal Disorders, “A physiotherapist-delivered integrated exercise and pain"
    " coping skills training intervention” "
    "(bmcmusculoskeletdisord.biomedcentral.com/articles/10.1186/1471-2474-13-129/tables/1, "
    "read November 2026)": {"step-up-and-down"},
    "Cardiff and Vale University Health Board, “Balance exercises” "
    "(keepingmewell.com/services/what-is-podiatry/balance-exercises, read November 2026)": {
        "single-leg-stand"
    },
    "Heiderscheit and others, “Hamstring Strain Injuries: Recommendations for Diagnosis, "
    "Rehabilitation, and Injury Prevention” "
    "(pmc.ncbi.nlm.nih.gov/articles/PMC2867336/table/T4, read November 2026)": {"single-leg-stand"},
    "National Institute on Aging, “Thigh (Standing)” (go4life.nia.nih.gov/"
    "try-these-exercises/flexibility/thigh-standing, read November 2026)": {"quadriceps-stretch"},
    "Mayo Clinic, “Stretch to take the strain out of sitting” "
    "(test.communityhealth.mayoclinic.org/featured-stories/sitting-stretches, "
    "published 6 December 2018)": {"seated-figure-four"},
    "Ellis and others, Journal of Orthopaedic and Sports Physical Therapy 2012; 42: 667–675": {
        "seated-slump-slider"
    },
    "McGill SM, “Low Back Disorders”, fourth edition "
    "(excerpt: canada.humankinetics.com/blogs/excerpt/femoral-root-flossing, "
    "read November 2026)": {"seated-slump-slider"},
    "BMC Musculoskeletal Disorders, “Effectiveness of the back school and mckenzie techniques in "
    "patients with chronic non-specific low back pain: a protocol of a randomised controlled "
    "trial” (bmcmusculoskeletdisord.biomedcentral.com/articles/10.1186/1471-2474-12-179/tables/2, "
    "read November 2026)": {"standing-side-glide"},
    "McKenzie RA, “The Lumbar Spine: Mechanical Diagnosis and Therapy”, "
    "Spinal Publications 1981 (side gliding in standing)": {"standing-side-glide"},
    # Of static holds in general, whichever muscle is stretched.
    "American College of Sports Medicine, “Stretching and Flexibility Guidelines Update” "
    "(acsm.org/all-blog-posts/certification-blog/acsm-certified-blog/2021/03/18/"
    "stretching-and-flexibility-guidelines-update, published 18 March 2021)": {
        *(slug for slug in ENTRIES if slug.endswith("-stretch")),
        "single-knee-to-chest",
        "double-knee-to-chest",
        "seated-figure-four",
    },
}
# What else a source may say, each at the start of a sentence.
STARTS = {"Clinical", "Dose", "Movement", "The"}
# After the title of a page: where it stands, and when it was read or published.
ON_A_PAGE = re.compile(
    r" \([a-z0-9-]+(\.[a-z0-9-]+)+/[^\s,]+, "
    r"(read [A-Z][a-z]+|(published|copy of) \d{1,2} [A-Z][a-z]+|printed in) 20\d\d\)"
)
ON_NO_PAGE = (
    "“Low Back Pain, Sciatica and the Hamstring Muscles”",
    "“Low Back Disorders",
    "“The Lumbar Spine: Mechanical Diagnosis and Therapy”",
)


@each_entry
def test_it_cites_only_whom_a_clinician_accepts_and_what_is_about_it(entry):
    left = entry.columns["source"]
    for citation, slugs in ABOUT.items():
        if citation in left:
            assert entry.slug in slugs, citation
            left = left.replace(citation, "")
    assert set(re.findall(r"[A-Z]\w*", left)) <= STARTS
    assert not re.search(r"[“”]|\w\.\w|/", left), left


def test_nothing_is_listed_that_nobody_cites():
    sources = " ".join(entry.columns["source"] for entry in ENTRIES.values())
    assert [citation for citation in ABOUT if citation not in sources] == []


@each_entry
def test_each_page_is_cited_with_its_address_and_a_date(entry):
    source = entry.columns["source"]
    for title in re.finditer("“[^”]+”", source):
        if not title[0].startswith(ON_NO_PAGE):
            assert ON_A_PAGE.match(source, title.end()), title[0]


@pytest.mark.parametrize("path", sorted(library.FOLDER.iterdir()), ids=lambda path: path.name)
def test_no_character_is_invisible(path):
    """Such as come along when an address is copied from a page."""
    text = path.read_text(encoding="utf-8").replace("\n", " ")
    unseen = [c for c in text if c != " " and unicodedata.category(c)[0] in "CZ"]
    assert unseen == []


def test_bracing_is_no_other_name_of_drawing_in():
    """Two ways to tighten the tummy: all of it at once, or the lower part lightly inwards."""
    names = " ".join(ENTRIES["tummy-tightening"].columns["synonyms"])
    assert "brac" not in names
    assert "drawing in" in names
