"""Figures about sending, as they are read."""

from django import template

from reminders import words

register = template.Library()
register.filter("percent", words.percent)
register.filter("length_of_time", words.length)
register.filter("of_cause", words.of_cause)
