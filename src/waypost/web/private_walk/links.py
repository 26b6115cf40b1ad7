"""The links and forms of a page, changed so that no address tells what is looked for.

Our own pages alone are changed, and they are known to be valid HTML with quoted attributes (a test
reads every page with a strict parser), so that a pattern finds each link.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from waypost.web.doors import READ, methods_of
from waypost.web.private_walk.opened import PURPOSE
from waypost.web.sealing import seal

URLS = "waypost.web.urls"
PAGE = "page_of_form"
"""The field of a private form that says where it leads."""

WALKING = "waypost.web.private_walk.page"
_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
_FORM = re.compile(r"<form\b[^>]*>")
_ACTION = re.compile(r'\saction="([^"]*)"')
_BUTTON = re.compile(r'<button\b[^>]*\sformmethod="post"[^>]*>.*?</button>', re.DOTALL)
_LIVE = re.compile(r" data-live(?:-form)?(?=[ >])")
"""What lets a script change a page in place, which would write the search into the address."""


def is_open_page(path: str) -> bool:
    """Whether a path, without its language, is a page of ours that is only read."""
    try:
        view = resolve(path, urlconf=URLS).func
    except Resolver404:
        return False
    return view.__module__ != WALKING and tuple(methods_of(view)) == READ


def is_listings_page(path: str) -> bool:
    """Whether a path, without its language, is a page of one program: its forms are sealed too,
    for the program that somebody writes of tells what they looked for."""
    try:
        view = resolve(path, urlconf=URLS).func
    except Resolver404:
        return False
    return path.startswith("/site/") and view.__module__ != WALKING


def sealed_address(prefix: str, page: str, query: str) -> str:
    """The address under which a page stands privately, in the language of ``prefix``."""
    return f"{prefix}/private/{seal(PURPOSE, [page, query])}"


def sealed_links(response: HttpResponse, path: str) -> HttpResponse:
    """The answer of the page at ``path`` with every link that tells something sealed."""
    if "Location" in response.headers:
        response.headers["Location"] = _sealed(response.headers["Location"], path)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.content = _page(response.content.decode(), path).encode()
    return response


def _page(text: str, path: str) -> str:
    text = _LIVE.sub("", text)
    text = _BUTTON.sub(lambda _match: f'<span class="small soft">{_said()}</span>', text)
    text = _FORM.sub(lambda match: _form(match[0], path), text)
    return _LINK.sub(lambda match: match[1] + _link(match[2], path) + match[3], text)


def _said() -> str:
    return escape(_("This search is private: no address tells what it is."))


def _link(written: str, path: str) -> str:
    return escape(_sealed(unescape(written), path))


def _sealed(address: str, path: str) -> str:
    """A sealed address in the place of one that tells something; any other as it is."""
    whole = urlsplit(urljoin(path, address))
    if whole.scheme or whole.netloc or address.startswith("#"):
        return address
    prefix, page = _language(whole.path)
    tells = is_listings_page(page) or (whole.query and is_open_page(page))
    if not tells:
        return address
    fragment = f"#{whole.fragment}" if whole.fragment else ""
    return sealed_address(prefix, page, whole.query) + fragment


def _form(tag: str, path: str) -> str:
    """A form that would write its fields into the address, sent by POST instead; one that is sent
    to a program's own address, sent to a sealed one."""
    action = _ACTION.search(tag)
    prefix, page = _language(urlsplit(urljoin(path, unescape(action[1]) if action else path)).path)
    if 'method="post"' in tag and is_listings_page(page):
        return _ACTION.sub(lambda _: f' action="{sealed_address(prefix, page, "")}"', tag)
    if 'method="post"' in tag or not is_open_page(page):
        return tag
    changed = tag.replace(' method="get"', "")
    changed = _ACTION.sub("", changed)[: -len(">")]
    hidden = f'<input type="hidden" name="{PAGE}" value="{escape(page)}">'
    return f'{changed} method="post" action="{prefix}/private">{hidden}'


def _language(path: str) -> tuple[str, str]:
    """The beginning of a path that names its language, and the rest."""
    return ("/es", path[3:]) if path.startswith("/es/") else ("", path)
