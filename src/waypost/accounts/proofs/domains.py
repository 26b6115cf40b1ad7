"""The domain at which a listed program has its mail, by its listed website."""

from __future__ import annotations

from urllib.parse import urlsplit

_SHARED = """
facebook.com instagram.com linkedin.com twitter.com x.com youtube.com yelp.com linktr.ee
google.com business.site goo.gl wix.com wixsite.com weebly.com wordpress.com blogspot.com
squarespace.com godaddysites.com webs.com carrd.co github.io gitlab.io herokuapp.com
azurewebsites.net netlify.app vercel.app web.app firebaseapp.com psychologytoday.com
gmail.com yahoo.com outlook.com hotmail.com aol.com icloud.com proton.me samhsa.gov
findtreatment.gov
"""
SHARED = frozenset(_SHARED.split())
"""Hosts under which anybody can have a page or an address: mail there proves nothing."""


def mail_domain(website: str) -> str:
    """“riverhouse.org” of “http://www.riverhouse.org/care”; '' where mail there proves nothing."""
    try:
        host = (urlsplit(website).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or not all(map(_is_label, labels)):
        return ""
    shared = {".".join(labels[i:]) for i in range(len(labels))} & SHARED
    return "" if shared else host


def _is_label(label: str) -> bool:
    return bool(label) and label.isascii() and label.replace("-", "").isalnum()


def mailbox(local: str, domain: str) -> str:
    """The address of a mailbox at a domain; '' where the part before the @ is none."""
    local = local.strip()
    plain = local.replace(".", "").replace("-", "").replace("_", "").replace("+", "")
    good = domain and 0 < len(local) <= 64 and plain.isascii() and plain.isalnum()
    return f"{local}@{domain}" if good and ".." not in local and local.strip(".") == local else ""
