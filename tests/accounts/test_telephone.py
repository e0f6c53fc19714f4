"""Numbers as people type them: which are kept, how, and how they are read again."""

import re
import subprocess
import sys

import pytest

from accounts import countries
from accounts.telephone import NotANumber, Number, is_foreign, read
from accounts.words import not_a_number

KEPT = [
    ("020 7946 0958", "GB", "+442079460958"),
    ("(020) 7946-0958", "GB", "+442079460958"),
    ("  020 7946 0958\t", "GB", "+442079460958"),
    ("020\u00a07946\u20110958", "GB", "+442079460958"),
    ("+44 20 7946 0958", "GB", "+442079460958"),
    ("+44 (0)20 7946 0958", "GB", "+442079460958"),
    ("\u202a+44 20 7946 0958\u202c", "GB", "+442079460958"),  # as copied from another page
    ("0044 20 7946 0958", "GB", "+442079460958"),
    ("+49 30 901820", "GB", "+4930901820"),
    ("٠٢٠ ٧٩٤٦ ٠٩٥٨", "GB", "+442079460958"),
    ("\uff0b44 20 7946 0958", "GB", "+442079460958"),
    ("06 698 1234", "IT", "+39066981234"),
    ("", "GB", ""),
    (" \u00a0 ", "GB", ""),
]
SHORT = [
    ("999", "GB", "999"),
    ("112", "GB", "112"),
    ("111", "GB", "111"),
    ("1 1 1", "GB", "111"),
    ("٩٩٩", "GB", "999"),
    ("+44 999", "GB", "999"),
    ("116 117", "DE", "116117"),
    ("+49 116 117", "DE", "116117"),
    ("911", "US", "911"),
    ("988", "US", "988"),
    ("111", "NZ", "111"),
    ("0800 611 116", "NZ", "+64800611116"),
    ("000", "AU", "000"),
    ("15", "FR", "15"),
    ("999", "IM", "999"),
    ("113", "GQ", "113"),
]
WORDS = "Write only the number"
NO_SUCH = "neither a telephone number nor a short number in"
REFUSED = [
    ("javascript:alert(1)", "GB", WORDS),
    ("tel:999", "GB", WORDS),
    ("<b>999</b>", "GB", WORDS),
    ("&lt;999", "GB", WORDS),
    ("call us", "GB", WORDS),
    ("999 or 112", "GB", WORDS),
    ("0800 FLOWERS", "GB", WORDS),
    ("99+9", "GB", WORDS),
    ("9²9", "GB", NO_SUCH),
    ("😀", "GB", WORDS),
    ("020 7946 0958 ext 12", "GB", "Leave out the extension"),
    ("020 7946 0958 x12", "GB", "Leave out the extension"),
    ("020 7946 0958#12", "GB", "Leave out the extension"),
    ("+442079460958;ext=12", "GB", "Leave out the extension"),
    ("12", "GB", NO_SUCH),
    ("0", "GB", NO_SUCH),
    ("+", "GB", WORDS),
    ("()", "GB", NO_SUCH),
    ("0999", "GB", NO_SUCH),
    ("999", "US", NO_SUCH),
    ("999", "DE", NO_SUCH),
    ("911", "GB", NO_SUCH),
    ("116 117", "GB", NO_SUCH),
    ("+49 116 117", "GB", NO_SUCH),
    ("999 / 112", "GB", NO_SUCH),
    ("7946 0958", "GB", NO_SUCH),
    ("9" * 31, "GB", NO_SUCH),
]


@pytest.mark.parametrize(("typed", "country", "kept"), KEPT, ids=ascii)
def test_full_numbers_are_kept_in_e164(typed, country, kept):
    assert read(typed, country) == read(typed, country, takes_short=True) == kept


@pytest.mark.parametrize(("typed", "country", "kept"), SHORT, ids=ascii)
def test_short_numbers_of_the_country_are_kept_as_digits(typed, country, kept):
    assert read(typed, country, takes_short=True) == kept


@pytest.mark.parametrize(("typed", "country", "words"), REFUSED, ids=ascii)
def test_anything_else_is_refused_in_words(typed, country, words):
    with pytest.raises(NotANumber) as refusal:
        read(typed, country, takes_short=True)
    assert re.search(words, not_a_number(refusal.value))


@pytest.mark.parametrize("typed", ["999", "111", "116117", "javascript:alert(1)", "7946 0958"])
def test_a_telephone_is_no_short_number(typed):
    with pytest.raises(NotANumber):
        read(typed, "GB")


@pytest.mark.parametrize(
    ("kept", "country", "shown"),
    [
        ("+442079460958", "GB", "020 7946 0958"),
        ("+442079460958", "DE", "+44 20 7946 0958"),
        ("+64800611116", "NZ", "0800 611 116"),
        ("116117", "DE", "116 117"),
        ("999", "GB", "999"),
        ("0800611116", "GB", "0800 611116"),  # kept from before countries were known
        ("", "GB", ""),
    ],
)
def test_a_number_is_read_as_at_home_and_dialled_as_kept(kept, country, shown):
    number = Number(kept, country)
    assert str(number) == shown
    assert number.href == f"tel:{kept}"
    assert bool(number) is bool(kept)


@pytest.mark.parametrize(("kept", "country"), [(kept, c) for _typed, c, kept in KEPT + SHORT])
def test_what_is_shown_can_be_typed_again(kept, country):
    assert read(str(Number(kept, country)), country, takes_short=True) == kept


@pytest.mark.parametrize(
    ("kept", "country", "foreign"),
    [
        ("999", "GB", False),
        ("999", "NZ", True),
        ("112", "DE", False),
        ("+41791234567", "GB", False),
        ("", "GB", False),
    ],
)
def test_emergency_numbers_of_another_country_are_told(kept, country, foreign):
    assert is_foreign(kept, country) is foreign


def test_countries_have_readable_names_in_order():
    listed = dict(countries.choices())
    assert listed["GB"] == "Britain (UK)"
    assert listed["CI"] == "Côte d’Ivoire"
    assert "AQ" not in listed  # nobody has a number there
    names = [name for _code, name in countries.choices()]
    assert names[0] == "Afghanistan"
    assert names.index("Angola") < names.index("Åland Islands") < names.index("Germany")


def test_nothing_of_places_and_carriers_is_loaded():
    """Some hundred megabytes that nobody asks for."""
    code = (
        "import sys; from accounts import telephone; telephone.phonenumbers.is_valid_number("
        "telephone.phonenumbers.parse('020 7946 0958', 'GB'));"
        "print([m for m in sys.modules if m.startswith('phonenumbers.')"
        " and any(part in m for part in ('geo', 'carrier', 'tzdata'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
