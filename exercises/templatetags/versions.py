"""What has changed between versions: ``exercises.words.versions`` in templates."""

from django import template

from exercises.words.versions import what_happened

register = template.Library()

register.filter("what_happened", what_happened)
