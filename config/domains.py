"""Settings that name a domain, in the ASCII that headers, envelopes and browsers send."""

from urllib.parse import urlsplit

from accounts.mail_addresses import domain_in_ascii


def url_in_ascii(url: str) -> str:
    """Its host. Raises ValueError for what is no URL."""
    parts = urlsplit(url)
    host, colon, port = parts.netloc.partition(":")
    if host.isascii():  # [::1] too
        return url
    return parts._replace(netloc=f"{domain_in_ascii(host)}{colon}{port}").geturl()
