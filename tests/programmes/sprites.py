"""Pictures that a page takes from another file, put back into it."""

import re

from django.test import Client

USED = re.compile(r'<use href="([^"#]+/pictures/[^"#]+)#([^"]+)"></use>')


def used(page: str) -> list[tuple[str, str]]:
    """Address and name of each."""
    return USED.findall(page)


def with_pictures(page: str, client: Client) -> str:
    """The page as it looks: each picture is in it."""
    files = {address: client.get(address).content.decode() for address, _name in used(page)}

    def symbol(use: re.Match[str]) -> str:
        inside = files[use[1]].split(f'<symbol id="{use[2]}"')[1]
        return inside[inside.index(">") + 1 : inside.index("</symbol>")]

    return USED.sub(symbol, page)
