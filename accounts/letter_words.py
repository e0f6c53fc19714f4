"""The words of a letter, from its three templates."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import names

# What people have typed of all that a letter may say → what stands there in its place where
# a name from before ``accounts.names`` breaks its rules.
TYPED = {
    "name": names.NAMELESS,
    "called": names.NAMELESS,
    "inviter": "",
    "clinic": _("a clinic"),
}


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def render(template: str, context: dict[str, Any], language: str | None = None) -> Words:
    """Render ``templates/emails/<template>.{subject.txt,txt,html}``.

    ``language`` is the recipient's, by default the language in force. The templates get
    ``context``, the names in it as ``accounts.names`` lets them stand, and ``site_url``
    (no slash at its end).
    """
    name = f"emails/{template}"
    with translation.override(language or translation.get_language()):
        full = {**context, **_typed(context), "site_url": settings.SITE_URL}
        return Words(
            subject=" ".join(render_to_string(f"{name}.subject.txt", full).split()),
            text=render_to_string(f"{name}.txt", full).strip() + "\n",
            html=render_to_string(f"{name}.html", full),
        )


def _typed(context: dict[str, Any]) -> dict[str, str]:
    """The names, each as a letter may say it."""
    said = TYPED.keys() & context.keys()
    return {key: names.for_mail(context[key]) or str(TYPED[key]) for key in said}
