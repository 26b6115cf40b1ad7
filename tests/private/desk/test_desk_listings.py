"""A program's own word: who may give it, a token's whole life, and what the door takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from waypost.accounts.actions import (
    confirm_owner,
    end_owner,
    found_organization,
    make_token,
    revoke_token,
)
from waypost.accounts.listings import BadToken, CannotOwn, Proof
from waypost.accounts.models import ListingOwner, ProgramToken
from waypost.accounts.queries import bearer, owner_of, owners, tokens
from waypost.audit.models import Event
from waypost.directory.models import ProgramClaim
from waypost.directory.queries import said_claims
from waypost.limits.limit import forget
from waypost.publishing.reader import Snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_databases")]
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TRACK = {
    "id": "evening",
    "sessions": [{"days": ["mon", "wed"], "start": "18:00", "end": "21:00"}],
    "zone": "America/Chicago",
}


@pytest.fixture
def site_id(snapshot: Snapshot) -> str:
    return snapshot.current_ids()[0]


def program(name: str = "River House") -> str:
    return found_organization(name=name, kind="program", by="test", now=NOW)


def own(site: str, organization: str) -> int:
    return confirm_owner(
        site_id=site, organization=organization, proof=Proof.DECISION, reason="we called", by="test", now=NOW
    )  # fmt: skip


def a_token(organization: str, *scopes: str, days: int = 90, now: datetime | None = None) -> str:
    return make_token(
        organization=organization, name="our software", scopes=scopes or ("tracks", "openings"),
        days=days, by="test", now=now or datetime.now(UTC),
    )  # fmt: skip


def put(site: str, field: str, value: Any, token: str = "", **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().put(
        f"/api/v1/sites/{site}/{field}",
        more.pop("body", json.dumps({field: value})),
        content_type=more.pop("content_type", "application/json"),
        headers=headers,
    )


def test_a_token_puts_tracks_and_openings_and_the_same_again_changes_nothing(site_id: str) -> None:
    organization = program()
    own(site_id, organization)
    token = a_token(organization)
    first = put(site_id, "tracks", [TRACK], token)
    assert (first.status_code, first.json()["changed"]) == (200, True)
    again = put(site_id, "tracks", [TRACK], token)
    assert again.json() == first.json() | {"changed": False}
    assert put(site_id, "openings", [{"places": 2, "track": "evening"}], token).status_code == 200
    claims = [c for c in said_claims(datetime.now(UTC).date())[site_id] if c.until]
    assert [(c.field, c.method) for c in claims] == [
        ("openings", "said by the program's own software"), ("tracks", "said by the program's own software"),
    ]  # fmt: skip
    shown = Client().get(
        f"/api/v1/sites/{site_id}/tracks", headers={"Authorization": f"Bearer {token}"}
    )
    assert shown.json() == {"site": site_id, "tracks": [TRACK], "changed": False}
    number = ProgramToken.objects.get().pk
    assert Event.objects.filter(actor=f"token:{number}", record=f"site:{site_id}").count() == 2
    assert put(site_id, "tracks", [], token).json()["changed"] is True
    assert not ProgramClaim.objects.filter(field="tracks", ended_at=None).exists()


def test_what_is_wrong_comes_back_with_its_place_and_a_sentence(site_id: str) -> None:
    organization = program()
    own(site_id, organization)
    token = a_token(organization)
    bad = TRACK | {"zone": "Central", "for_whom": ["group:x"]}
    answer = put(site_id, "tracks", [bad], token)
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["faults"] == [
        {"place": "tracks[0].zone", "code": "bad zone", "detail": "“Central” is not a time zone such as America/Chicago."}
    ]  # fmt: skip
    for body, status in (("{", 400), ("[]", 400), ('{"tracks": 5}', 422), ("[" * 100_000, 400)):
        assert put(site_id, "tracks", None, token, body=body).status_code == status
    assert put(site_id, "tracks", None, token, content_type="text/plain").status_code == 415
    assert put(site_id, "tracks", "x" * 300_000, token).status_code == 413
    assert Client().post(f"/api/v1/sites/{site_id}/tracks").status_code == 405
    assert not ProgramClaim.objects.exists()


def test_who_may_not_is_refused_before_anything_is_read(site_id: str, snapshot: Snapshot) -> None:
    mine, other = program(), program("Hill House")
    own(site_id, mine)
    second = snapshot.current_ids()[1]
    own(second, other)
    token = a_token(mine, "openings")
    for sent, site, field, status in [
        ("", site_id, "tracks", 401), ("wpt_no", site_id, "tracks", 401), (token, site_id, "tracks", 403),
        (token, second, "openings", 403), (token, "site_none", "openings", 403),
    ]:  # fmt: skip
        answer = put(site, field, [TRACK], sent)
        assert answer.status_code == status, (site, field)
        assert ("WWW-Authenticate" in answer) is (status == 401)
    others = {put(s, "openings", [], token).json()["detail"] for s in (second, "site_none")}
    assert len(others) == 1  # whether a listing is there is not told
    assert not ProgramClaim.objects.exists()


def test_a_token_expires_is_revoked_and_is_kept_as_a_digest_alone(site_id: str) -> None:
    organization = program()
    own(site_id, organization)
    token = a_token(organization, now=NOW, days=30)
    assert token not in repr(list(ProgramToken.objects.values())) and token.startswith("wpt_")
    assert bearer(token, NOW).organization == organization
    with pytest.raises(BadToken, match="expired"):
        bearer(token, NOW + timedelta(days=30))
    live = a_token(organization)
    assert put(site_id, "openings", [{"places": 1}], live).status_code == 200
    number = ProgramToken.objects.order_by("-id").first().pk
    for _ in range(2):
        revoke_token(number=number, by="test", now=NOW)
    assert put(site_id, "openings", [{"places": 2}], live).status_code == 401
    assert Event.objects.filter(act="token revoked").count() == 1
    assert [t.refusal is not None for t in tokens(organization, NOW)] == [False, True]
    for wrong in ({"name": " "}, {"scopes": ()}, {"scopes": ("audit",)}, {"days": 0}, {"days": 400},
                  {"organization": found_organization(name="Op", kind="operator", by="t", now=NOW)}):  # fmt: skip
        asked = {
            "organization": organization,
            "name": "x",
            "scopes": ("tracks",),
            "days": 9,
        } | wrong
        with pytest.raises(BadToken):
            make_token(**asked, by="test", now=NOW)


def test_a_flood_with_one_token_is_slowed(site_id: str) -> None:
    organization = program()
    own(site_id, organization)
    token = a_token(organization)
    forget()
    statuses = [put(site_id, "tracks", [TRACK], token).status_code for _ in range(31)]
    assert statuses[:29] == [200] * 29 and statuses[29:] == [429, 429]


def test_one_organization_speaks_for_a_listing_and_the_end_is_kept(site_id: str) -> None:
    first, second = program(), program("Hill House")
    number = own(site_id, first)
    with pytest.raises(CannotOwn, match="organization=River House"):
        own(site_id, second)
    end_owner(number=number, by="test", now=NOW)
    with pytest.raises(CannotOwn):
        end_owner(number=number, by="test", now=NOW)
    own(site_id, second)
    assert owner_of(site_id) == second and [o.organization for o in owners()] == [second]
    assert ListingOwner.objects.count() == 2
    for organization, reason in (("org_no", "x"), (second, " ")):
        with pytest.raises(CannotOwn):
            confirm_owner(site_id="site_2", organization=organization, proof=Proof.DECISION,
                          reason=reason, by="test", now=NOW)  # fmt: skip


def test_the_operator_confirms_with_a_reason_and_loses_nothing_that_was_typed(
    site_id: str, signed_in: SignedIn
) -> None:
    editor, organization = signed_in("editor"), program()
    typed = {"site_id": site_id, "organization": organization, "reason": ""}
    refused = editor.post("/owners", typed)
    assert refused.status_code == 400 and f'value="{site_id}"' in refused.content.decode()
    assert (
        editor.post("/owners", typed | {"site_id": "site_none", "reason": "x"}).status_code == 400
    )
    assert editor.post("/owners", typed | {"reason": "their website names us"}).status_code == 302
    page = editor.get("/owners").content.decode()
    assert "River House" in page and "their website names us" in page
    number = ListingOwner.objects.get().pk
    assert editor.post(f"/owners/{number}/end").status_code == 302 and owner_of(site_id) == ""


def test_a_program_makes_a_token_that_is_shown_once(signed_in: SignedIn) -> None:
    mine = signed_in("administrator", organization="River House", kind="program")
    other = program("Hill House")
    typed = {"organization": program(), "name": "EHR", "scope": ["openings"], "days": "30"}
    page = mine.post("/tokens", typed).content.decode()
    shown, = {word for word in page.replace("<", " ").replace(">", " ").split() if word.startswith("wpt_")}  # fmt: skip
    assert bearer(shown, datetime.now(UTC)).name == "EHR"
    assert "wpt_" not in mine.get("/tokens").content.decode()
    assert mine.post("/tokens", typed | {"organization": other}).status_code == 403
    bad = mine.post("/tokens", typed | {"days": "soon"})
    assert bad.status_code == 400 and 'value="EHR"' in bad.content.decode()
    a_token(other)
    theirs = ProgramToken.objects.get(organization=other).pk
    assert mine.post(f"/tokens/{theirs}/revoke").status_code == 403
    own_number = ProgramToken.objects.exclude(organization=other).get().pk
    assert mine.post(f"/tokens/{own_number}/revoke").status_code == 302
    with pytest.raises(BadToken, match="revoked"):
        bearer(shown, datetime.now(UTC))


def test_a_representative_says_the_hours_and_the_places_of_their_own_listing_alone(
    site_id: str, snapshot: Snapshot, signed_in: SignedIn
) -> None:
    mine = signed_in("representative", organization="River House", kind="program")
    second = snapshot.current_ids()[1]
    own(site_id, program())
    own(second, program("Hill House"))
    assert mine.get(f"/listings/{second}").status_code == 403
    assert mine.get("/listings/site_none").status_code == 403
    page = mine.get("/listings").content.decode()
    assert site_id in page and second not in page
    typed = {
        "field": "tracks",
        "id-0": "evening",
        "sessions-0": "mon wed 18:00-21:00",
        "zone-0": "Central",
    }
    refused = mine.post(f"/listings/{site_id}", typed)
    text = refused.content.decode()
    assert refused.status_code == 400 and "Row 1, Time zone: “Central” is not a time zone" in text
    assert 'value="mon wed 18:00-21:00"' in text
    assert (
        mine.post(f"/listings/{site_id}", typed | {"zone-0": "America/Chicago"}).status_code == 302
    )
    assert (
        mine.post(f"/listings/{site_id}", {"field": "openings", "places-0": "3"}).status_code == 302
    )
    methods = {c.method for c in said_claims(datetime.now(UTC).date())[site_id] if c.until}
    assert methods == {"said by a representative of the program"}
    page = mine.get(f"/listings/{site_id}").content.decode()
    assert 'value="mon wed 18:00-21:00"' in page and 'value="3"' in page
    assert mine.post(f"/listings/{site_id}", {"field": "tracks"}).status_code == 302  # taken back
    assert [c.field for c in said_claims(datetime.now(UTC).date())[site_id] if c.until] == [
        "openings"
    ]


@pytest.fixture(autouse=True)
def _limits_anew() -> Iterator[None]:
    forget()
    yield
    forget()
