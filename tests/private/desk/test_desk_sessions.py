"""How long a sign-in holds, who may end it, what a password may not be, and what is written down."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client
from django.utils import timezone

from waypost.accounts.when_may import SIGN_IN_LASTS, sign_in_holds
from waypost.desk.middleware import NOTED, NOTED_EVERY
from waypost.desk.sign_in.events import SINCE
from waypost.desk.sign_in.passwords import OF_THIS_PLACE, is_guessed_first

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = timezone.now()


def acts(person: str = "") -> list[str]:
    """What the audit says, the newest first."""
    from waypost.audit.queries import events

    return [event.act for event in events() if person in event.record or not person]


def import_again(name: str) -> ModuleType:
    """A module as it is made under the environment of now, beside the one in use."""
    spec = importlib.util.find_spec(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def membership(email: str) -> int:
    """The number of the role that a person has."""
    from waypost.accounts.models import Membership

    return Membership.objects.get(person__email=email).pk


@pytest.mark.parametrize(
    ("ago", "holds"),
    [(timedelta(0), True), (SIGN_IN_LASTS - timedelta(seconds=1), True), (SIGN_IN_LASTS, False),
     (timedelta(days=9), False), (timedelta(hours=-1), False)],
    ids=["now", "the last second", "the end", "long ago", "a time to come"],
)  # fmt: skip
def test_a_sign_in_holds_for_twelve_hours(ago: timedelta, holds: bool) -> None:
    assert sign_in_holds(NOW - ago, NOW) is holds
    assert not sign_in_holds(None, NOW)


@pytest.mark.parametrize("since", ["old", "none", "text"])
def test_however_busy_somebody_is_they_sign_in_again(signed_in: SignedIn, since: str) -> None:
    client = signed_in("editor")
    assert client.get("/").status_code == 200
    session = client.session
    if since == "none":
        del session[SINCE]
    else:
        session[SINCE] = "x" if since == "text" else session[SINCE] - SIGN_IN_LASTS.total_seconds()
    session.save()
    response = client.get("/audit?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/audit%3Fpage%3D2"
    assert not client.session.keys() and client.get("/").status_code == 302


def test_without_use_a_session_ends_after_a_quarter_of_an_hour(signed_in: SignedIn) -> None:
    from django.contrib.sessions.models import Session

    client = signed_in("editor")
    client.get("/")
    ends = Session.objects.get(pk=client.session.session_key).expire_date
    assert timedelta(minutes=14) < ends - timezone.now() <= timedelta(minutes=15)
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/").status_code == 302


def test_the_use_of_a_session_is_written_once_a_minute(signed_in: SignedIn) -> None:
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    client = signed_in("editor")
    client.get("/")

    def written() -> tuple[object, object]:
        key = client.session.session_key
        seen = UserSession.objects.get(session_key=key).last_seen_at
        return Session.objects.get(pk=key).expire_date, seen

    first = written()
    client.get("/audit")
    assert written() == first
    session = client.session
    key, seconds = session[NOTED]
    session[NOTED] = [key, seconds - NOTED_EVERY]
    session.save()
    before = written()
    client.get("/audit")
    assert all(after > was for after, was in zip(written(), before, strict=True))


def test_a_forged_cookie_makes_no_session() -> None:
    from django.conf import settings
    from django.contrib.sessions.models import Session

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "f" * 32
    assert client.get("/audit").status_code == 302
    assert not Session.objects.exists()


def test_an_administrator_signs_somebody_out_everywhere(signed_in: SignedIn) -> None:
    administrator, other = signed_in(), signed_in("editor", email="ana@example.org")
    assert other.get("/").status_code == 200
    number = membership("ana@example.org")
    assert f"/people/sessions/{number}" in administrator.get("/people").content.decode()
    assert administrator.post(f"/people/sessions/{number}").status_code == 302
    assert other.get("/")["Location"].startswith("/account/login/")
    assert administrator.get("/people").status_code == 200  # their own session goes on
    assert "ended every session" in acts()
    assert administrator.post("/people/sessions/99999").status_code in (400, 403)


def test_another_organizations_people_are_not_signed_out(signed_in: SignedIn) -> None:
    mine = signed_in("administrator", organization="River House", kind="program")
    other = signed_in(
        "representative", organization="Hill House", kind="program", email="bo@example.org"
    )
    assert mine.post(f"/people/sessions/{membership('bo@example.org')}").status_code == 403
    assert "_auth_user_id" in other.session


def test_an_ended_role_ends_its_sessions(signed_in: SignedIn) -> None:
    administrator, other = signed_in(), signed_in("editor", email="ana@example.org")
    assert administrator.post(f"/people/roles/{membership('ana@example.org')}").status_code == 302
    assert other.get("/")["Location"].startswith(
        "/account/login/"
    )  # nobody, not somebody without a role


def test_a_refusal_is_written_down_with_who_was_refused_what(signed_in: SignedIn) -> None:
    from waypost.audit.queries import events

    client = signed_in("verifier")
    assert client.get("/people").status_code == 403
    newest = next(iter(events()))
    assert newest.act == "was refused: manage people (not this role)"
    assert newest.actor.startswith("person:")
    before = len(acts())
    assert (
        Client().get("/people").status_code == 302
    )  # nobody: no line, or strangers fill the audit
    assert len(acts()) == before


@pytest.mark.parametrize(
    "password",
    ["password2026!", "P@ssw0rd1234", "!!Summer2026!!", "monkeymonkey", "qwertyuiop[]", "Waypost-2026-!",
     "123456789012", "abcdefghijkl", "aaaaaaaaaaaaaaaa", "recoveryrecovery1", "zaq12wsxzaq12wsx",
     "........1234", "lkjhgfdsapoiuyt", "F00tb4ll!!!!"],
)  # fmt: skip
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert is_guessed_first(password)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery 9", "violet harbor mule 41", "tR9#kq2Lw!xz", "summer violin of the mule",
     "ñandú corre lejos 7", "f3c9a1e07b55"],
)  # fmt: skip
def test_words_that_have_nothing_to_do_with_each_other_are_taken(password: str) -> None:
    assert not is_guessed_first(password)


def test_the_list_binds_the_form(signed_in: SignedIn) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="stays common"):
        validate_password("Sobriety2026!!")
    assert all(word.isalpha() for word in OF_THIS_PLACE)


def test_over_https_cookies_are_bound_to_this_host(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYPOST_PRIVATE_BASE_URL", "https://desk.example.org")
    monkeypatch.setenv("WAYPOST_PRIVATE_DIR", str(tmp_path))
    module = import_again("waypost.config.private_settings")
    secure = vars(module)
    for name in [n for n in secure if n.startswith(("SESSION_", "CSRF_", "SECURE_", "ALLOWED_"))]:
        setattr(settings, name, secure[name])
    response = Client().get("/account/login/", secure=True, headers={"host": "desk.example.org"})
    cookies: SimpleCookie = response.cookies
    assert cookies, response.status_code
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert cookie["samesite"] == "Lax" and cookie["httponly"]
    assert secure["SESSION_COOKIE_NAME"] == "__Host-waypost-desk"
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
