"""``{% when_to_stop bends_backwards as stop %}``: its title, lines and last line."""

from django import template

from exercises.words import stopping

register = template.Library()


@register.simple_tag
def when_to_stop(bends_backwards: object) -> stopping.WhenToStop:
    return stopping.when_to_stop(bends_backwards=bool(bends_backwards))
