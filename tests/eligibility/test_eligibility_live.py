"""Live questions of a door: consent, opt-in, limits and room come before anything is sent."""

import logging
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from waypost.eligibility.ask import AskStage
from waypost.eligibility.inquiry import Consent
from waypost.eligibility.live import (
    AT_ONCE,
    BY_ADDRESS,
    BY_MEMBER,
    BY_PROGRAM,
    Live,
    LiveAsked,
    source_of,
)
from waypost.eligibility.live_settings import Secrets, settings_of
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act
from waypost.eligibility.outcome import Answered, Missing, OutcomeWhy, Unavailable, Unsupported
from waypost.eligibility.port import Reply
from waypost.eligibility.same_person import folded
from waypost.eligibility.watched import WatchedStep, watched
from waypost.limits.limit import Limit, forget
from waypost.values.level_of_care import LevelOfCare
from waypost.x12.question import InquiryPerson

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def settings(url: str):
    program = {"site": "site_one", "name": "EXAMPLE PROGRAM", "npi": "1234567893"}
    days = {"opted_in": date(2026, 3, 1), "associate_agreement": date(2026, 3, 1)}
    ends = {"sender": "WAYPOST", "receiver": "LOOPBACK", "originator": "9WAYPOST00"}
    table = {"adapter": "core-soap", "address": url, "payers": {"LOOP1": "LOOPBACK PAYER"}}
    return settings_of({**table, **ends, "programs": [program | days]}, Secrets("u", "s"))


def live(url: str = "http://127.0.0.1:9/", source=None) -> Live:
    told = settings(url)
    return Live(told, source or source_of(told), lambda: 1000.0, lambda _: None, lambda: NOW)


def asked(**changes) -> LiveAsked:
    person = InquiryPerson("QUIXOTEZZ", "DULCINEAQQ", date(1987, 11, 23), "CANARYID77Q31")
    consent = Consent(NOW, "1")
    level = LevelOfCare.IOP
    whole = LiveAsked(
        "site_one", "LOOP1", person, None, level, NOW.date(), NOW, consent, "192.0.2.1"
    )
    return replace(whole, **changes)


class Silent:
    """A source that must not be asked, or that waits until told."""

    name = "silent"

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.gate = gate
        self.sent = 0

    def serves(self, payer_id: str) -> bool:
        return payer_id == "LOOP1"

    def send(self, inquiry, deadline) -> Reply | Unavailable | Unsupported:
        self.sent += 1
        if self.gate is not None:
            self.gate.wait(20)
        return Unavailable(OutcomeWhy.NO_CONNECTION)


def test_a_question_over_the_network_is_watched_to_its_answer():
    with LoopbackPayer([Act.DOWN_42, Act.ANSWER]) as payer:
        told = settings(payer.url("/core/soap"))
        one = Live(told, source_of(told), time.monotonic, lambda _: None, lambda: NOW)
        *steps, outcome = one.begin(asked())
    assert isinstance(outcome, Answered)
    assert [step.stage for step in steps] == [
        AskStage.ASKING,
        AskStage.ASKING_AGAIN,
        AskStage.CHECKING,
        AskStage.DONE,
    ]
    assert all(0 < step.left <= 20 for step in steps)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"consent": None}, Missing.CONSENT),
        ({"consent": Consent(NOW, "")}, Missing.CONSENT),
        ({"consent": Consent(NOW.replace(day=3), "1")}, Missing.CONSENT),
        ({"site": "site_two"}, Missing.OPT_IN),
        ({"now": NOW.replace(month=2), "consent": Consent(NOW.replace(month=1), "1")},
         Missing.OPT_IN),
        ({"payer": "OTHER"}, Missing.PAYER),
    ],
)  # fmt: skip
def test_nothing_is_sent_without_consent_opt_in_and_payer(changes, missing):
    source = Silent()
    *_, outcome = live(source=source).begin(asked(**changes))
    assert outcome == Unsupported(missing)
    assert source.sent == 0


def test_a_visitor_is_limited_and_so_is_a_member():
    source = Silent()
    one = live(source=source)
    outcomes = [list(one.begin(asked(subscriber=member(n))))[-1] for n in range(BY_ADDRESS + 2)]
    assert [o.why for o in outcomes[-2:]] == [OutcomeWhy.TOO_OFTEN] * 2
    assert all(o.why is not OutcomeWhy.TOO_OFTEN for o in outcomes[:-2])
    assert outcomes[-1].retry_after > 0
    forget()
    other = live(source=source)
    outcomes = [
        list(other.begin(asked(address=f"192.0.2.{n}", subscriber=spelled(n))))[-1]
        for n in range(BY_MEMBER + 1)
    ]
    assert outcomes[-1].why is OutcomeWhy.TOO_OFTEN
    assert all(o.why is not OutcomeWhy.TOO_OFTEN for o in outcomes[:-1])


