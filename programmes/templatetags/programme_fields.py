"""Fields of a programme's forms: ``{% field form.note %}``. ``programmes.fields`` writes them."""

from django import template

from programmes import fields
from programmes.item_addresses import addresses_of
from programmes.pictures import address_of

register = template.Library()

register.simple_tag(fields.field)
register.simple_tag(fields.ends, name="both_of")
register.simple_tag(fields.words, name="words_about")
register.filter("addresses", addresses_of)
register.filter("small_picture", address_of)
