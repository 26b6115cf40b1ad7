"""Proofs of ownership: each way to the end, and everything that is refused on it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from waypost.accounts.actions import confirm_owner, found_organization
from waypost.accounts.faults import AccountFault
from waypost.accounts.listings import CannotOwn, Proof
from waypost.accounts.models import OwnershipProof
from waypost.accounts.proofs.actions import (
    ask_proof,
    decide_proof,
    enter_code,
    make_proof_code,
    withdraw_proof,
)
from waypost.accounts.proofs.codes import MOST_TRIES, Entered
from waypost.accounts.proofs.domains import mail_domain, mailbox
from waypost.accounts.proofs.queries import proof_numbered
from waypost.accounts.queries import owner_of, owners
from waypost.audit.queries import events
from waypost.directory.site import Site
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(snapshot: Snapshot) -> Site:
    """A listing with a number, an address and a website of its own."""
    for _row, found in snapshot.walk():
        if found.phones and found.street and mail_domain(found.website):
            return found
    raise AssertionError("no such listing")


def program(name: str = "River House") -> str:
    return found_organization(name=name, kind="program", by="test", now=NOW)


def asked(proof: Proof = Proof.TELEPHONE, site_id: str = "site_1", **more: str) -> int:
    given = {"target": "(512) 555-0100", "by": "person:1", "organization": program()} | more
    return ask_proof(site_id=site_id, proof=proof, note="us", now=NOW, **given)


def code_of(number: int, now: datetime = NOW) -> str:
    return make_proof_code(number=number, by="person:2", now=now)


@pytest.mark.parametrize(
    ("website", "domain"),
    [("http://www.riverhouse.org/care?x=1", "riverhouse.org"), ("https://care.river.org", "care.river.org"),
     ("https://www.facebook.com/river", ""), ("https://river.wixsite.com/home", ""), ("http://10.1.2.3/", ""),
     ("http://localhost/", ""), ("", ""), ("http://[::1", ""), ("http://a b.org", "")],
    ids=["www", "below", "a network", "a builder", "a number", "no dot", "none", "broken", "a space"],
)  # fmt: skip
def test_mail_counts_only_at_a_domain_of_the_programs_own(website: str, domain: str) -> None:
    assert mail_domain(website) == domain


@pytest.mark.parametrize(
    "local", ["", "a b", "a@evil.example", "a..b", ".a", "ä", "x" * 65, "a\nb"]
)
def test_a_mailbox_is_at_the_listed_domain_and_nowhere_else(local: str) -> None:
    assert mailbox(local, "river.org") == ""
    assert mailbox("in-take.2", "river.org") == "in-take.2@river.org"


@pytest.mark.parametrize("proof", [Proof.TELEPHONE, Proof.LETTER, Proof.EMAIL])
def test_the_right_code_lets_the_organization_speak_and_is_kept_as_a_digest(proof: Proof) -> None:
    number = asked(proof)
    code = code_of(number)
    assert code not in repr(list(OwnershipProof.objects.values()))
    typed = f" {code[:3].lower()}-{code[3:]} "  # as people copy it
    assert enter_code(number=number, code=typed, by="person:1", now=NOW) is Entered.PROVED
    assert owner_of("site_1") == program()
    (owner,) = owners()
    assert (owner.proof, owner.reason) == (proof, f"a code that came by {proof} to (512) 555-0100")
    with pytest.raises(CannotOwn, match=AccountFault.PROOF_ENDED):
        enter_code(number=number, code=code, by="person:1", now=NOW)
    acts = [e.act for e in events(record=f"proof:{number}")]
    assert acts == [f"code made for {proof}"]


@pytest.mark.parametrize(
    ("proof", "holds"),
    [(Proof.TELEPHONE, timedelta(hours=1)), (Proof.EMAIL, timedelta(hours=24)), (Proof.LETTER, timedelta(days=30))],
)  # fmt: skip
def test_a_code_ends_on_time(proof: Proof, holds: timedelta) -> None:
    number = asked(proof)
    code = code_of(number)
    late = NOW + holds
    assert enter_code(number=number, code=code, by="p", now=late) is Entered.EXPIRED
    last = late - timedelta(seconds=1)
    assert enter_code(number=number, code=code, by="p", now=last) is Entered.PROVED


def test_five_wrong_tries_end_a_code_and_another_one_begins_anew() -> None:
    number = asked()
    assert enter_code(number=number, code="1", by="p", now=NOW) is Entered.NO_CODE
    code = code_of(number)
    wrong = "000000" if code != "000000" else "111111"
    tries = [enter_code(number=number, code=wrong, by="p", now=NOW) for _ in range(MOST_TRIES + 1)]
    assert tries == [Entered.WRONG] * MOST_TRIES + [Entered.TOO_MANY]
    assert enter_code(number=number, code=code, by="p", now=NOW) is Entered.TOO_MANY
    assert [e.act for e in events(record=f"proof:{number}")].count("wrong code") == MOST_TRIES
    second = code_of(number)
    if second != code:
        assert enter_code(number=number, code=code, by="p", now=NOW) is Entered.WRONG
    assert enter_code(number=number, code=second, by="p", now=NOW) is Entered.PROVED


def test_a_listing_gets_three_codes_a_day_whoever_asks() -> None:
    number = asked()
    for _ in range(3):
        code_of(number)
    with pytest.raises(CannotOwn, match=AccountFault.CODES):
        code_of(number)
    withdraw_proof(number=number, by="person:1", now=NOW)
    other = asked(organization=program("Hill House"))
    with pytest.raises(CannotOwn, match=AccountFault.CODES):
        code_of(other)
    assert code_of(other, NOW + timedelta(days=1))


def test_what_cannot_be_asked_is_refused_with_its_reason() -> None:
    asked()
    with pytest.raises(CannotOwn, match=AccountFault.ASKED_ALREADY):
        asked()
    operator = found_organization(name="Op", kind="operator", by="test", now=NOW)
    for refused, code in (
        ({"organization": operator}, AccountFault.OPERATOR_OWNS_NOTHING),
        ({"site_id": "site_2", "target": ""}, AccountFault.TARGET),
    ):
        with pytest.raises(CannotOwn, match=code):
            asked(**refused)
    for n in range(2, 6):
        asked(site_id=f"site_{n}")
    with pytest.raises(CannotOwn, match=AccountFault.PROOFS_WAIT):
        asked(site_id="site_9")
    other = program("Hill House")
    confirm_owner(site_id="site_7", organization=other, proof=Proof.DECISION, reason="x", by="t", now=NOW)  # fmt: skip
    with pytest.raises(CannotOwn, match=AccountFault.OWNED_ALREADY):
        asked(site_id="site_7", organization=program("Lake House"))
    with pytest.raises(CannotOwn, match=AccountFault.HOW_KNOWN):
        ask_proof(site_id="site_8", organization=program("Lake House"), proof=Proof.DECISION,
                  target="", by="t", now=NOW)  # fmt: skip


def test_whoever_asked_neither_sees_the_code_nor_decides() -> None:
    number = asked()
    with pytest.raises(CannotOwn, match=AccountFault.OWN_CODE):
        make_proof_code(number=number, by="person:1", now=NOW)
    with pytest.raises(CannotOwn, match=AccountFault.OWN_PROOF):
        decide_proof(number=number, accept=True, reason="x", by="person:1", now=NOW)
    with pytest.raises(CannotOwn, match=AccountFault.NO_REASON):
        decide_proof(number=number, accept=True, reason=" ", by="person:2", now=NOW)
    decide_proof(number=number, accept=False, reason="a stranger", by="person:2", now=NOW)
    found = proof_numbered(number)
    assert (found.outcome, found.reason, owner_of("site_1")) == ("refused", "a stranger", "")
    assert asked() != number  # it may be asked again


def test_two_who_wait_for_one_listing_and_the_first_to_prove_it_has_it() -> None:
    first, second = asked(), asked(organization=program("Hill House"))
    codes = {n: code_of(n) for n in (first, second)}
    assert enter_code(number=second, code=codes[second], by="p", now=NOW) is Entered.PROVED
    with pytest.raises(CannotOwn, match="organization=Hill House"):
        enter_code(number=first, code=codes[first], by="p", now=NOW)
    assert proof_numbered(first).outcome == "" and owner_of("site_1") == program("Hill House")


def test_a_code_by_telephone_from_the_claim_to_the_listing(signed_in: SignedIn, site: Site) -> None:
    mine = signed_in("representative", organization="River House", kind="program")
    page = mine.get(f"/listings/claim?site=https://example.org/es/site/{site.id}?q=1")
    assert site.phones[0].display in page.content.decode()
    sent = {"site_id": site.id, "organization": program(), "proof": "telephone"}
    where = mine.post("/listings/claim", sent)["Location"]
    number = int(where.rpartition("/")[2])
    assert "No code has been sent yet" in mine.post(where, {"code": "123456"}).content.decode()
    verifier = signed_in("verifier")
    assert "River House" in verifier.get("/?tab=proofs").content.decode()
    shown = verifier.post(f"/proofs/{number}/code", {"by": "person"}).content.decode()
    code = "".join(re.findall(r'<b class="code">([\d, ]+)</b>', shown)[0].split(", "))
    assert len(code) == 6 and site.phones[0].href in shown
    assert '<b class="code">' not in verifier.get(f"/proofs/{number}").content.decode()
    wrong = mine.post(where, {"code": "0"})
    assert wrong.status_code == 400 and "4 tries are left." in wrong.content.decode()
    assert mine.post(where, {"code": code})["Location"] == "/listings"
    assert owner_of(site.id) == program()
    assert verifier.post(f"/proofs/{number}/decide", {"reason": "x"}).status_code == 403


def test_the_carriers_simulator_calls_the_listed_number_and_nobody_sees_the_code(
    signed_in: SignedIn, site: Site, settings, tmp_path
) -> None:
    from dataclasses import replace

    settings.WAYPOST_CALLS = "simulator"
    settings.PRIVATE = replace(settings.PRIVATE, folder=tmp_path)
    number = asked(site_id=site.id, target=site.phones[0].display, by="person:0")
    answer = signed_in("verifier").post(f"/proofs/{number}/code", {"by": "carrier"})
    assert answer.status_code == 302
    (call,) = (tmp_path / "calls").iterdir()
    said = json.loads(call.read_text("utf-8"))
    assert said["to"] == site.phones[0].e164
    code = re.findall(r"\d(?:, \d){5}", said["words"])[0]
    assert enter_code(number=number, code=code, by="p", now=timezone.now()) is Entered.PROVED


def test_an_email_goes_to_the_listed_domain_alone(signed_in: SignedIn, site: Site) -> None:
    mine = signed_in("representative", organization="River House", kind="program")
    sent = {"site_id": site.id, "organization": program(), "proof": "e-mail"}
    bad = mine.post("/listings/claim", sent | {"local": "me@evil.example"})
    assert bad.status_code == 400 and 'value="me@evil.example"' in bad.content.decode()
    assert not mail.outbox and not OwnershipProof.objects.exists()
    where = mine.post("/listings/claim", sent | {"local": "office"})["Location"]
    (message,) = mail.outbox
    assert message.to == [f"office@{mail_domain(site.website)}"] and where in message.body
    code = re.findall(r"^\d{6}$", message.body, re.MULTILINE)[0]
    assert mine.post(where, {"code": code})["Location"] == "/listings"
    assert owners()[0].proof is Proof.EMAIL


def test_a_letter_prints_the_code_once(signed_in: SignedIn, site: Site) -> None:
    mine = signed_in("representative", organization="River House", kind="program")
    sent = {"site_id": site.id, "organization": program(), "proof": "letter"}
    where = mine.post("/listings/claim", sent)["Location"]
    number = int(where.rpartition("/")[2])
    letter = signed_in("verifier").post(f"/proofs/{number}/code").content.decode()
    code = re.findall(r"<b>(\w{5} \w{5})</b>", letter)[0]
    assert site.city in letter and where in letter
    assert mine.post(where, {"code": code.lower()})["Location"] == "/listings"


def test_the_operator_decides_on_what_they_wrote(signed_in: SignedIn, site: Site) -> None:
    mine = signed_in("representative", organization="River House", kind="program")
    sent = {"site_id": site.id, "organization": program(), "proof": "decision"}
    assert mine.post("/listings/claim", sent).status_code == 400
    where = mine.post("/listings/claim", sent | {"note": "the state lists us"})["Location"]
    number = int(where.rpartition("/")[2])
    editor = signed_in("editor")
    assert "the state lists us" in editor.get(f"/proofs/{number}").content.decode()
    path = f"/proofs/{number}/decide"
    assert editor.post(path, {"decision": "accept", "reason": ""}).status_code == 400
    assert editor.post(path, {"decision": "accept", "reason": "so it does"}).status_code == 302
    assert owner_of(site.id) == program() and "so it does" in mine.get(where).content.decode()


def test_another_organizations_claim_is_refused_and_so_is_one_for_another(
    signed_in: SignedIn, site: Site
) -> None:
    theirs = asked(site_id=site.id, organization=program("Hill House"))
    mine = signed_in("representative", organization="River House", kind="program")
    for path in (f"/listings/claims/{theirs}", f"/listings/claims/{theirs}/withdraw", "/listings/claims/0"):  # fmt: skip
        assert mine.post(path, {"code": "1"}).status_code == 403
    sent = {"site_id": site.id, "organization": program("Hill House"), "proof": "telephone"}
    assert mine.post("/listings/claim", sent).status_code == 403
    assert "Hill House" not in mine.get("/listings/claim").content.decode()
    assert mine.post("/listings/claim", sent | {"site_id": "site_no"}).status_code == 400
    own = mine.post("/listings/claim", sent | {"organization": program()})["Location"]
    assert mine.post(f"{own}/withdraw").status_code == 302
    assert proof_numbered(int(own.rpartition("/")[2])).outcome == "withdrawn"
