"""Sign-in through an organization's own provider: who gets in, with which factor, and who does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from openid_provider import CLIENT, SECRET, Provider, made_key, provider
from waypost.accounts.actions import found_organization, invite
from waypost.accounts.models import Invitation, Membership, Person
from waypost.accounts.second_factor import used_second_factor
from waypost.audit.queries import events
from waypost.config.environment import BadSetting
from waypost.config.setting_values import safe_url

pytestmark = pytest.mark.django_db
START = "/account/oidc/organization/login/"
ANA = "ana@example.org"


@pytest.fixture
def theirs(settings) -> Iterator[Provider]:
    """A provider at which Ana signs in with a second factor, and the desk that knows it."""
    claims = {"sub": "248289761001", "name": "Ana Ruiz", "email": ANA, "email_verified": True}
    with provider(**claims, amr=["pwd", "otp", "mfa"]) as made:
        app = {"provider_id": "organization", "name": "your organization", "client_id": CLIENT,
               "secret": SECRET, "settings": {"server_url": made.address, "oauth_pkce_enabled": True}}  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.WAYPOST_OPENID_ORIGIN = made.address
        yield made


def invited(email: str = ANA, role: str = "editor", age: timedelta = timedelta(0)) -> None:
    now = timezone.now() - age
    operator = found_organization(name="Operator", kind="operator", by="shell", now=now)
    invite(email=email, role=role, organization=operator, by="shell", now=now)


def sign_in(client: Client, **changes: str) -> HttpResponse:
    """Go to the provider and come back, as a browser does; ``changes`` are of what comes back."""
    away = client.post(START)
    assert away.status_code == 302, away.content
    back = httpx.get(away["Location"], follow_redirects=False, timeout=30).headers["Location"]
    parts = urlsplit(back)
    query = {k: v[0] for k, v in parse_qs(parts.query).items()} | changes
    return client.get(parts.path, query)


def who(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def test_the_invited_person_signs_in_and_takes_the_role(theirs: Provider) -> None:
    invited()
    client = Client()
    answer = sign_in(client)
    person = Person.objects.get(email=ANA)
    assert (answer.status_code, who(client)) == (302, str(person.pk))
    assert person.name == "Ana Ruiz" and not person.has_usable_password()
    assert Membership.objects.get(person=person).role == "editor"
    assert Invitation.objects.get().used_at is not None
    assert client.get("/").status_code == 200  # the provider asked for a second factor
    acts = [event.act for event in events()]
    assert (
        "took the role editor, vouched for by the identity provider" in acts and "signed in" in acts
    )
    assert theirs.asked.count("/jwks") == 1  # the signature was checked


def test_a_known_person_signs_in_again_and_needs_no_new_invitation(theirs: Provider) -> None:
    invited()
    sign_in(Client())
    client = Client()
    assert sign_in(client).status_code == 302 and client.get("/").status_code == 200
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("claims", "age"),
    [
        ({"email": "bo@example.org"}, timedelta(0)),
        ({"email_verified": False}, timedelta(0)),
        ({"email": ""}, timedelta(0)),
        ({}, timedelta(hours=72)),
    ],
    ids=["another address", "an address that is not verified", "no address", "an old invitation"],
)
def test_who_is_not_invited_is_refused_in_a_sentence(
    theirs: Provider, claims: dict[str, Any], age: timedelta
) -> None:
    invited(age=age)
    theirs.claims |= claims
    client = Client()
    page = sign_in(client).content.decode()
    assert "Nobody is invited under this address" in page and not who(client)
    assert not Person.objects.exists() and client.get("/").status_code == 302


@pytest.mark.parametrize(
    ("claims", "opens"),
    [
        ({"amr": ["mfa"]}, True),
        ({"amr": ["pwd", "hwk"]}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": None}, False),
        ({"amr": [], "acr": "urn:silver"}, False),
        ({"amr": [], "acr": "urn:gold"}, True),
    ],
)
def test_without_the_providers_second_factor_ours_is_asked_for(
    theirs: Provider, settings, claims: dict[str, Any], opens: bool
) -> None:
    settings.WAYPOST_OPENID_ACR = frozenset({"urn:gold"})
    invited()
    theirs.claims |= claims
    client = Client()
    sign_in(client)
    answer = client.get("/")
    assert answer.status_code == (200 if opens else 302)
    assert opens or answer["Location"] == "/account/2fa/"


def test_the_providers_word_holds_for_its_own_sign_in_alone(theirs: Provider) -> None:
    invited()
    client = Client()
    sign_in(client)
    client.force_login(
        Person.objects.get(email=ANA), "allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get("/")["Location"] == "/account/2fa/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": made_key("a stranger's")},
        {"key": "s" * 32, "algorithm": "HS256"},
        {"key": None, "algorithm": "none"},
        {"claims": {"aud": "somebody else"}},
        {"claims": {"iss": "https://elsewhere.example"}},
        {"claims": {"exp": 1}},
        {"userinfo": {"sub": "somebody else"}},
    ],
    ids=["another key", "a shared secret", "no signature", "for somebody else", "of another issuer", "expired",
         "of two people"],
)  # fmt: skip
def test_a_word_that_is_not_the_providers_lets_nobody_in(
    theirs: Provider, wrong: dict[str, Any]
) -> None:
    invited()
    theirs.wrong = wrong
    client = Client()
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"], who(client)) == (302, "/account/login/", "")
    assert "sign-in did not work" in client.get("/account/login/").content.decode()
    assert not Person.objects.exists() and Invitation.objects.get().used_at is None


def test_no_token_of_the_providers_is_kept_or_shown(theirs: Provider) -> None:
    """They are used once, on the server: no table, session, cookie or page has one."""
    invited()
    client, given = Client(), []
    answers = theirs.token

    def token(form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        status, said = answers(form)
        given.extend([said["access_token"], said["id_token"]])
        return status, said

    theirs.token = token
    answer = sign_in(client)
    assert who(client) and len(given) == 2
    kept = [dict(client.session), client.cookies.output(), answer.headers, answer.content]
    kept += [client.get(path).content for path in ("/", "/account/2fa/", "/account/sessions/")]
    kept += [list(model.objects.values()) for model in (SocialToken, SocialAccount, Person)]
    assert [secret for secret in given if secret in repr(kept)] == []


@pytest.mark.parametrize("path", ["/token", "/userinfo", "/jwks"])
def test_a_provider_that_redirects_is_not_followed(theirs: Provider, path: str) -> None:
    invited()
    theirs.wrong = {"redirect": path}
    client = Client()
    assert sign_in(client)["Location"] == "/account/login/" and not who(client)
    assert theirs.asked.count("/elsewhere") == 0 and theirs.asked.count(path) == 1


@pytest.mark.parametrize(
    "changes", [{"state": "forged"}, {"code": "guessed"}, {"error": "access_denied"}]
)
def test_a_forged_or_refused_return_lets_nobody_in(
    theirs: Provider, changes: dict[str, str]
) -> None:
    invited()
    client = Client()
    answer = sign_in(client, **changes)
    assert answer.status_code in (302, 200) and not who(client) and not Person.objects.exists()


def test_a_return_works_once(theirs: Provider) -> None:
    invited()
    client = Client()
    away = client.post(START)["Location"]
    back = urlsplit(httpx.get(away, timeout=30).headers["Location"])
    query = {k: v[0] for k, v in parse_qs(back.query).items()}
    client.get(back.path, query)
    client.post("/account/logout/")
    client.get(back.path, query)
    assert not who(client)


def test_an_ended_role_opens_nothing_whatever_the_provider_says(theirs: Provider) -> None:
    invited()
    sign_in(Client())
    Membership.objects.update(until=timezone.now())
    client = Client()
    sign_in(client)
    assert client.get("/").status_code == 403


def test_the_browser_may_be_led_to_the_provider_and_nowhere_else(
    theirs: Provider, settings
) -> None:
    policy = Client().get("/account/login/")["Content-Security-Policy"]
    assert f"form-action 'self' {theirs.address};" in policy
    settings.WAYPOST_OPENID_ORIGIN = ""
    assert "form-action 'self';" in Client().get("/account/login/")["Content-Security-Policy"]


def test_without_a_provider_its_address_is_not_there(settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert Client().post(START).status_code == 404


@pytest.mark.parametrize(("text", "taken"), [
    ("https://id.example.org/realms/x", True), ("http://127.0.0.1:9000", True), ("http://localhost", True), ("", True),
    ("http://id.example.org", False), ("id.example.org", False), ("ftp://id.example.org", False),
])  # fmt: skip
def test_a_provider_is_reached_over_tls(text: str, taken: bool) -> None:
    if taken:
        assert safe_url("X", text) == text
    else:
        with pytest.raises(BadSetting, match="X is"):
            safe_url("X", text)


def test_what_counts_as_a_second_factor() -> None:
    assert used_second_factor({"amr": ["pin", "sc"]}, ())
    for claims in ({}, {"amr": "mfa"}, {"amr": ["hwk"]}, {"amr": ["pwd", "kba"]}, {"acr": ""}):
        assert not used_second_factor(claims, {"gold"})
