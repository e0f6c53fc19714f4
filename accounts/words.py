"""What accounts says in sentences: how long to wait, and what is wrong with what was typed.

Readers such as ``limits`` and ``names`` return or raise values; their words are made here.
"""

from datetime import datetime
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import countries, limits, mail_addresses, zones
from accounts.errors import NotShown, Unproved
from accounts.guessing import Weakness
from accounts.limits import Limit, Reached
from accounts.mail_addresses import NotAnAddress
from accounts.names import NotAName
from accounts.telephone import NotANumber

# --- how long to wait -------------------------------------------------------------------


def wait(until: datetime, *, now: datetime) -> str:
    """ "1 hour and 5 minutes": rounded up, so that who waits that long gets through."""
    hours, minutes = divmod(max(1, ceil((until - now).total_seconds() / 60)), 60)
    in_hours = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    in_minutes = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if hours and minutes:
        # Translators: a time to wait: "1 hour and 5 minutes".
        return _("%(hours)s and %(minutes)s") % {"hours": in_hours, "minutes": in_minutes}
    return in_hours if hours else in_minutes


def _wait(reached: Reached, now: datetime) -> dict[str, str]:
    return {"wait": wait(reached.until, now=now)}


def try_again(reached: Reached, *, now: datetime) -> str:
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    return _("Try again in %(wait)s.") % _wait(reached, now)


def too_many_tries(reached: Reached, *, now: datetime) -> str:
    """Never less than it takes."""
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    return _("Too many tries. Try again in %(wait)s.") % _wait(reached, now)


def too_many_passwords(reached: Reached, *, now: datetime) -> str:
    """At the sign-in page."""
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    said = _("Too many tries. Try again in %(wait)s. Or ask for a code by e-mail.")
    return said % _wait(reached, now)


def too_many_codes(reached: Reached, *, now: datetime) -> str:
    """At the sign-in page."""
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    said = _("Many codes were asked for. You can ask for another in %(wait)s.")
    return said % _wait(reached, now)


# --- letters --------------------------------------------------------------------------


def too_many_letters(reached: Reached, *, to: str, now: datetime) -> str:
    """``to``: whom the letter would have been for."""
    said = _too_many_letters(reached.limit)
    return said % {
        "n": reached.limit.number,
        "to": mail_addresses.shown(to),
        **_wait(reached, now),
    }


def _too_many_letters(limit: Limit) -> str:
    n = limit.number
    if limit == limits.INVITATIONS_SENT:
        # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
        return ngettext(
            "You have sent %(n)s invitation within a day. You can send the next in %(wait)s.",
            "You have sent %(n)s invitations within a day. You can send the next in %(wait)s.",
            n,
        )
    if limit == limits.INVITATIONS_TO:
        # Translators: "to" is an e-mail address; "wait" is a time: "1 hour and 5 minutes".
        return ngettext(
            "We send an address %(n)s invitation a day at most. You can invite %(to)s again in"
            " %(wait)s.",
            "We send an address %(n)s invitations a day at most. You can invite %(to)s again in"
            " %(wait)s.",
            n,
        )
    if limit == limits.INVITATIONS_OF_CLINIC:
        # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
        return ngettext(
            "Your clinic has sent %(n)s invitation within a day. You can send the next in"
            " %(wait)s.",
            "Your clinic has sent %(n)s invitations within a day. You can send the next in"
            " %(wait)s.",
            n,
        )
    if limit == limits.NOTICES:
        return ngettext(
            "They have had %(n)s message about you within a day.",
            "They have had %(n)s messages about you within a day.",
            n,
        )
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    return ngettext(
        "You have had %(n)s test lately. You can have another in %(wait)s.",
        "You have had %(n)s tests lately. You can have another in %(wait)s.",
        n,
    )


# --- showing again who one is ---------------------------------------------------------


def not_shown(refusal: NotShown, *, now: datetime) -> str:
    said = str(UNPROVED[refusal.why])
    return said % _wait(refusal.reached, now) if refusal.reached else said


UNPROVED = {
    Unproved.WRONG_PASSWORD: gettext_lazy("This is not your password. Try again."),
    Unproved.WRONG_CODE: gettext_lazy("This is not the code from our newest e-mail. Look again."),
    Unproved.OLD_CODE: gettext_lazy("This code has run out. Ask for another one."),
    Unproved.CODE_TRIED_OUT: gettext_lazy(
        "That was the wrong code three times. Ask for another one."
    ),
    Unproved.NO_ADDRESS: gettext_lazy(
        "This account has no e-mail address, so we cannot send a code."
    ),
    Unproved.WRONG_PASSKEY: gettext_lazy("That passkey did not fit. Try again, or another way."),
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    Unproved.MANY_PASSKEYS: gettext_lazy("Too many tries with a passkey. Wait %(wait)s."),
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    Unproved.MANY_PASSWORDS: gettext_lazy("Too many tries. Wait %(wait)s, or ask for a code."),
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    Unproved.MANY_CODES_SENT: gettext_lazy(
        "You have had many codes lately. You can ask for another in %(wait)s."
    ),
    # Translators: "wait" is a time: "4 minutes", "1 hour and 5 minutes".
    Unproved.MANY_CODES_TYPED: gettext_lazy("Too many tries. Try again in %(wait)s."),
}


# --- names, addresses, numbers and places ---------------------------------------------


