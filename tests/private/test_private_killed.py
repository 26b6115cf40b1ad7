"""Every act of the private half, killed at each of its statements in turn: nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from inspect import Parameter, isfunction, signature
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connections, transaction

from waypost.accounts import actions as accounts
from waypost.accounts.listings import Proof
from waypost.accounts.models import Invitation, Membership, ProgramToken
from waypost.accounts.proofs import actions as proofs
from waypost.desk.drafts import actions as drafts
from waypost.directory import actions as directory
from waypost.directory.calls import actions as calls
from waypost.directory.calls.drawing import DrawCandidate, draw
from waypost.directory.calls.models import SampledListing
from waypost.directory.calls.outcomes import CallField, CallVerdict, ListedFact, TryOutcome
from waypost.directory.models import ListingReport
from waypost.directory.said import actions as said
from waypost.directory.still_right import actions as still_right
from waypost.directory.timetables import Speaker
from waypost.directory.waiting import actions as waiting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
BY = {"by": "person:1", "now": NOW}
OTHER = {"by": "person:2", "now": NOW}
WORD = {"speaker": Speaker.REPRESENTATIVE, "organization": "org_1"}
Act = Callable[[], Any]


class Killed(Exception):
    """The process ends here."""


@contextmanager
def killed_at(number: int) -> Iterator[None]:
    """Raise before the statement of this number, counted over both databases from 0."""
    seen = iter(range(1_000))

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql and next(seen) == number:
            raise Killed(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in ("default", "queue"):
            stack.enter_context(connections[alias].execute_wrapper(run))
        yield


def state(*, events: bool) -> dict[str, list[Any]]:
    """Every row of every table of ours."""
    tables = [m for m in apps.get_models() if m.__module__.startswith("waypost.")]
    if not events:
        tables = [table for table in tables if table.__name__ != "Event"]
    return {t.__name__: list(t.objects.order_by("pk").values()) for t in tables}


def program() -> str:
    return accounts.found_organization(name="River House", kind="program", **BY)


def a_proof(proof: Proof = Proof.TELEPHONE) -> int:
    return proofs.ask_proof(site_id="s", organization=program(), proof=proof, target="x", note="y", **BY)  # fmt: skip


def a_report() -> int:
    return directory.report_listing(site_id="s", kind="website", text="", **BY)


def ask() -> Act:
    organization = program()
    return lambda: proofs.ask_proof(site_id="s", organization=organization, proof=Proof.LETTER, target="x", **BY)  # fmt: skip


def code() -> Act:
    number = a_proof()
    return lambda: proofs.make_proof_code(number=number, **OTHER)


def right_code() -> Act:
    number = a_proof()
    made = proofs.make_proof_code(number=number, **OTHER)
    return lambda: proofs.enter_code(number=number, code=made, **BY)


def wrong_code() -> Act:
    number = a_proof()
    proofs.make_proof_code(number=number, **OTHER)
    return lambda: proofs.enter_code(number=number, code="no", **BY)


def decision() -> Act:
    number = a_proof(Proof.DECISION)
    return lambda: proofs.decide_proof(number=number, accept=True, reason="z", **OTHER)


def refusal() -> Act:
    number = a_proof(Proof.DECISION)
    return lambda: proofs.decide_proof(number=number, accept=False, reason="z", **OTHER)


def withdrawal() -> Act:
    number = a_proof()
    return lambda: proofs.withdraw_proof(number=number, **BY)


def owner() -> Act:
    organization = program()
    return lambda: accounts.confirm_owner(site_id="s", organization=organization, proof=Proof.DECISION, reason="r", **BY)  # fmt: skip


def end_owner() -> Act:
    number = owner()()
    return lambda: accounts.end_owner(number=number, **BY)


def token() -> Act:
    organization = program()
    return lambda: accounts.make_token(organization=organization, name="n", scopes=["tracks"], days=9, **BY)  # fmt: skip


def invitation() -> Act:
    organization = program()
    return lambda: accounts.invite(email="a@example.org", role="representative", organization=organization, **BY)  # fmt: skip


def acceptance() -> Act:
    made = invitation()()
    return lambda: accounts.accept_invitation(token=made, name="Ana", password=None, now=NOW)


def end_role() -> Act:
    person = acceptance()()
    number = Membership.objects.get(person=person).pk
    return lambda: accounts.end_membership(number=number, **BY)


def words() -> Act:
    said.say_words(site_id="s", values={"says:plans": ["A"]}, **WORD, **BY)
    values = {"says:plans": ["B"], "says:payment": ["medicaid"], "says:states": ["TX"]}
    return lambda: said.say_words(site_id="s", values=values, **WORD, **BY)


def rejected_word() -> Act:
    said.say_words(site_id="s", values={"says:plans": ["A"]}, **WORD, **BY)
    return lambda: said.end_word(site_id="s", field="says:plans", reason="r", **BY)


def first_person() -> Act:
    return lambda: said.say_closed(site_id="s", closed_on=NOW.date(), **WORD, **BY)


def second_person() -> Act:
    number = first_person()()
    return lambda: said.decide_closing(number=number, confirm=True, **OTHER)


def reminder() -> Act:
    said.say_words(site_id="s", values={"says:plans": ["A"]}, **WORD, **BY)
    later = NOW + timedelta(days=170)
    return lambda: still_right.make_reminders(by="x", now=later)


def still_so() -> Act:
    (made,) = reminder()()
    later = NOW + timedelta(days=171)
    return lambda: still_right.confirm_word(token=made.token, now=later)


def accepted() -> Act:
    number = a_report()
    return lambda: directory.accept_report(number=number, value="https://a.example", **BY)


def rejected() -> Act:
    number = a_report()
    return lambda: directory.reject_report(number=number, reason="r", **BY)


def decided() -> Act:
    return lambda: directory.decide_fact(site_id="s", kind="name", value="N", reason="r", **BY)


def doubted() -> Act:
    return lambda: directory.check_number(site_id="s", works=False, **BY)


def founded() -> Act:
    return program


def revoked_token() -> Act:
    token()()
    number = ProgramToken.objects.get().pk
    return lambda: accounts.revoke_token(number=number, **BY)


def withdrawn_invitation() -> Act:
    invitation()()
    number = Invitation.objects.get().pk
    return lambda: accounts.withdraw_invitation(number=number, **BY)


def vouched_for() -> Act:
    invitation()()
    return lambda: accounts.accept_invitations_of(email="a@example.org", name="Ana", now=NOW)


def signed_out() -> Act:
    person = acceptance()()
    number = Membership.objects.get(person=person).pk
    return lambda: accounts.end_sessions(number=number, **BY)


def forgotten_factors() -> Act:
    person = acceptance()()
    Authenticator.objects.create(user_id=person, type="totp", data={"secret": "x"})
    return lambda: accounts.forget_factors(email="a@example.org", reason="seen", **BY)


def kept_draft() -> Act:
    drafts.keep_draft(path="/old", typed={"a": ["b"]}, now=NOW - timedelta(days=2))
    return lambda: drafts.keep_draft(path="/x", typed={"a": ["b"]}, now=NOW)


def opened_draft() -> Act:
    made = drafts.keep_draft(path="/x", typed={"a": ["b"]}, now=NOW)
    return lambda: drafts.open_draft(token=made, person="person:1", now=NOW)


def reported() -> Act:
    return a_report


def numbered() -> Act:
    return lambda: directory.claim_number(site_id="s", kind="npi", value="1234567893", source="x", **BY)  # fmt: skip


def answered() -> Act:
    return lambda: directory.count_number_answer(site_id="s", worked=False, now=NOW)


def forgotten_answers() -> Act:
    answered()()
    return lambda: directory.forget_number_answers(now=NOW + timedelta(days=99))


def forgotten_reports() -> Act:
    for act in (accepted(), rejected()):
        act()
    return lambda: directory.forget_reports(by="x", now=NOW + timedelta(days=999))


TRACK = {"id": "evening", "zone": "America/Chicago", "sessions": [{"days": ["mon"], "start": "18:00", "end": "21:00"}]}  # fmt: skip


def timetable() -> Act:
    directory.say_timetable(site_id="s", field="tracks", value=[TRACK], **WORD, **BY)
    later = [TRACK | {"hours_a_week": 9}]
    return lambda: directory.say_timetable(site_id="s", field="tracks", value=later, **WORD, **BY)


def word_taken() -> Act:
    until = NOW.date() + timedelta(days=9)
    return lambda: directory.take_word(site_id="s", field="says:plans", value=["A"], until=until,
                                       method="m", organization="o", **BY)  # fmt: skip


def timetable_as_seen() -> Act:
    return lambda: said.say_timetable_as_seen(site_id="s", field="tracks", value=[TRACK], seen=0, **WORD, **BY)  # fmt: skip


def timetables_of_many() -> Act:
    values = {"s": [TRACK], "t": [TRACK]}
    return lambda: directory.say_timetables(field="tracks", values=values, **WORD, **BY)


def round_started() -> Act:
    sample = draw([DrawCandidate(f"s{n}", "all") for n in range(4)], state="TX", size=2, seed=7, version="v")  # fmt: skip
    listings = {f"s{n}": ("America/Chicago", (A_FACT,)) for n in range(4)}
    return lambda: calls.start_round(sample=sample, listings=listings, edition="2024", **BY)


def try_kept() -> Act:
    round_started()()
    number = SampledListing.objects.first().pk
    right = {CallField.NAME: (CallVerdict.RIGHT, "")}
    return lambda: calls.keep_try(listing=number, coder=1, outcome=TryOutcome.ANSWERED, findings=right,
                                  by="person:1", now=NOW + timedelta(hours=6))  # fmt: skip


A_FACT = ListedFact(CallField.NAME, ["River House", ""], "su-2024", NOW.date())
IN_ACCOUNTS = (founded, revoked_token, withdrawn_invitation, vouched_for, signed_out, forgotten_factors, kept_draft, opened_draft, ask, code, right_code, wrong_code, decision, refusal, withdrawal, owner, end_owner, token, invitation, acceptance, end_role)  # fmt: skip
IN_QUEUE = (reported, numbered, answered, forgotten_answers, forgotten_reports, timetable, word_taken, timetable_as_seen, timetables_of_many, round_started, try_kept, words, rejected_word, first_person, second_person, reminder, still_so, accepted, rejected, decided, doubted)  # fmt: skip


@pytest.mark.parametrize("prepare", IN_ACCOUNTS + IN_QUEUE, ids=lambda act: act.__name__)
def test_an_act_that_is_killed_leaves_everything_as_it_was(prepare: Callable[[], Act]) -> None:
    """The audit's event of an act in the queue may stand alone: it is written first, elsewhere."""
    act, events = prepare(), prepare in IN_ACCOUNTS
    before = state(events=events)
    for number in range(200):
        try:
            with transaction.atomic(), transaction.atomic(using="queue"), killed_at(number):
                act()
                break
        except Killed:
            assert state(events=events) == before, f"{prepare.__name__}, statement {number}"
    assert number >= 1 and state(events=events) != before


