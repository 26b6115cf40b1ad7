"""Every answer of the desk: what its cookies are like, and that a closed door sets none of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from waypost.accounts.models import Organization

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
OPEN = ("/account/", "/invitation/", "/still-right/", "/drafts/", "/texts", "/my", "/sites")
ALLOWED = {"__Host-waypost-desk", "__Host-waypost-csrf"}


@pytest.fixture
def over_https(settings) -> None:
    """The settings that an address of https gives (see `test_desk_sessions`)."""
    for kind, name in (("SESSION", "__Host-waypost-desk"), ("CSRF", "__Host-waypost-csrf")):
        setattr(settings, f"{kind}_COOKIE_NAME", name)
        setattr(settings, f"{kind}_COOKIE_SECURE", True)


def addresses() -> Iterator[str]:
    """Every address of the private process, the library's own too, with made-up parts."""

    def walk(patterns: list, prefix: str) -> Iterator[str]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield "/" + re.sub(
                    r"[\^$]|<int:\w+>|\(\?P.*", "1", re.sub(r"<(?!int)\w+:\w+>", "x", route)
                )
            else:
                yield from walk(pattern.url_patterns, route)

    yield from walk(get_resolver().url_patterns, "")


def checked(client: Client, address: str, method: str = "get") -> set[str]:
    """The names of the cookies that an answer sets, each as it should be."""
    answer = getattr(client, method)(address, secure=True)
    for name, cookie in answer.cookies.items():
        assert name in ALLOWED, f"{address} sets {name}"
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", ""), address
        assert cookie["httponly"] and cookie["samesite"] == "Lax", address
    return set(answer.cookies)


@pytest.mark.usefixtures("over_https")
def test_every_answer_sets_cookies_of_this_host_alone(signed_in: SignedIn) -> None:
    signed, stranger = signed_in(), Client()
    every = [a for a in addresses() if "logout" not in a]
    assert len(every) > 150
    names = {name for address in every for name in checked(signed, address)}
    assert names == ALLOWED
    for address in every:
        if address.startswith(OPEN):  # the others lead a stranger to the sign-in
            checked(stranger, address)


@pytest.mark.usefixtures("over_https")
def test_what_was_done_is_said_without_a_cookie_of_its_own(signed_in: SignedIn) -> None:
    client = signed_in()
    typed = {
        "email": "new@example.org",
        "role": "verifier",
        "organization": Organization.objects.get().pk,
    }
    answer = client.post("/people/invite", typed, secure=True)
    assert answer.status_code == 302 and set(answer.cookies) <= ALLOWED
    assert "The invitation was sent." in client.get("/people", secure=True).content.decode()
