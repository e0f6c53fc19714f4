"""The words of a letter, from its three templates."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def render(template: str, context: dict[str, Any], language: str | None = None) -> Words:
    """Render ``templates/emails/<template>.{subject.txt,txt,html}``.

    ``language`` is the recipient's, by default the language in force. The templates get
    ``context`` and ``site_url`` (no slash at its end).
    """
    full = {**context, "site_url": settings.SITE_URL}
    name = f"emails/{template}"
    with translation.override(language or translation.get_language()):
        return Words(
            subject=" ".join(render_to_string(f"{name}.subject.txt", full).split()),
            text=render_to_string(f"{name}.txt", full).strip() + "\n",
            html=render_to_string(f"{name}.html", full),
        )