def test_programs_software_is_limited_by_program_and_by_member():
    source = Silent()
    one = live(source=source)
    same = replace(asked(), level=LevelOfCare.PHP)
    outcomes = [one.hurry(one.inquiry(same), same.consent) for _ in range(BY_MEMBER + 1)]
    assert outcomes[-1].why is OutcomeWhy.TOO_OFTEN
    assert source.sent == BY_MEMBER
    other = live(source=Silent())
    forget()  # the questions about one member counted for the program too
    others = [asked(subscriber=member(n)) for n in range(BY_PROGRAM + 1)]
    whys = [other.hurry(other.inquiry(each), each.consent).why for each in others]
    assert whys.count(OutcomeWhy.TOO_OFTEN) == 1


def test_doors_and_workers_that_share_limits_count_together():
    shared = Limit("questions about one member", 2, 60.0)
    one, other = (replace(live(source=Silent()), by_member=shared) for _ in range(2))
    spelled_alike = [asked(subscriber=spelled(n), address=f"192.0.2.{n}") for n in range(3)]
    list(one.begin(spelled_alike[0]))
    other.hurry(other.inquiry(spelled_alike[1]), spelled_alike[1].consent)
    assert list(other.begin(spelled_alike[2]))[-1].why is OutcomeWhy.TOO_OFTEN


def member(number: int) -> InquiryPerson:
    return InquiryPerson("A", "B", date(1980, 1, 1), f"M{number}")


def spelled(number: int) -> InquiryPerson:
    """The same member ID, spelled differently each time."""
    return InquiryPerson("A", "B", date(1980, 1, 1), ("m-1" if number % 2 else "M1") + " " * number)


def test_there_is_room_for_so_many_at_once_and_it_is_given_back():
    gate = threading.Event()
    one = live(source=Silent(gate))
    asking = [
        one.begin(asked(address=f"198.51.100.{n}", subscriber=member(n))) for n in range(AT_ONCE)
    ]
    assert all(next(steps) for steps in asking)
    crowded = asked(address="203.0.113.1", subscriber=member(99))
    assert list(one.begin(crowded)) == [Unavailable(OutcomeWhy.CROWDED, 20)]
    gate.set()
    assert {list(steps)[-1].why for steps in asking} == {OutcomeWhy.NO_CONNECTION}
    again = asked(address="203.0.113.2", subscriber=member(100))
    assert list(one.begin(again))[-1].why is not OutcomeWhy.CROWDED


def test_who_waits_is_told_at_each_beat():
    gate = threading.Event()

    def question(tell):
        tell(AskStage.ASKING, 20.0)
        gate.wait(20)
        return Unavailable(OutcomeWhy.NO_ANSWER)

    done = []
    steps = watched(question, lambda: 7.0, lambda: done.append(1), 0.01)
    assert next(steps) == WatchedStep(AskStage.ASKING, 20.0)
    assert next(steps) == WatchedStep(AskStage.ASKING, 7.0)
    assert next(steps) == WatchedStep(AskStage.ASKING, 7.0)
    gate.set()
    assert list(steps)[-1] == Unavailable(OutcomeWhy.NO_ANSWER)
    assert done == [1]


def test_a_fault_of_ours_is_logged_by_its_place_and_never_by_its_words(caplog):
    words = f"{asked().subscriber.member_id} of {asked().subscriber.first_name}"

    def question(tell):
        raise ValueError(words)

    with caplog.at_level(logging.DEBUG):
        assert list(watched(question, lambda: 1.0, lambda: None, 5.0)) == [
            Unavailable(OutcomeWhy.FAULT)
        ]
    assert "ValueError" in caplog.text
    assert "question" in caplog.text
    assert "CANARY" not in caplog.text
    assert "DULCINEAQQ" not in caplog.text


def test_numbers_are_fresh_for_each_question():
    one = live(source=Silent())
    made = [one.inquiry(asked()) for _ in range(200)]
    assert len({each.trace for each in made}) == 200
    assert len({each.control_number for each in made}) > 195
    assert all(0 < each.control_number < 1_000_000_000 for each in made)


@pytest.mark.parametrize(
    ("typed", "returned"),
    [
        ("NUNEZ", "Núñez"),
        ("O'BRIEN", "OBRIEN"),
        ("DE LA CRUZ", "DELACRUZ"),
        ("ABC-123", "abc123"),
        ("ANA MARIA", "ANA-MARIA"),
    ],
)
def test_names_are_the_same_without_accents_blanks_and_marks(typed, returned):
    assert folded(typed) == folded(returned)


def test_other_names_stay_others():
    assert len({folded(name) for name in ("ANA", "ANNA", "HANA", "AN", "")}) == 5
