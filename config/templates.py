"""How templates are kept once they are compiled."""

import re
from typing import cast

from django.template.base import Origin, Template, TextNode
from django.template.loaders import base, cached

AROUND_LINES = re.compile(r"[ \t]*\n\s*")


class WithoutIndentation(base.Loader):
    """A line of HTML begins at its start: an eighth of a page was spaces that no reader sees.

    What tags put in, typed text above all, stays as it is.
    """

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if template_name.endswith(".html"):
            for text in cast(list[TextNode], template.nodelist.get_nodes_by_type(TextNode)):
                text.s = AROUND_LINES.sub("\n", text.s)
        return template


class Loader(cached.Loader, WithoutIndentation):
    """Django's, which compiles each template once."""