def test_many_decisions_that_are_killed_leave_whole_ones() -> None:
    """Each report is decided with its step and its event, or waits as it did."""
    numbers = [a_report() for _ in range(3)]
    for number in range(200):
        with transaction.atomic(), transaction.atomic(using="queue"):
            try:
                with killed_at(number):
                    waiting.decide_reports(numbers=numbers, accept=False, reason="r", **OTHER)
                ended = True
            except Killed:
                ended = False
            for report in ListingReport.objects.all():
                steps = [step.status for step in report.statuses.all()]
                assert steps == (["received"] if report.waiting else ["received", "rejected"])
            left = ListingReport.objects.filter(waiting=True).count()
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="queue")
        if ended:
            break
    assert number > 10 and left == 0


def test_every_action_is_killed() -> None:
    """An action that nobody kills here is named."""
    text = Path(__file__).read_text("utf-8")
    for room, module in (
        *(("accounts", accounts), ("proofs", proofs), ("drafts", drafts), ("calls", calls)),
        *(("directory", directory), ("said", said), ("still_right", still_right), ("waiting", waiting)),
    ):  # fmt: skip
        for name, act in vars(module).items():
            public = isfunction(act) and act.__module__ == module.__name__ and name[0] != "_"
            kinds = [p.kind for p in signature(act).parameters.values()] if public else []
            if kinds and all(kind is Parameter.KEYWORD_ONLY for kind in kinds):
                assert f"{room}.{name}(" in text, f"{room}.{name}"
