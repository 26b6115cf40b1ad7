"""Every address of the desk, walked with every role, with none, and across organizations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from waypost.accounts.roles import PERMISSIONS, OrganizationKind, Permission, Role

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
SEATS = sorted(PERMISSIONS)


def ours(
    patterns: list[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, Callable]]:
    """Our own views with their addresses; allauth's own are tried by allauth."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from ours(pattern.url_patterns, prefix + str(pattern.pattern))
        elif pattern.callback.__module__.startswith("waypost."):
            yield prefix + str(pattern.pattern), pattern.callback


VIEWS = dict(ours(get_resolver().url_patterns))


def address(route: str) -> str:
    number = "0" if "sessions" in route else "1"  # number 1 would sign the walker out
    return "/" + re.sub(r"<int:\w+>", number, re.sub(r"<str:\w+>", "x", route))


def test_there_are_views() -> None:
    assert len(VIEWS) >= 9


@pytest.mark.parametrize("route", sorted(VIEWS))
def test_every_view_names_the_permission_that_it_needs(route: str) -> None:
    permission = VIEWS[route].permission
    assert permission is None or permission in Permission


@pytest.mark.parametrize("route", sorted(r for r, v in VIEWS.items() if v.permission))
def test_nobody_gets_in_without_signing_in(route: str) -> None:
    for method in ("get", "post"):
        response = getattr(Client(), method)(address(route))
        assert response.status_code in (302, 405)
        if response.status_code == 302:
            assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize(("kind", "role"), SEATS, ids=lambda part: part.value)
def test_each_role_opens_what_it_may_and_nothing_else(
    kind: OrganizationKind, role: Role, signed_in: SignedIn
) -> None:
    client = signed_in(role, organization=f"Org {kind}", kind=kind)
    for route, view in VIEWS.items():
        if view.permission is None:
            continue
        able = view.permission in PERMISSIONS[kind, role]
        statuses = {client.get(address(route)).status_code, client.post(address(route)).status_code}
        assert 500 not in statuses, route
        if able:
            # 403 may still come for a record of nobody's; a page without records opens
            assert statuses - {403} or "<" in route, route
        else:
            assert statuses <= {403, 405}, route


@pytest.mark.parametrize(("kind", "role"), SEATS, ids=lambda part: part.value)
def test_the_desks_own_address_is_the_queue_or_the_first_place_of_a_role(
    kind: OrganizationKind, role: Role, signed_in: SignedIn
) -> None:
    client = signed_in(role, organization=f"Org {kind}", kind=kind)
    front = client.get("/")
    has_queue = Permission.SEE_DESK in PERMISSIONS[kind, role]
    assert front.status_code == (200 if has_queue else 302)
    assert client.get("/", follow=True).status_code == 200


@pytest.mark.parametrize(("kind", "role"), SEATS, ids=lambda part: part.value)
def test_without_a_second_factor_every_address_leads_to_setting_one_up(
    kind: OrganizationKind, role: Role, signed_in: SignedIn
) -> None:
    client = signed_in(role, organization=f"Org {kind}", kind=kind, second_factor=False)
    for route, view in VIEWS.items():
        if view.permission is not None:
            response = client.get(address(route))
            assert (response.status_code, response["Location"]) == (302, "/account/2fa/"), route


def test_an_ended_role_opens_nothing(signed_in: SignedIn) -> None:
    from waypost.accounts.models import Membership

    client = signed_in("editor")
    assert client.get("/").status_code == 200
    Membership.objects.update(until="2026-12-02T00:00:00Z")
    assert client.get("/").status_code == 403


def test_a_programs_administrator_sees_and_changes_their_own_people_alone(
    signed_in: SignedIn,
) -> None:
    from waypost.accounts.models import Membership, Organization

    mine = signed_in("administrator", organization="River House", kind="program")
    signed_in("representative", organization="Hill House", kind="program")
    page = mine.get("/people").content.decode()
    assert "River House" in page and "Hill House" not in page
    other = Membership.objects.get(organization__name="Hill House")
    assert mine.post(f"/people/roles/{other.pk}").status_code == 403
    typed = {"email": "x@example.org", "role": "administrator"}
    for name in ("Hill House", "nobody's"):
        row = Organization.objects.filter(name=name).first()
        response = mine.post(
            "/people/invite", typed | {"organization": row.pk if row else "org_no"}
        )
        assert response.status_code == 403
    assert Membership.objects.get(pk=other.pk).until is None
