"""One's own account: guesses are limited, devices are seen and ended, each change is an event."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.core import mail
from django.test import Client

from waypost.accounts.models import Membership, Person
from waypost.audit.queries import events

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clocks")]
SignedIn = Callable[..., Client]
PASSWORD = "correct horse 9!"
NEW = "violet harbor mule 41"
ANA = "ana@example.org"
LOGIN = "/account/login/"
CLOSED = (
    "email/", "confirm-email/", "confirm-email/x-y/", "login/code/confirm/", "reauthenticate/code/",
    "reauthenticate/code/confirm/", "3rdparty/", "3rdparty/signup/", "social/connections/",
)  # fmt: skip


def acts() -> list[str]:
    return [event.act for event in events()]


def try_in(password: str, email: str = ANA, address: str = "192.0.2.1") -> Client:
    client = Client(REMOTE_ADDR=address)
    client.answer = client.post(LOGIN, {"login": email, "password": password})
    return client


def is_let_on(client: Client) -> bool:
    """Whether the password was right: the second factor is asked for next."""
    return client.answer.status_code == 302 and "/2fa/" in client.answer["Location"]


def totp_of(person: Person) -> str:
    secret = decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )


def test_five_wrong_guesses_shut_an_account_wherever_they_come_from(signed_in: SignedIn) -> None:
    signed_in("editor", email=ANA)
    signed_in("verifier", email="bo@example.org")
    for n in range(5):
        assert not is_let_on(try_in("wrong", address=f"192.0.2.{n + 10}"))
    assert acts().count("sign-in failed") == 5 and ANA not in repr(events())
    assert not is_let_on(try_in(PASSWORD, address="192.0.2.99"))
    assert not is_let_on(try_in(PASSWORD, email=ANA.upper(), address="192.0.2.98"))
    assert is_let_on(try_in(PASSWORD, email="bo@example.org", address="192.0.2.97"))


def test_ten_wrong_guesses_from_an_address_shut_it_whoever_they_are_about(
    signed_in: SignedIn,
) -> None:
    signed_in("editor", email=ANA)
    for n in range(10):
        try_in("wrong", email=f"nobody{n}@example.org")
    assert not is_let_on(try_in(PASSWORD))
    assert is_let_on(try_in(PASSWORD, address="198.51.100.7"))


def test_whether_somebody_has_an_account_is_not_told(signed_in: SignedIn) -> None:
    signed_in("editor", email=ANA)

    def page(client: Client) -> str:
        return re.sub(r'value="[^"]*"', "", client.answer.content.decode())

    assert page(try_in("wrong")) == page(try_in("wrong", email="nobody@example.org"))
    answers = [
        Client().post("/account/password/reset/", {"email": email})["Location"]
        for email in (ANA, "nobody@example.org")
    ]
    assert answers == ["/account/password/reset/done/"] * 2


def test_a_code_of_either_kind_lets_in_once(signed_in: SignedIn) -> None:
    signed_in("editor", email=ANA)
    person = Person.objects.get(email=ANA)
    recovery = Authenticator.objects.get(user=person, type="recovery_codes").wrap()
    for code in (totp_of(person), recovery.get_unused_codes()[0]):
        for right in (True, False):
            client = try_in(PASSWORD)
            was = client.session.session_key
            answer = client.post("/account/2fa/authenticate/", {"code": code})
            assert (answer.status_code == 302) is right, code
            assert (client.session.session_key != was) is right  # a new key for who is let in
            assert ("_auth_user_id" in client.session) is right
    assert acts().count("signed in") == 3 and "second factor failed" in " ".join(acts())


def test_devices_are_seen_and_the_others_are_ended(signed_in: SignedIn) -> None:
    mine = signed_in("editor", email=ANA)
    other = Client(HTTP_USER_AGENT="Lost telephone", REMOTE_ADDR="192.0.2.77")
    other.force_login(Person.objects.get(email=ANA))
    for client in (other, mine):
        assert client.get("/sites").status_code == 200
    page = mine.get("/account/sessions/").content.decode()
    assert "Lost telephone" in page and "192.0.2.77" in page
    assert mine.post("/account/sessions/").status_code == 302
    assert other.get("/sites")["Location"].startswith(LOGIN)
    assert mine.get("/sites").status_code == 200
    assert acts()[0] == "ended the other sessions"
    assert Client().get("/account/sessions/")["Location"].startswith(LOGIN)


def test_a_session_that_was_signed_out_is_dead(signed_in: SignedIn) -> None:
    client = signed_in("editor")
    copy = Client()
    copy.cookies["waypost-desk"] = client.cookies["waypost-desk"].value
    assert copy.get("/sites").status_code == 200
    assert client.post("/account/logout/").status_code == 302
    assert copy.get("/sites")["Location"].startswith(LOGIN) and acts()[0] == "signed out"


def test_a_new_password_needs_the_old_one_and_ends_every_session(signed_in: SignedIn) -> None:
    mine, other = signed_in("editor", email=ANA), Client()
    other.force_login(Person.objects.get(email=ANA))
    path = "/account/password/change/"
    page = mine.get(path).content.decode()
    assert page.count('type="password"') >= 2 and "maxlength" not in page
    for typed in (
        {"oldpassword": "wrong", "password1": NEW, "password2": NEW},
        {"oldpassword": PASSWORD, "password1": "Sobriety2026!!", "password2": "Sobriety2026!!"},
    ):
        assert mine.post(path, typed).status_code == 200
    long = f" {NEW} " + "é" * 60
    sent = {"oldpassword": PASSWORD, "password1": long, "password2": long}
    assert mine.post(path, sent).status_code == 302
    assert "changed the password" in acts()
    assert other.get("/sites")["Location"].startswith(LOGIN)
    assert is_let_on(try_in(long)) and not is_let_on(try_in(long.strip()))


def test_a_password_reset_by_mail_keeps_the_second_factor(signed_in: SignedIn) -> None:
    signed_in("editor", email=ANA)
    Client().post("/account/password/reset/", {"email": ANA})
    (message,) = mail.outbox
    path = re.findall(r"/account/password/reset/key/\S+", message.body)[0]
    client = Client()
    form = client.get(path)["Location"]
    sent = {"password1": NEW, "password2": NEW}
    assert client.post(form, sent)["Location"] == "/account/password/reset/key/done/"
    assert acts()[0] == "reset the password by mail" and "_auth_user_id" not in client.session
    again = Client()
    later = again.get(path)
    assert later.status_code == 200 or again.post(later["Location"], sent).status_code == 200
    assert is_let_on(try_in(NEW)) and not is_let_on(try_in(PASSWORD))


def test_a_second_factor_is_ended_only_by_who_shows_again_who_they_are(
    signed_in: SignedIn,
) -> None:
    client = signed_in("editor", email=ANA)
    for path in ("totp/deactivate/", "recovery-codes/generate/", "webauthn/add/"):
        answer = client.post(f"/account/2fa/{path}")
        assert answer["Location"].startswith("/account/reauthenticate/"), path
    assert Authenticator.objects.filter(type="totp").exists()
    sent = {"password": PASSWORD, "next": "/account/2fa/"}
    assert client.post("/account/reauthenticate/", sent)["Location"] == "/account/2fa/"
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert "removed a second factor: totp" in acts()
    assert client.get("/sites")["Location"] == "/account/2fa/"  # every role needs one


@pytest.mark.parametrize("path", CLOSED)
def test_pages_of_the_library_that_nobody_needs_are_not_there(
    path: str, signed_in: SignedIn
) -> None:
    client = signed_in("editor")
    for method in (client.get, client.post, Client().get):
        assert method(f"/account/{path}").status_code == 404


def test_nobody_takes_the_address_of_who_is_yet_to_come(signed_in: SignedIn) -> None:
    """With it, the invitation of that person would open the taker's account to their role."""
    client = signed_in("representative", organization="House", kind="program", second_factor=False)
    for act in ("action_add", "action_primary"):
        client.post("/account/email/", {act: "", "email": "head@example.org"})
    assert not Person.objects.filter(email="head@example.org").exists()


def test_every_page_of_the_library_that_is_there_names_where_to_sign_out(
    signed_in: SignedIn,
) -> None:
    client = signed_in("editor")
    for path in ("2fa/", "sessions/", "password/change/", "reauthenticate/"):
        page = client.get(f"/account/{path}")
        assert page.status_code == 200 and "/account/logout/" in page.content.decode(), path


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///x",
    ],
)
def test_nobody_is_led_to_another_host(to: str, signed_in: SignedIn) -> None:
    client = signed_in("editor", email=ANA)
    sent = {"password": PASSWORD, "next": to}
    for path in (f"{LOGIN}?next={to}", "/account/logout/", "/account/reauthenticate/"):
        where = client.post(path, sent).get("Location", "/")
        assert where.startswith("/") and "evil" not in where and "alert" not in where, path


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "%0a", "\x0b"])
def test_an_address_with_a_line_end_is_none(line_end: str, signed_in: SignedIn) -> None:
    client = signed_in()
    seat = Membership.objects.get()
    email = f"new@example.org{line_end}Bcc:all@example.org"
    typed = {"email": email, "role": "editor", "organization": seat.organization_id}
    assert client.post("/people/invite", typed).status_code == 400 and not mail.outbox
