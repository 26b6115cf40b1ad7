"""A listing at the desk: every claim side by side, decisions with a reason, and a program's word ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from private.desk.blocked_buttons import Blocked
from waypost.audit.queries import events
from waypost.desk.sites.claim_words import field_claims
from waypost.directory.actions import accept_report, report_listing
from waypost.directory.queries import accepted_claims
from waypost.directory.said.actions import say_closed, say_words
from waypost.directory.said.queries import words_now
from waypost.directory.timetables import Speaker
from waypost.publishing.differences import differences
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def differing(snapshot: Snapshot) -> str:
    """A listing whose sources give different telephones."""
    return differences(snapshot.path, most=1, fields=("phones",))[0][0]


def test_every_claim_stands_with_its_source_and_one_is_shown(
    signed_in: SignedIn, snapshot: Snapshot, differing: str
) -> None:
    page = unescape(signed_in("verifier").get(f"/sites/{differing}").content.decode())
    claims = snapshot.claims(differing)
    fields = field_claims(claims, snapshot.manifest)
    assert sum(len(f.lines) for f in fields) == len(claims)
    assert fields[0].differ and {f.field for f in fields if f.differ} >= {"phones"}
    phones = next(f for f in fields if f.field == "phones")
    assert sum(line.chosen for line in phones.lines) == 1 and phones.kind == "phone"
    for line in phones.lines:
        assert line.words in page and line.source in page
    assert "sources differ" in page and "Show this one" in page


def test_a_decision_needs_a_reason_and_a_right_value_and_loses_nothing(
    signed_in: SignedIn, differing: str
) -> None:
    editor = signed_in("editor")
    path = f"/sites/{differing}/decide"
    for wrong in ({"reason": " "}, {"value": "12"}, {"kind": "address"}, {"kind": "services"}):
        typed = {"kind": "phone", "value": "512-555-0177", "reason": "called them"} | wrong
        answer = editor.post(path, typed)
        assert answer.status_code == 400 and f'value="{typed["value"]}"' in answer.content.decode()
    assert accepted_claims() == {}
    sent = {"kind": "phone", "value": "512-555-0177", "reason": "called them"}
    assert editor.post(path, sent)["Location"] == f"/sites/{differing}"
    (claim,) = accepted_claims()[differing]
    assert (claim.field, claim.method) == ("phones", "decided by the operator")
    assert claim.value == (("main", "512-555-0177"),)
    assert "called them" in editor.get(f"/sites/{differing}").content.decode()
    assert signed_in("verifier").post(path, sent).status_code == 403


def test_a_visitors_report_stays_a_visitors(differing: str) -> None:
    number = report_listing(site_id=differing, kind="website", text="", by="visitor", now=NOW)
    accept_report(number=number, value="https://a.example", by="person:7", now=NOW)
    assert accepted_claims()[differing][0].method == "reported and confirmed"


def test_a_programs_word_is_rejected_with_a_reason(signed_in: SignedIn, differing: str) -> None:
    say_words(site_id=differing, values={"says:plans": ["Blue Cross"]}, speaker=Speaker.REPRESENTATIVE,
              organization="o", by="person:0", now=NOW)  # fmt: skip
    editor = signed_in("editor")
    path = f"/sites/{differing}/words"
    assert "Blue Cross" in editor.get(f"/sites/{differing}").content.decode()
    assert editor.post(path, {"field": "says:plans", "reason-says:plans": ""}).status_code == 400
    assert editor.post(path, {"field": "says:age", "reason-says:age": "x"}).status_code == 400
    assert words_now(differing) == {"says:plans": ["Blue Cross"]}
    assert (
        editor.post(path, {"field": "says:plans", "reason-says:plans": "not so"}).status_code == 302
    )
    assert words_now(differing) == {}
    assert events(record=f"site:{differing}")[0].act == "says:plans rejected: not so"


def test_a_decision_on_a_row_keeps_what_is_typed_beside_every_other(
    signed_in: SignedIn, differing: str
) -> None:
    say_words(site_id=differing, values={"says:plans": ["Blue Cross"]}, speaker=Speaker.REPRESENTATIVE,
              organization="o", by="person:0", now=NOW)  # fmt: skip
    editor, here = signed_in("editor"), f"/sites/{differing}"
    page = editor.get(here).content.decode()
    assert Blocked(page).names == []
    row = "phone" + unescape(page.split('name="row" value="phone')[1].split('"')[0])
    typed = {"kind": "name", "value": "River <House>", "reason": "their sign",
             f"reason-{row}": "called them", "reason-says:plans": "half a rea"}  # fmt: skip
    refused = editor.post(
        f"{here}/decide?part=site.{quote(row)}", typed | {"row": row, f"reason-{row}": ""}
    )
    assert refused.status_code == 400 and "why" in refused.content.decode()
    assert accepted_claims() == {}
    for answer in (refused, editor.post(f"{here}/decide?part=site.none", typed | {"row": "none"})):
        text = answer.content.decode()
        assert answer.status_code == 400 and 'value="River &lt;House&gt;"' in text
        assert 'value="half a rea"' in text and "aria-invalid" not in text
    done = editor.post(f"{here}/decide?part=site.{quote(row)}", typed | {"row": row})
    text = done.content.decode()
    assert done.status_code == 200 and 'value="River &lt;House&gt;"' in text
    assert 'value="half a rea"' in text and 'value="called them"' not in text
    (claim,) = accepted_claims()[differing]
    assert claim.field == "phones" and row.partition(":")[2] in dict(claim.value).values()
    gone = editor.post(f"{here}/words?part=site.says%3Aplans", typed | {"field": "says:plans"})
    assert 'value="their sign"' in gone.content.decode() and words_now(differing) == {}


def test_an_editor_is_the_second_person_of_a_closing(signed_in: SignedIn, differing: str) -> None:
    number = say_closed(site_id=differing, closed_on=NOW.date(), speaker=Speaker.REPRESENTATIVE,
                        organization="o", by="person:0", now=NOW)  # fmt: skip
    editor = signed_in("editor")
    assert "closed for good" in editor.get(f"/sites/{differing}").content.decode()
    editor.post(f"/sites/{differing}/closings/{number}", {"decision": "confirm"})
    assert words_now(differing) == {"says:closed": ["2026-12-01"]}


def test_a_listing_is_looked_up_by_id_address_or_name(
    signed_in: SignedIn, snapshot: Snapshot, differing: str
) -> None:
    client = signed_in("verifier")
    for text in (differing, f"https://waypost.example/es/site/{differing}?a=b"):
        assert client.get("/sites", {"q": text})["Location"] == f"/sites/{differing}"
    name = snapshot.site(differing).name
    assert f"/sites/{differing}" in client.get("/sites", {"q": name}).content.decode()
    assert "No listing matches" in client.get("/sites", {"q": "zzqqxx"}).content.decode()
    assert client.get("/sites/site_no").status_code == 404
