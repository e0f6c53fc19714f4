"""From when on something is much, long or late: numbers that the pages of patients and of
clinicians and the rules of reminders share. Pure: no database, no clock.
"""

from accounts.models import AddressTrouble

PAIN_HIGH = 6
"""Last pain logged, 0–10: from here on it is shown as high."""

PAIN_SOME = 4
"""Pain at an exercise, 0–10, at which the session was stopped: from here on up to below
``PAIN_HIGH`` it is usually tolerated, and asks for smaller movements."""

PAIN_RISE_IN_A_DAY = 3
"""Points, 0–10, above the day's first score: from here on, as from ``PAIN_HIGH`` on, a session
is not praised, and the patient reads what to do instead."""

PAIN_RISE = 2
"""Points, 0–10, by which this week's mean pain is above last week's: the smallest
change on a 0–10 scale that is usually called important."""

PAIN_FALL = 2
"""Points, 0–10, by which mean pain has to be below that of the beginning before a patient
reads that it went down: the same important change."""

PAIN_FIRST_AND_LAST = 3
"""Sessions with a score at the beginning, and as many at the end, of which these means are
taken: one good or bad day decides nothing."""

PAIN_FALL_AFTER = 7
"""Days that lie between the last of the first ones and the first of the last ones, at least."""

PAIN_READINGS = 2
"""Pain scores that each of the two weeks needs before they are compared."""

SILENT_DAYS = 5
"""Whole days since the last session, paused days and today left out."""

SILENT_ASKED_DAYS = 2
"""How many of those silent days must have asked for a session, so that a programme
for one day a week does not worry anyone after a rest."""

WEEKLY_AFTER, FORTNIGHTLY_AFTER = 10, 30
"""Silent days from which on reminders come once a week, once a fortnight: someone who does
not answer them is not nagged, and the clinician is told instead."""

OVER_RANGE_WITHIN = 7
"""Days, today included, in which a day with more sessions than its largest number counts."""

NOT_TODAY_WITHIN = 7
"""Days, today included, in which a day left out because of pain counts."""

HURT_TIMES, HURT_WITHIN = 2, 14
"""How often one exercise was stopped because it hurt, within how many days, today included.
Once may be a bad day. Twice within the two weeks that also the share done is reckoned by is a
pattern: the dose or the exercise may not fit."""

REFUSALS = AddressTrouble.PAUSED_AFTER

INVITATION_DAYS = 3
"""Whole days since the invitation was last sent."""

MILESTONES = (10, 25, 50, 100, 200)
"""Sessions of a programme whose number the patient reads after them: in English all end in "th"."""