def not_a_name(refusal: NotAName) -> str:
    match refusal.flaw:
        case NotAName.Flaw.TURNS:
            return _(
                "This name holds hidden signs that turn the direction of reading. Type it again."
            )
        case NotAName.Flaw.UNSEEN:
            return _("Nothing of this name can be seen. Type it again.")
        case NotAName.Flaw.ADDRESS:
            # Translators: "part" is what was typed, such as "evil.example".
            said = _(
                "“%(part)s” reads like an address on the internet. Names stand in e-mails, so"
                " leave it out. Is it none? Then put a space after the full stop."
            )
        case NotAName.Flaw.TELEPHONE:
            # Translators: "part" is what was typed, such as "020 7946 0958".
            said = _(
                "“%(part)s” reads like a telephone number. Names stand in e-mails, so leave it out."
            )
    return said % {"part": refusal.part}


def not_an_address(refusal: NotAnAddress) -> str:
    match refusal.flaw:
        case NotAnAddress.Flaw.QUOTED:
            return _("Write the part before the @ without quotation marks and \\.")
        case NotAnAddress.Flaw.NOT_ASCII:
            return _(
                "Write the part before the @ with letters a to z without accents, figures, and"
                " signs such as - and +. Mail servers take no others there."
            )
        case NotAnAddress.Flaw.NO_DOMAIN:
            return _("Write a name with a full stop after the @, like example.org.")
        case NotAnAddress.Flaw.UNKNOWN_DOMAIN:
            return _(
                "What stands after the @ cannot be the name of a mail server. Look at each letter"
                " of it."
            )
        case NotAnAddress.Flaw.TOO_LONG:
            return _("This address is too long for mail servers. Look at it again.")
        case NotAnAddress.Flaw.MALFORMED:
            return _("Write the address like name@example.org.")


def not_a_number(refusal: NotANumber) -> str:
    match refusal.flaw:
        case NotANumber.Flaw.EXTENSION:
            return _("Leave out the extension: a link on a phone cannot dial it.")
        case NotANumber.Flaw.NOT_ONLY_DIGITS:
            return _("Write only the number: digits and spaces, and + before a country code.")
        case NotANumber.Flaw.PREMIUM_RATE:
            return _("Calls to this number cost extra. Write one at the usual price.")
        case NotANumber.Flaw.NOT_EVEN_SHORT:
            said = _(
                "This is neither a telephone number nor a short number in %(country)s."
                " Write one of another country with + and its code."
            )
        case NotANumber.Flaw.UNKNOWN:
            said = _(
                "This is not a telephone number in %(country)s. Write it with its area code;"
                " one of another country with + and its code."
            )
    return said % {"country": countries.names()[refusal.country]}


FEW = 4  # zones in a sentence


def no_zone_found(refusal: zones.NotFound) -> str:
    said = {"typed": refusal.typed, "names": _either(refusal.zones)}
    if not refusal.zones:
        return _("We do not know this place. Type a big city near it, such as Berlin or New York.")
    if refusal.is_one_of_them:
        # Translators: "names" is a list: "Europe/Berlin or Europe/Busingen".
        return _("“%(typed)s” can be %(names)s. Type one of them.") % said
    # Translators: "names" is a list: "Europe/Berlin or Europe/Busingen".
    return _("We do not know “%(typed)s”. Did you mean %(names)s?") % said


def _either(found: tuple[str, ...]) -> str:
    """ "Europe/Berlin or Europe/Busingen"; of many the first few."""
    names = [zones.in_words(zone) for zone in found]
    *first, last = names[:FEW] or [""]
    if len(names) > FEW:
        # Translators: "names" is a list with commas, of which there are more.
        return _("%(names)s or others") % {"names": ", ".join(names[:FEW])}
    # Translators: "names" is one name, or several with commas.
    return _("%(names)s or %(last)s") % {"names": ", ".join(first), "last": last} if first else last


# --- passwords ------------------------------------------------------------------------

WHAT_HELPS = gettext_lazy(
    "What helps: four words that have nothing to do with each other, or a password that your"
    " browser suggests."
)
WEAKNESS = {
    Weakness.COMMON: gettext_lazy("Many people use it."),
    Weakness.LIKE_A_COMMON_ONE: gettext_lazy("It is like one that many people use."),
    Weakness.ONE_WORD: gettext_lazy("It is little more than one word."),
    Weakness.A_NAME: gettext_lazy("It is little more than a name."),
    Weakness.KEYS_IN_A_ROW: gettext_lazy("Keys that lie next to each other are tried first."),
    Weakness.REPEATED: gettext_lazy("Repeating something adds little."),
    Weakness.A_SEQUENCE: gettext_lazy("Rows such as abc or 6543 add little."),
    Weakness.A_DATE: gettext_lazy("Years and dates are tried first."),
    Weakness.NUMBERS_ALONE: gettext_lazy("Numbers alone are quickly tried."),
    Weakness.WORDS_TRIED_FIRST: gettext_lazy(
        "Names, and words about the clinic or exercises, are tried first."
    ),
    Weakness.TOO_LITTLE: gettext_lazy("It is little more than a word, a name, or keys in a row."),
}


def easy_to_guess(weakness: Weakness) -> str:
    """Three sentences: that it is, why, and what helps."""
    said = (_("This password is too easy to guess."), WEAKNESS[weakness], WHAT_HELPS)
    return " ".join(map(str, said))


def too_short(least: int) -> str:
    said = ngettext("Use %(least)s character or more.", "Use %(least)s characters or more.", least)
    return said % {"least": least}
