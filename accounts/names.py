"""What people and clinics may be called, and what of it a letter may say. No database.

A name reaches strangers by e-mail, under our sender. Mail programs turn whatever looks like
an address or a telephone number into a link, so a name holds none; and it can be seen and
reads in one direction. The rules are in docs/adr/0033.
"""

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache
from itertools import takewhile

from django.utils.translation import pgettext_lazy

from accounts import top_level_domains

# Emoji and some scripts need the two joiners; a NUL is for Django's own validator to refuse.
LEFT_IN = "\u200c\u200d\0"
# Letters and signs without any ink; as wide as a space, so they part words like one.
BLANK = str.maketrans("\u115f\u1160\u2800\u3164\uffa0", " " * 5)
# They turn the reading of all that follows, in the sentence around the name too.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Marks that nobody sees and that no address keeps: joiners, selectors of another form.
UNSEEN_MARKS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
SEEN = ("L", "N", "P", "S")  # letters, numbers, punctuation, signs: Unicode's general categories

SCHEMES = "ftps?|file|mailto|tel|sms|callto|skype|whatsapp|javascript|data"
BETWEEN = r"\s./\\:@,;()\[\]{}<>\"“”|"
LABEL = f"[^{BETWEEN}]+"
ADDRESS = re.compile(
    rf"""
      [^\s]*//[^\s]* | \\\\[^\s]+           # //evil.example, whatever stands before; \\evil
    | \bhttps?\b | \bwww\.[^\s]*
    | \b(?:{SCHEMES}):[^\s]+                # mailto:x
    | [^\s]+@[^\s]+
    | \b\d{{1,3}}(?:\.\d{{1,3}}){{3}}\b     # 192.0.2.1
    """,
    re.VERBOSE | re.IGNORECASE,
)
DOTTED = re.compile(rf"{LABEL}(?:\.{LABEL})+(?=(?P<goes_on>\.?(?:[/\\]|:\d))?)")
# Written like this, and standing alone, they are no address; a domain only by chance.
DEGREES_AND_FIRMS = {
    *("B.Ch", "B.Med", "B.Physio", "B.Sc", "B.Sc.Physio", "D.Sc", "L.Ac", "M.Ch", "M.Med"),
    *("M.Physio", "M.Sc", "M.Sc.Physio", "Dr.med", "Dr.med.dent", "Dr.med.univ", "Dr.phil"),
    *("Dr.rer.nat", "Dipl.Ing", "Dipl.Phys", "Co.KG", "Co.KGaA", "Co.OHG", "Co.Ltd", "Pty.Ltd"),
}
# Seven digits or more in any script, and between them neither letter nor digit.
TELEPHONE = re.compile(r"[+(]*\d(?:[\W_]*\d){6,}")

NAMELESS = pgettext_lazy("a greeting without a name: Hello there,", "there")


class NotAName(ValueError):
    """``flaw`` is what is wrong with it, in the ``part`` that says so."""

    class Flaw(Enum):
        TURNS = auto()  # the direction of reading
        UNSEEN = auto()
        ADDRESS = auto()
        TELEPHONE = auto()

    def __init__(self, flaw: Flaw, part: str = "") -> None:
        super().__init__(flaw)
        self.flaw, self.part = flaw, part


def one_line(typed: str) -> str:
    """What can be seen of it; line ends and tabs as spaces."""
    spaced = " ".join(typed.split())
    seen = (c for c in spaced if c in LEFT_IN or unicodedata.category(c) not in {"Cc", "Cf"})
    return " ".join("".join(seen).split())


def read(typed: str) -> str:
    """The name as we keep it, in one line; "" if nothing was typed. Raises NotAName.

    Marks that turn no letter (U+200E, U+200F) and unseen spaces come along when people
    copy a name; they are left out like tabs. What overrides a direction is refused.
    """
    if not typed.strip():
        return ""
    if TURNS.search(typed):
        raise NotAName(NotAName.Flaw.TURNS)
    words = one_line(typed.translate(BLANK)).split()
    name = " ".join(word for word in words if _can_be_seen(word))
    if not name:
        raise NotAName(NotAName.Flaw.UNSEEN)
    if address := _address_in(name):
        raise NotAName(NotAName.Flaw.ADDRESS, address)
    if number := TELEPHONE.search(_as_a_mail_program_reads(name)):
        raise NotAName(NotAName.Flaw.TELEPHONE, number[0])
    return name


@lru_cache(maxsize=10_000)
def for_mail(name: str) -> str:
    """The name as a letter may say it; "" for one from before these rules that breaks them."""
    try:
        return read(name)
    except NotAName:
        return ""


def _can_be_seen(word: str) -> bool:
    return any(unicodedata.category(c)[0] in SEEN for c in word)


def _address_in(name: str) -> str:
    """The part that a mail program might make a link of, as someone would read it; else ""."""
    plain = _as_a_mail_program_reads(name)
    if found := ADDRESS.search(plain):
        return found[0]
    for found in DOTTED.finditer(plain):
        if _is_a_domain(found[0]) or (found["goes_on"] and _has_letters(found[0])):
            return plain[found.start() :].split()[0]
    return ""


def _as_a_mail_program_reads(name: str) -> str:
    """Full-width letters, dots and signs as plain ones; no joiners inside a word."""
    plain = UNSEEN_MARKS.sub("", unicodedata.normalize("NFKC", name))
    seen = (c for c in plain if unicodedata.category(c) != "Cf")
    return "".join(seen).replace("\u3002", ".")


def _has_letters(word: str) -> bool:
    return any(c.isalpha() for c in word)


def _is_a_domain(dotted: str) -> bool:
    """ "evil.example", "T.ME", "müller.de", in any script; not "2.0", "A.B.", "J.Smith", "M.Sc"."""
    labels = dotted.split(".")
    return dotted not in DEGREES_AND_FIRMS and any(map(_may_be_a_domain, labels, labels[1:]))


def _may_be_a_domain(before: str, after: str) -> bool:
    """After one letter or sign only where it ends in a domain that exists, or in small letters."""
    letters = takewhile(lambda c: unicodedata.category(c)[0] in "LM", after)
    ending = "".join(letters).lower()
    is_initial = len(before) == 1 and not after[0].islower()
    is_known = ending in top_level_domains.NAMES or after[:4].lower() == "xn--"
    return len(ending) > 1 and (is_known or not is_initial)
