"""What the script that leads a session is given: numbers to count by, and every word it says.

The script fills numbers into ``{n}`` and ``{of}``, and makes no words of its own.
"""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from exercises.dose import SECONDS_IN_A_MINUTE
from exercises.phases import Phase
from patients.thresholds import PAIN_HIGH, PAIN_SOME
from programmes.models import ONE_SIDE, Item
from today.guided import Beat, Guide, Unit
from today.session_page import Exercise, SessionPage

Plan = dict[str, Any]


def plan(page: SessionPage) -> Plan:
    """As JSON: the exercises in turn, the limits of the rules for pain, and the words of all."""
    return {
        "exercises": [_exercise(exercise) for exercise in page.exercises],
        "has_left_out": page.is_any_left_out,
        "pain": {"some": PAIN_SOME, "much": PAIN_HIGH},
        "words": _words(),
    }


def _exercise(exercise: Exercise) -> Plan:
    guide, item = exercise.guide, exercise.item
    return {
        "item": str(item.pk),
        "name": item.exercise_version.name,
        "optional": exercise.is_optional,
        "least": exercise.least,
        "most": exercise.most,
        "unit": guide.unit,
        "sides": [_side(side, item) for side in guide.sides],
        "sets": guide.sets,
        "repetitions": guide.repetitions,
        "beats": [_beat(beat, guide) for beat in guide.beats],
        "rest": guide.rest_seconds,
    }


def _side(side: str, item: Item) -> Plan:
    if not side:
        return {"side": "", "words": "", "next": ""}
    words = str(ONE_SIDE[side][item.exercise_version.side_words()])
    # Translators: %(side)s is “left leg”, “right arm” or the like.
    next_one = _("Now the %(side)s") % {"side": words}
    return {"side": side, "words": capfirst(words), "next": next_one}


def _beat(beat: Beat, guide: Guide) -> Plan:
    """``says`` is for the voice, ``announces`` and ``announces_most`` for a screen reader."""
    cue, says = _cue(beat, guide)
    return {
        "phase": beat.phase,
        "seconds": beat.seconds,
        "most": beat.most,
        "cue": cue,
        "says": says,
        "announces": _announces(beat, beat.seconds, guide),
        "announces_most": _announces(beat, beat.most, guide),
    }


def _cue(beat: Beat, guide: Guide) -> tuple[str, str]:
    """In large words, the last of the line; and as a voice says it."""
    if guide.unit is Unit.MINUTES:
        return pgettext("what to do now", "keep going"), _("Begin. Keep going.")
    return {
        Phase.MOVE: (pgettext("what to do now", "move"), _("Move slowly.")),
        Phase.HOLD: (pgettext("what to do now", "hold"), _("Hold.")),
        Phase.RETURN: (pgettext("what to do now", "and back"), _("And back.")),
        Phase.REST: (pgettext("what to do now", "let go"), _("Let go.")),
    }[beat.phase]


def _announces(beat: Beat, seconds: float, guide: Guide) -> str:
    if guide.unit is Unit.MINUTES:
        minutes = int(seconds // SECONDS_IN_A_MINUTE)
        words = ngettext("Keep going for %(n)d minute.", "Keep going for %(n)d minutes.", minutes)
        return words % {"n": minutes}
    if beat.phase is Phase.HOLD:
        whole = int(seconds)
        words = ngettext("Hold for %(n)d second.", "Hold for %(n)d seconds.", whole)
        return words % {"n": whole}
    return _cue(beat, guide)[1]


def _words() -> Plan:
    return {
        # Translators: of an exercise: the exercise, the repetition or the round {n} of {of}.
        "place": _("Exercise {n} of {of}"),
        "repetition": _("{n} of {of}"),
        "set": _("round {n} of {of}"),
        "ready": pgettext("what to do now", "get ready"),
        "rest": _("Rest"),
        "says": {
            "repetition": _("One more?"),
            "set": _("One more round?"),
            "minutes": _("That is enough. Go on if you like."),
        },
        "announces": {
            "count": _("Get ready."),
            # Translators: {where} is “Right leg, 2 of 3”, {what} a sentence such as “Move slowly.”
            "turn": _("{where}: {what}"),
            "repetition": _("One more? Press One more, or wait."),
            "set": _("One more round? Press One more round, or wait."),
            "minutes": _("That is enough. Go on a little longer if you like."),
            "set_rest": _("Rest. Then round {n} of {of}."),
            "between": _("Rest a moment. Next comes: {name}"),
        },
    }
