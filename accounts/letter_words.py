"""The words of a letter, from its three templates, and its look, from ``letter.css``."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import lazy

from accounts import names
from outbox.transport import own_name

# What people have typed of all that a letter may say → what stands there in its place where
# a name from before ``accounts.names`` breaks its rules.
TYPED = {
    "name": names.NAMELESS,
    "called": names.NAMELESS,
    "inviter": "",
    "mail_name": lazy(own_name, str)(),
}
# Gmail and Outlook drop style sheets, so each element carries its own; what stands under @media
# is kept as it is, for dark colours.
LOOK = css_inline.CSSInliner(
    extra_css=Path(__file__).with_name("letter.css").read_text(),
    keep_at_rules=True,
    minify_css=True,
    load_remote_stylesheets=False,
)


@dataclass(frozen=True)
class Words:
    sender: str  # the name before our address; "" for our own
    subject: str
    text: str
    html: str


def render(
    template: str, context: dict[str, Any], language: str | None = None, *, mail_name: str = ""
) -> Words:
    """Render ``templates/emails/<template>.{subject.txt,txt,html}``.

    ``language`` is the recipient's, by default the language in force; ``mail_name`` is the
    clinic's that it is from, "" for mail that is no one clinic's. The templates get ``context``,
    the names in it as ``accounts.names`` lets them stand, ``mail_name``, ``is_from_clinic`` and
    ``site_url`` (no slash at its end).
    """
    name, sender = f"emails/{template}", names.for_mail(mail_name)
    with translation.override(language or translation.get_language()):
        full = {
            **context,
            **_typed({**context, "mail_name": mail_name}),
            "is_from_clinic": bool(sender),
            "site_url": settings.SITE_URL,
        }
        return Words(
            sender=sender,
            subject=" ".join(render_to_string(f"{name}.subject.txt", full).split()),
            text=render_to_string(f"{name}.txt", full).strip() + "\n",
            html=LOOK.inline(render_to_string(f"{name}.html", full)),
        )


def _typed(context: dict[str, Any]) -> dict[str, str]:
    """The names, each as a letter may say it."""
    said = TYPED.keys() & context.keys()
    return {key: names.for_mail(context[key]) or str(TYPED[key]) for key in said}
