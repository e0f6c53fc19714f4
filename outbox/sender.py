"""Who a message says it is from: always our one address, under a clinic's name or our own."""

from email.headerregistry import Address
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings

PRODUCT = "Homestretch"


def own_name() -> str:
    """The name in DEFAULT_FROM_EMAIL, for mail that is no one clinic's; else the product's."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or PRODUCT


def address_of(name: str) -> str:
    """Our address with ``name`` before it, quoted as RFC 5322 asks; "" for our own name.

    Raises ValueError for a name with a line break.
    """
    return _joined(name or own_name(), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


@lru_cache(maxsize=1000)
def _joined(name: str, address: str) -> str:
    """Python takes long to read an address, and few senders write all mail."""
    return str(Address(name, addr_spec=address))
