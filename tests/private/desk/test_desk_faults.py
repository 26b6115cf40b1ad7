"""Each fault of the directory: its code, its place, what its sentence names, and where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from waypost.design.directory_faults import directory_sentence, directory_words
from waypost.directory import actions
from waypost.directory.actions import (
    accept_report,
    claim_number,
    decide_fact,
    reject_report,
    report_listing,
)
from waypost.directory.calls.actions import BadCall, keep_try, start_round
from waypost.directory.calls.drawing import DrawCandidate, draw
from waypost.directory.calls.models import CallAttempt
from waypost.directory.calls.outcomes import (
    CallField,
    CallVerdict,
    ListedFact,
    TryOutcome,
    TryRefusal,
)
from waypost.directory.calls.queries import calls_of
from waypost.directory.faults import DirectoryFault as F
from waypost.directory.models import ListingReport
from waypost.directory.queries import report_numbered
from waypost.directory.reporting import MAX_TEXT, MOST_NAME, Status
from waypost.directory.said.actions import decide_closing, end_word, say_closed, say_words
from waypost.directory.still_right.actions import confirm_word
from waypost.directory.timetables import Speaker
from waypost.directory.waiting.actions import decide_reports
from waypost.publishing.reader import Snapshot
from waypost.values.coded_fault import CodedError, CodedFault

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
DAY = timedelta(days=1, hours=3)
OURS = {"by": "person:1", "now": NOW}
LISTED = (ListedFact(CallField.PHONES, [["main", "512-555-0100"]], "su-2024", date(2023, 12, 31)),)
RIGHT = {CallField.PHONES: (CallVerdict.RIGHT, "")}
THEIRS = {"speaker": Speaker.REPRESENTATIVE, "organization": "org_1", **OURS}


def a_report(kind: str = "website", **more: object) -> int:
    return report_listing(**{"site_id": "s", "kind": kind, "text": "x", **OURS} | more)


def decide(kind: str, value: str, reason: str = "called") -> None:
    decide_fact(site_id="s", kind=kind, value=value, reason=reason, **OURS)


def twice(act: Callable[..., object], **more: object) -> None:
    number = a_report("closed")
    for _ in range(2):
        act(number=number, **OURS, **more)


def stale() -> None:
    number = a_report("closed")
    seen = report_numbered(number).step
    reject_report(number=number, **OURS)
    accept_report(number=number, value="", seen=seen, **OURS)


def too_many_today() -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions, "MOST_A_DAY", 0)
        a_report(by="visitor")


def without_a_step() -> None:
    report = ListingReport.objects.create(site_id="s", kind="closed", text="", made_at=NOW)
    accept_report(number=report.pk, value="", **OURS)


def a_listing(*, second: bool = False) -> int:
    frame = [DrawCandidate(f"site_{n}", "small county, listed before") for n in range(3)]
    sample = draw(frame, state="TX", size=3, seed=7, version="v1")
    listings = {candidate.site_id: ("America/Chicago", LISTED) for candidate in frame}
    number = start_round(sample=sample, listings=listings, edition="2024", **OURS)
    return next(call.number for call in calls_of(number) if call.second is second)


def tried(listing: int, outcome: TryOutcome, after: timedelta = timedelta(), coder: int = 1,
          findings: object = RIGHT) -> None:  # fmt: skip
    keep_try(listing=listing, coder=coder, outcome=outcome, findings=findings, by="person:1",
             now=NOW + after)  # fmt: skip


def tried_again(first: TryOutcome, after: timedelta, *, coder: int = 1) -> None:
    listing = a_listing(second=coder == 2)
    tried(listing, first)
    tried(listing, TryOutcome.BUSY, after, coder)


def kept_by_another() -> None:
    listing = a_listing()
    tried(listing, TryOutcome.BUSY)
    CallAttempt.objects.update(at=NOW - 2 * DAY, number=2)  # two read the same page
    tried(listing, TryOutcome.BUSY, DAY)


def sized(size: int, candidates: int) -> None:
    frame = [DrawCandidate(f"site_{n}", f"stratum {n}") for n in range(candidates)]
    draw(frame, state="TX", size=size, seed=1, version="v1")


def closing(on: date = date(2026, 12, 1)) -> int:
    return say_closed(site_id="s", closed_on=on, **THEIRS)


def closing_twice() -> None:
    closing()
    closing()


FAULTS: dict[F | TryRefusal, tuple[Callable[[], object], str, str, str]] = {
    F.NO_KIND: (lambda: a_report("luck"), "kind", "choose what is wrong", "elija"),
    F.NO_WORDS: (lambda: a_report("other", text=" "), "text", "in a few words", "pocas palabras"),
    F.TOO_LONG: (lambda: a_report(text="x" * (MAX_TEXT + 1)), "text", "2,000 characters", "2,000"),
    F.TOO_MANY_TODAY: (too_many_today, "", "again tomorrow", "mañana"),
    F.NO_CLAIM: (lambda: decide("address", "x"), "kind", "Choose the name", "Elija el nombre"),
    F.NO_REASON: (lambda: decide("phone", "512-555-0100", " "), "reason", "words why", "por qué"),
    F.NO_REPORT: (without_a_step, "", "There is no report number ", "No hay ningún informe"),
    F.DECIDED_MEANWHILE: (stale, "", " was rejected while you looked", "rechazado"),
    F.REPORT_MOVE: (lambda: twice(accept_report, value=""), "",
                    "is accepted; it cannot be accepted now", "aceptado"),
    F.NEEDS_PHONE: (lambda: decide("phone", " "), "value", "correct telephone", "teléfono"),
    F.NEEDS_NAME: (lambda: decide("name", ""), "value", "correct name", "nombre correcto"),
    F.NEEDS_WEBSITE: (lambda: decide("website", ""), "value", "correct website", "sitio web"),
    F.NEEDS_NPI: (lambda: decide("npi", ""), "value", "correct NPI", "NPI"),
    F.NEEDS_TAX_ID: (lambda: decide("tax_id", ""), "value", "correct tax id", "fiscal"),
    F.BAD_PHONE: (lambda: decide("phone", "12"), "value", "“12” is not a valid telephone", "“12”"),
    F.BAD_NAME: (lambda: decide("name", "—"), "value", f"letters, {MOST_NAME} at most", "letras"),
    F.BAD_WEBSITE: (lambda: decide("website", "no"), "value", "“no” is not the address", "“no”"),
    F.BAD_NPI: (lambda: decide("npi", "1234567890"), "value", "ten digits", "diez dígitos"),
    F.BAD_TAX_ID: (lambda: claim_number(site_id="s", kind="tax_id", value="1%s", source="", **OURS),
                   "value", "“1%s” is not a tax id", "“1%s”"),
    F.NO_CALL: (lambda: tried(0, TryOutcome.BUSY), "", "no such call", "llamada"),
    F.TRY_JUST_KEPT: (kept_by_another, "", "has just saved", "acaba de"),
    F.NO_VERDICT: (lambda: tried(a_listing(), TryOutcome.ANSWERED, findings={}), "phones",
                   "for each line", "cada línea"),
    TryRefusal.FINISHED: (lambda: tried_again(TryOutcome.ANSWERED, DAY), "", "no further", "otra llamada"),
    TryRefusal.SAME_DAY: (lambda: tried_again(TryOutcome.BUSY, timedelta(hours=3)), "",
                          "another day", "otro día"),
    TryRefusal.SAME_HOURS: (lambda: tried_again(TryOutcome.BUSY, timedelta(days=1)), "",
                            "two hours", "dos horas"),
    TryRefusal.SAME_PERSON: (lambda: tried_again(TryOutcome.ANSWERED, DAY, coder=2), "",
                             "another person’s", "otra persona"),
    F.NOTHING_TO_DRAW: (lambda: sized(5, 0), "state", "listed in TX.", "TX"),
    F.SAMPLE_TOO_SMALL: (lambda: sized(2, 4), "size", "at least 4:", "4"),
    F.SAID_MEANWHILE: (lambda: say_words(site_id="s", values={"says:plans": ["A"]}, seen=99, **THEIRS),
                       "", "Somebody else changed this", "mientras"),
    F.NO_WORD: (lambda: end_word(site_id="s", field="says:age", reason="x", **OURS), "says:age",
                "says nothing about this field", "no dice nada"),
    F.CLOSES_LATER: (lambda: closing(date(2026, 12, 2)), "closed_on", "not come yet", "todavía"),
    F.CLOSING_ASKED: (closing_twice, "", "has already said so", "segunda persona"),
    F.CLOSING_DECIDED: (lambda: decide_closing(number=0, confirm=True, **OURS), "",
                        "already been decided", "ya se decidió"),
    F.CLOSING_SECOND: (lambda: decide_closing(number=closing(), confirm=True, **OURS), "",
                       "ask a colleague", "colega"),
    F.LINK_USED: (lambda: confirm_word(token="used", now=NOW), "", "used or is too old", "enlace"),
}  # fmt: skip
"""How each comes about, its place, and a part of its sentence in each language."""
AT_A_PAGE = {F.NO_ENDING, F.OPEN_TO_ACCEPT}
"""These are no error of an action; the tests below meet them on their pages."""


def test_every_code_comes_about_here() -> None:
    assert set(FAULTS) | AT_A_PAGE == {*F, *TryRefusal}


@pytest.mark.parametrize("code", FAULTS, ids=lambda code: code.name)
def test_a_fault_has_its_code_its_place_and_a_sentence_in_both_languages(
    code: F | TryRefusal,
) -> None:
    act, place, english, spanish = FAULTS[code]
    with pytest.raises(CodedError) as refused:
        act()
    (fault,) = refused.value.faults
    assert (fault.code, fault.place) == (code, place)
    assert refused.value.places == ({place} if place else set())
    (said,) = directory_words(refused.value)
    assert english in said
    assert code.value in str(refused.value) and said not in str(refused.value)
    with translation.override("es"):
        (said_in_spanish,) = directory_words(refused.value)
    assert spanish.lower() in said_in_spanish.lower() and said_in_spanish != said


def test_what_many_decisions_refuse_are_codes_with_the_reports_number() -> None:
    waiting, decided = a_report("phone"), a_report("closed")
    reject_report(number=decided, **OURS)
    result = decide_reports(numbers=[waiting, decided, 10**9], accept=True, **OURS)
    assert result.done == 0 and result.refused == [
        CodedFault(F.OPEN_TO_ACCEPT, facts={"number": waiting}),
        CodedFault(F.DECIDED_MEANWHILE, facts={"number": decided, "was": Status.REJECTED}),
        CodedFault(F.NO_REPORT, facts={"number": 10**9}),
    ]
    sentences = [directory_sentence(fault) for fault in result.refused]
    assert sentences == [
        f"Report {waiting} needs the correct value: open it to accept it.",
        f"Report {decided} was rejected while you looked at it.",
        "There is no report number 1000000000.",
    ]


def test_a_report_marks_the_field_that_is_wrong_and_keeps_what_was_typed(
    signed_in: SignedIn,
) -> None:
    number, editor = a_report("phone"), signed_in("editor")
    sent = {"decision": "accept", "seen": report_numbered(number).step, "reason": "called them"}
    for value, words in (("", "Enter the correct telephone number"), ("12", "“12” is not a valid")):
        answer = editor.post(f"/reports/{number}", sent | {"value": value})
        page = unescape(answer.content.decode())
        assert answer.status_code == 400 and words in page and "Status</dt><dd>received" in page
        assert f'value="{value}"\n aria-invalid="true" aria-describedby="problems"' in page
        assert 'value="called them"' in page
    assert "aria-invalid" not in editor.get(f"/reports/{number}").content.decode()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"kind": "address"}, "kind", "Choose the name, the telephone"),
        ({"value": "12"}, "value", "“12” is not a valid telephone number"),
        ({"reason": " "}, "reason", "Say in a few words why"),
        ({"reason": "x" * 2_001}, "", "That is longer than 2,000 characters"),
    ],
    ids=["kind", "value", "reason", "too long"],
)
def test_a_listing_marks_the_field_that_is_wrong(
    change: dict[str, str], field: str, words: str, signed_in: SignedIn, snapshot: Snapshot
) -> None:
    site_id = snapshot.current_ids()[0]
    typed = {"kind": "phone", "value": "512-555-0177", "reason": "called them"} | change
    answer = signed_in("editor").post(f"/sites/{site_id}/decide", typed)
    page = unescape(answer.content.decode())
    assert answer.status_code == 400 and words in page
    assert page.count('aria-invalid="true"') == bool(field)
    if field:
        tag = page.partition(f'id="{field}"')[2].partition(">")[0]
        assert 'aria-invalid="true" aria-describedby="problems"' in tag


def test_a_call_without_its_ending_says_so_beside_that_question(signed_in: SignedIn) -> None:
    client, listing = signed_in("verifier"), a_listing()
    answer = client.post(f"/calls/{listing}", {"verdict-phones": "right"})
    page = answer.content.decode()
    assert answer.status_code == 400 and directory_sentence(F.NO_ENDING) in page
    assert 'none <span class="soft">at most 3' in page  # words stand apart
    told = page.partition('aria-describedby="problems"')[2]
    assert "How did the call end?" in told.partition("</legend>")[0]
    assert page.count('aria-describedby="problems"') == 1 and page.count(" checked") == 1


def test_a_call_without_a_verdict_says_so_beside_that_question(signed_in: SignedIn) -> None:
    client, listing = signed_in("verifier"), a_listing()
    page = client.post(f"/calls/{listing}", {"outcome": "answered"}).content.decode()
    assert directory_sentence(F.NO_VERDICT) in page
    told = page.partition('aria-describedby="problems"')[2]
    assert "Did this number reach the program?" in told.partition("</legend>")[0]


def test_an_error_of_several_faults_names_every_place() -> None:
    error = BadCall(CodedFault(F.NO_VERDICT, "name"), F.NO_CALL, CodedFault(F.NO_VERDICT, "phones"))
    assert error.places == {"name", "phones"} and len(directory_words(error)) == 3
