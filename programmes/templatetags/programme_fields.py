"""Fields of a programme's forms: ``{% field form.note %}``. ``programmes.fields`` writes them."""

from django import template

from programmes import fields

register = template.Library()

register.simple_tag(fields.field)
register.simple_tag(fields.ends, name="both_of")
register.simple_tag(fields.words, name="words_about")
