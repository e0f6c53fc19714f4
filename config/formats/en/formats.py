"""How dates and times are written in English: each way once, under a name.

A "day" says its weekday, a "date" does not; a "moment" is either of them with the
time. Templates write ``{{ on|date:"LONG_DAY" }}``, Python ``date_format(on, "LONG_DAY")``.
Another language has a folder beside this one, with all of these names.
"""

DAY_OF_MONTH = "j"  # 2
SHORT_DATE = "j M"  # 2 Nov
SHORT_DATE_WITH_YEAR = "j M Y"  # 2 Nov 2026
LONG_DATE = "j F Y"  # 2 November 2026
MONTH_WITH_YEAR = "F Y"  # November 2026

SHORT_DAY = "D j M"  # Mon 2 Nov
SHORT_DAY_WITH_YEAR = "D j M Y"  # Mon 2 Nov 2026
LONG_DAY = "l j F"  # Monday 2 November

TIME_OF_DAY = "G:i"  # 8:05, as one says it: the time of a reminder
CLOCK = "H:i"  # 08:05, as a log writes it: when something happened
CLOCK_WITH_SECONDS = "H:i:s"  # 08:05:09

SHORT_MOMENT = "D j M, H:i"  # Mon 2 Nov, 08:05
SHORT_MOMENT_WITH_YEAR = "D j M Y, H:i"  # Mon 2 Nov 2026, 08:05
SHORT_MOMENT_WITH_SECONDS = "D j M, H:i:s"  # Mon 2 Nov, 08:05:09
EXACT_MOMENT = "D j M Y, H:i:s"  # Mon 2 Nov 2026, 08:05:09
LONG_MOMENT = "j F Y, H:i"  # 2 November 2026, 08:05
