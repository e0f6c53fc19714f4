"""Programmes in words: ``{{ summary|sum_in_words }}``. ``programmes.words`` says how."""

from django import template

from programmes import words

register = template.Library()

register.filter("sum_in_words", words.sum_of)
register.filter("time_in_words", words.time_of)
register.filter("same_often", words.same_often_of)
register.filter("caution", words.caution)
register.filter("library_says", words.library_says_of)
register.filter("why_ask_first", words.why_ask_first)
register.filter("call_emergency", words.call_emergency)
register.filter("call_today", words.call_today)
