"""Settings that name a domain, in the ASCII that headers, envelopes and browsers send."""

import re
from urllib.parse import urlsplit

from accounts.mail_addresses import domain_in_ascii

OF_SENDER = re.compile(r"(?<=@)[^@<>\s]+(?=>?\s*$)")


def sender_in_ascii(sender: str) -> str:
    """``Praxis Müller <no-reply@müller.example>``: its domain; the name before it may be any."""
    return OF_SENDER.sub(lambda domain: domain_in_ascii(domain[0]), sender)


def url_in_ascii(url: str) -> str:
    """Its host. Raises ValueError for what is no URL."""
    parts = urlsplit(url)
    host, colon, port = parts.netloc.partition(":")
    if host.isascii():  # [::1] too
        return url
    return parts._replace(netloc=f"{domain_in_ascii(host)}{colon}{port}").geturl()
