"""Doses in words: ``{{ item.dose|instructions }}``. ``exercises.words.dose`` says how."""

from django import template

from exercises.words import dose, phases

register = template.Library()

register.filter("range_in_words", dose.range_in_words)
register.filter("instructions", dose.instructions)
register.filter("frequency", dose.frequency)
register.filter("frequency_sentence", dose.frequency_sentence)
register.filter("short_dose", dose.short)
register.filter("phase_label", phases.phase_label)
