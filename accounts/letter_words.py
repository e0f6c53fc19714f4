"""The words of a letter, from its three templates, and its look, from ``letter.css``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.html import escape

from accounts import names
from outbox.sender import own_name

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
# A text's place in what was written before it was known. Nobody types these two characters.
GAP = "\ue000{}\ue001"
GAPS = re.compile(GAP.format(r"(\d+)"))


@dataclass(frozen=True)
class Words:
    sender: str  # the name before our address; "" for our own
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Shape:
    """What a letter is about, with a gap for each text: many letters differ in nothing else."""

    context: dict[str, Any] = field(compare=False)
    key: str


def render(
    template: str, context: dict[str, Any], language: str | None = None, *, mail_name: str = ""
) -> Words:
    """Render ``templates/emails/<template>.{subject.txt,txt,html}``.

    ``language`` is the recipient's, by default the language in force; ``mail_name`` is the
    clinic's that it is from, "" for mail that is no one clinic's. The templates get ``context``
    (texts, numbers, and lists, dicts, named tuples and dataclasses of them), its names as ``accounts.names``
    lets them stand, ``mail_name``, ``is_from_clinic`` and ``site_url`` (no slash at its end).
    Of a text they may only ask whether there is one. Raises TypeError for anything else.
    """
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    sender = names.for_mail(mail_name)
    ours = {"is_from_clinic": bool(sender), "site_url": settings.SITE_URL}
    with translation.override(language):
        context = {**context, **_typed({**context, "mail_name": mail_name}), **ours}
        texts: list[str] = []
        gapped = _with_gaps(context, texts)
        written = _written(template, language, Shape(gapped, repr(gapped)))
    return Words(
        sender=sender,
        subject=" ".join(_filled(written.subject, texts).split()),
        text=_filled(written.text, texts).strip() + "\n",
        html=_filled(written.html, texts, escape),
    )


def _typed(context: dict[str, Any]) -> dict[str, str]:
    """The names, each as a letter may say it."""
    said = TYPED.keys() & context.keys()
    return {key: names.for_mail(context[key]) or str(TYPED[key]) for key in sorted(said)}


def _with_gaps(value: Any, texts: list[str]) -> Any:
    """The same with a gap for each text, which goes to ``texts``; an empty text stays."""
    match value:
        case "" | None | int():
            return value
        case str() | Promise():
            texts.append(str(value))
            return GAP.format(len(texts) - 1)
        case Mapping():
            return {key: _with_gaps(one, texts) for key, one in value.items()}
        case tuple() if hasattr(value, "_asdict"):  # a named one, such as a range of a dose
            return _with_gaps(value._asdict(), texts)
        case list() | tuple():
            return [_with_gaps(one, texts) for one in value]
        case _ if is_dataclass(value):
            return {one.name: _with_gaps(getattr(value, one.name), texts) for one in fields(value)}
    raise TypeError(f"no letter says {type(value).__name__}")


@lru_cache(maxsize=1000)
def _written(template: str, language: str, shape: Shape) -> Words:
    """The letter with its gaps, in the language in force. A worker sends 400 letters a second,
    and to render one takes it a millisecond."""
    name = f"emails/{template}"
    return Words(
        sender="",
        subject=render_to_string(f"{name}.subject.txt", shape.context),
        text=render_to_string(f"{name}.txt", shape.context),
        html=LOOK.inline(render_to_string(f"{name}.html", shape.context)),
    )


def _filled(written: str, texts: list[str], form: Callable[[str], str] = str) -> str:
    return GAPS.sub(lambda gap: form(texts[int(gap[1])]), written)
