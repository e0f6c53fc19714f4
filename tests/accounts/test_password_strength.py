"""What is too easy to guess is refused wherever a password is chosen, and the page says what helps."""

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

import clock
from accounts import sessions
from accounts.models import User
from accounts.passwords import HardToGuess
from tests.accounts.post import link_in, newest_letter_to
from tests.accounts.routes import TOKEN, invite
from tests.factories import PASSWORD, MembershipFactory, PatientFactory, UserFactory

PASSED_BEFORE = ["Password123!", "Summer2026!", "homestretch1", "physio12345"]
OF_THE_SAME_KIND = [
    "Physiotherapy1",
    "Homestretch2026!",
    "H0mestretch!!",
    "Hamstring Stretch 1",
    "physio-exercise-2026",
    "MyPhysioClinic1",
    "qwertzuiop1",
    "asdfghjkl123",
    "Monday2026!",
    "Liverpool2026",
    "abcabcabcabc",
    "password password",
    "28/11/2026 28/11/2026",
    "07700 900 123",
    "1234567890123456",
    "letmein12345",
    "Welcome2026!!",
    "password" * 8,
]
STRONG = [
    "correct horse battery staple",
    "fjord lantern mustard quilt",
    "walks by the river",
    "amber-otter-kettle-noon",
    "hU7#kLp2$vQz9!mX",
    "rqX8-Yx2m-Kd4w-PzT7",
    "vK2m" * 2 + "-Qz9!xW4e",
    "fjord lantern mustard quilt " * 4 + "ends here",
    "die rote Ziege trinkt Tee",
    "пять котят пьют молоко",
    "わたしのたいせつなひみつのことば",
]
WHAT_HELPS = "four words that have nothing to do with each other"


def is_refused(password: str, user: User | None = None, *words: str) -> bool:
    try:
        HardToGuess(words).validate(password, user)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("password", PASSED_BEFORE + OF_THE_SAME_KIND)
def test_what_is_easy_to_guess_is_refused(password):
    assert is_refused(password)


@pytest.mark.parametrize("password", STRONG)
def test_passphrases_and_generated_ones_are_taken(password):
    assert not is_refused(password)


def test_every_common_password_is_refused():
    common = [each for each in CommonPasswordValidator().passwords if len(each) >= 10]
    assert len(common) > 1000
    assert [each for each in common if not is_refused(each.upper())] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password",
    [
        "Riverside2026",
        "Riverside Physio 2026!",
        "riverside-hill-1",
        "Priya2026Shah",
        "priya.shah.99!",
    ],
)
def test_names_of_clinic_and_person_count_for_nothing(password):
    clinic_name = "Riverside Hill"
    member = MembershipFactory(
        clinic__name=clinic_name, user__name="Priya Shah", user__email="priya@example.org"
    )
    patient = PatientFactory(clinic=member.clinic, name="Priya Shah", user__name="Priya Shah")
    assert is_refused(password, member.user)
    assert is_refused(password, patient.user)
    new = User(email="priya@example.org", name="Priya Shah")
    assert is_refused(password, new, clinic_name)


@pytest.mark.django_db
def test_what_somebody_wants_to_be_called_counts_for_nothing():
    patient, other = PatientFactory(called="Zwetschgerl"), PatientFactory()
    assert is_refused("zwetschgerl1", patient.user)
    assert not is_refused("zwetschgerl1", other.user)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Password123!", "like one that many people use"),
        ("abcdefghijkl", "Rows such as abc"),
        ("asdfghjkl;'12", "Keys that lie next to each other"),
        ("abcabcabcabc", "Repeating something"),
        ("0770 0900 123", "Numbers alone"),
        ("physio2026ab", "words about the clinic or exercises"),
        ("qwertzuiop12", "little more than a word, a name, or keys in a row"),
        ("ich liebe dich", "like one that many people use"),
        ("Ich_liebe-dich!", "like one that many people use"),
    ],
)
def test_the_message_says_why_and_what_helps(password, why):
    with pytest.raises(ValidationError) as refusal:
        HardToGuess().validate(password)
    [said] = refusal.value.messages
    assert why in said
    assert WHAT_HELPS in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("MeiTanaka2026", "Names, and words about the clinic or exercises, are tried first."),
        ("mei.tanaka@example.org", "Names, and words about the clinic"),
        ("Mei Tanak", "Use 10 characters or more."),
        ("password", "Use 10 characters or more."),
    ],
)
def test_one_message_in_our_own_words(password, said):
    user = UserFactory(name="Mei Tanaka", email="mei.tanaka@example.org")
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, user)
    [message] = refusal.value.messages
    assert said in message
    assert "too similar" not in message


def first_run(client, password):
    data = {
        "clinic_name": "Riverside",
        "name": "Ada Lowe",
        "email": "ada@example.org",
        "password": password,
        "country": "GB",
        "emergency_number": "999",
        "time_zone": "Europe/London",
    }
    return client.post(reverse("first_run"), data), "password"


def join(client, cast, password):
    invite(cast)
    path = reverse("accounts:team_invitation", args=[TOKEN])
    return client.post(path, {"name": "Nia Price", "password": password}), "password"


def reset(client, cast, password):
    client.post(reverse("account_reset_password"), {"email": cast.clinician.email})
    link = link_in(newest_letter_to(cast.clinician.email), "/key/")
    return client.post(client.get(link)["Location"], {"password1": password}), "password1"


def change(client, cast, password):
    sign_in(client, cast.clinician)
    data = {"oldpassword": PASSWORD, "password1": password}
    return client.post(reverse("account_change_password"), data), "password1"


def choose_first(client, cast, password):
    cast.clinician.set_unusable_password()
    cast.clinician.save()
    sign_in(client, cast.clinician)
    return client.post(reverse("account_set_password"), {"password1": password}), "password1"


def sign_in(client, user):
    client.force_login(user)
    session = client.session
    sessions.note_proof(session, now=clock.now())
    session.save()


def check_refusal(page, field):
    assert WHAT_HELPS in str(page.context["form"].errors[field])
    assert page.content.decode().count(WHAT_HELPS) == 1
    assert page.content.decode().count("This password is too easy to guess.") == 2


@pytest.mark.django_db
@pytest.mark.parametrize("password", [*PASSED_BEFORE, "Riverside2026!"])
def test_the_first_run_refuses_it(client, password):
    check_refusal(*first_run(client, password))
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["Summer2026!", "physio12345", "Riverside2026!"])
@pytest.mark.parametrize("way", [join, reset, change, choose_first])
def test_every_other_way_to_choose_one_refuses_it(client, cast, way, password):
    check_refusal(*way(client, cast, password))
    assert not User.objects.filter(email="nia@example.org").exists()
    cast.clinician.refresh_from_db()
    assert not cast.clinician.check_password(password)


@pytest.mark.django_db
def test_a_long_password_is_judged_by_its_beginning(monkeypatch):
    """zxcvbn needs seconds for a long one full of look-alikes."""
    judged = []

    def spy(password, user_inputs=None):
        judged.append(len(password))
        return {"guesses_log10": 30, "feedback": {"warning": ""}}

    monkeypatch.setattr("accounts.guessing.zxcvbn", spy)
    HardToGuess().validate("4@8({[</369&#!1|0$5+7%2a" * 5, UserFactory())
    assert judged
    assert max(judged) == 32
