"""Where a request comes from, as far as a limit needs to know. Nothing keeps it in clear."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_NETWORK = 64  # bits: what one household or one office is given, to use as it likes
UNKNOWN = "unknown"


def network_of(request: HttpRequest) -> str:
    """The sender's IPv4 address, or its IPv6 network.

    Of X-Forwarded-For only what our own proxies have written counts, from the right: a sender
    may put anything before it.
    """
    proxies: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    is_forwarded = 0 < proxies <= len(hops) and hops[-proxies].strip()
    return _network(hops[-proxies] if is_forwarded else request.META.get("REMOTE_ADDR", ""))


def _network(written: str) -> str:
    try:
        address = ipaddress.ip_address(written.strip())
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
    return str(address)
