"""Days, pain and adherence in words: ``{{ mark|mark_in_words }}``. ``patients.words`` says how."""

from django import template

from patients import words

register = template.Library()

register.filter("mark_in_words", words.mark)
register.filter("weekday", words.weekday)
register.filter("weekday_letter", words.weekday_letter)
register.filter("day_or_month", words.day_or_month)
register.filter("pain_on", words.pain_on)
register.filter("pain_of_weekday", words.pain_of_weekday)
register.filter("pain_line_in_words", words.pain_line)
register.filter("adherence_in_words", words.adherence)
