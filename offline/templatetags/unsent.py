"""What a page says of sessions that wait on a phone."""

from django import template

from offline.afterwards import AfterwardsForm
from patients.thresholds import PAIN_HIGH, PAIN_RISE_IN_A_DAY

register = template.Library()


@register.simple_tag
def pain_limits() -> dict[str, int]:
    """From where on the script says what to do instead of praising, as ``services.pain`` does."""
    return {"high": PAIN_HIGH, "rise": PAIN_RISE_IN_A_DAY}


@register.simple_tag
def afterwards_form() -> AfterwardsForm:
    return AfterwardsForm()
