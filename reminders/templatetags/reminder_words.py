"""Figures about sending, as they are read."""

from django import template

from reminders import operating_words

register = template.Library()
register.filter("percent", operating_words.percent)
register.filter("length_of_time", operating_words.length)
register.filter("of_cause", operating_words.of_cause)
