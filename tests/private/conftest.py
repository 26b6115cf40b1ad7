"""Tests of the private process, in a session of their own: they run under its settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

import private_postgres as on_postgres
from bench import postgres_server
from desk_running import Desk, served_desk
from required import need

# Playwright keeps its event loop in the thread of the tests, which ask the database there as well.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SignedIn = Callable[..., Client]


@pytest.hookimpl(tryfirst=True)  # before xdist writes the groups into the tests' ids
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that opens a database may open both: the queue and the private one.

    Tests on PostgreSQL are one worker's: the others start no server.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None:
            marker.kwargs.setdefault("databases", ["default", "queue"])
        chosen = item.callspec.params.get("both_databases") if hasattr(item, "callspec") else ""
        if chosen == "postgresql" or "private_postgres" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgres)
            item.add_marker(pytest.mark.xdist_group("private_postgres"))


Databases = dict[str, dict[str, object]]


@pytest.fixture(scope="session")
def postgres_databases(django_db_blocker: pytest.FixtureDef) -> Iterator[Databases]:
    """A PostgreSQL of the session's own, with the tables of both databases."""
    need(postgres_server.installed(), "PostgreSQL")
    with django_db_blocker.unblock(), on_postgres.server() as settings:
        yield settings


@pytest.fixture
def private_postgres(
    postgres_databases: Databases, django_db_blocker: pytest.FixtureDef
) -> Iterator[None]:
    """Queries and actions run on PostgreSQL and commit; every row is gone after the test.

    For what takes several connections or threads: who comes at once, what is locked. A test that
    needs this asks for it and carries no ``django_db`` mark.
    """
    with django_db_blocker.unblock(), on_postgres.in_place(postgres_databases):
        yield
        on_postgres.empty()


@pytest.fixture(params=["sqlite", "postgresql"])
def both_databases(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """The test runs twice, once on each kind of database; a module asks by ``usefixtures``."""
    if request.param == "sqlite":
        yield request.param
        return
    settings = request.getfixturevalue("postgres_databases")
    with on_postgres.in_place(settings), on_postgres.rolled_back():
        yield request.param


@pytest.fixture(scope="session")
def desk(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that runs as an operator starts it, for staff in a browser."""
    with served_desk(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="session")
def sign_in() -> SignedIn:
    """Signs someone with this role, and a second factor, in; for whoever opens the database."""

    def in_a_browser(
        role: str = "administrator",
        *,
        organization: str = "Operator",
        kind: str = "operator",
        second_factor: bool = True,
        email: str = "",
    ) -> Client:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        from waypost.accounts.actions import accept_invitation, found_organization, invite
        from waypost.accounts.models import Person

        number = found_organization(name=organization, kind=kind, by="test", now=NOW)
        address = email or f"{role.replace(' ', '-')}@{number.replace('_', '-')}.example"
        token = invite(email=address, role=role, organization=number, by="test", now=NOW)
        person = Person.objects.get(
            pk=accept_invitation(
                token=token, name=role.title(), password="correct horse 9!", now=NOW
            )
        )
        if second_factor:
            TOTP.activate(person, generate_totp_secret())
            RecoveryCodes.activate(person)
        client = Client()
        client.force_login(person)
        return client

    return in_a_browser


@pytest.fixture
def signed_in(sign_in: SignedIn) -> SignedIn:
    """A browser in which someone with this role, and a second factor, is signed in."""
    return sign_in


@pytest.fixture
def live_server(live_server, settings, tmp_path: Path):
    """The tests' server, which answers /static itself, from a folder, and not through WhiteNoise."""
    from waypost.design.assets import STATIC

    (tmp_path / "waypost").symlink_to(STATIC)
    settings.STATIC_ROOT = str(tmp_path)
    return live_server
