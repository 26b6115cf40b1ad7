"""A person, a program, a payer; the adapters; clocks that the tests turn."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from waypost.eligibility.ask import AskStage, Surroundings, ask
from waypost.eligibility.breaker import Breaker
from waypost.eligibility.core_account import CoreAccount
from waypost.eligibility.core_mime import CoreMime
from waypost.eligibility.core_soap import CoreSoap
from waypost.eligibility.inquiry import Consent, Inquiry, InquiryEnds, Payer, Program
from waypost.eligibility.stedi import Stedi, StediAccount
from waypost.eligibility.wire import Endpoint
from waypost.values.level_of_care import LevelOfCare
from waypost.x12.question import InquiryPerson, Party

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ENDS = InquiryEnds(Party("WAYPOST"), Party("LOOPBACK"), "9WAYPOST00")
CONSENT = Consent(given_at=datetime(2026, 3, 1, 11, 59, tzinfo=UTC), text_version="2026-01")

# canaries: strings that occur nowhere else and must occur in nothing that is written
LAST, FIRST, MEMBER = "QUIXOTEZZ", "DULCINEAQQ", "CANARYID77Q31"
BORN = date(1987, 11, 23)
CANARIES = (LAST, FIRST, MEMBER, "19871123", "1987-11-23", "11/23/1987")


@pytest.fixture
def inquiry() -> Inquiry:
    return Inquiry(
        payer=Payer("LOOP1", "LOOPBACK PAYER"),
        program=Program("EXAMPLE PROGRAM", "1234567893", opted_in_at=NOW),
        subscriber=InquiryPerson(LAST, FIRST, BORN, MEMBER),
        level=LevelOfCare.IOP,
        service_date=date(2026, 3, 1),
        asked_at=NOW,
        trace="TRACE-7781",
        control_number=4711,
        test=True,
    )


@dataclass
class World:
    """Clocks that stand still until told, and all that was told on the way."""

    time: float = 1000.0
    breaker: Breaker = field(default_factory=Breaker)
    stages: list[AskStage] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def ask(self, source, inquiry, consent=CONSENT, clock=None):
        around = Surroundings(
            clock=clock or (lambda: self.time),
            now=lambda: NOW,
            sleep=self.sleep,
            breaker=self.breaker,
            progress=lambda stage, left: self.stages.append(stage),
        )
        return ask(source, inquiry, consent, around)


@pytest.fixture
def world() -> World:
    return World()


def core_account(url: str) -> CoreAccount:
    return CoreAccount(
        Endpoint(url), user="user", password="secret", ends=ENDS, payers=frozenset({"LOOP1"})
    )


def adapter(kind: str, payer):
    """An adapter of this kind that asks the loopback payer."""
    if kind == "core-soap":
        return CoreSoap(core_account(payer.url("/core/soap")))
    if kind == "core-mime":
        return CoreMime(core_account(payer.url("/core/mime")))
    account = StediAccount("key", frozenset({"LOOP1"}), Endpoint(payer.url("/stedi")))
    return Stedi(account)


@pytest.fixture
def make_adapter():
    return adapter


@pytest.fixture
def consent() -> Consent:
    return CONSENT


@pytest.fixture
def ends() -> InquiryEnds:
    return ENDS


@pytest.fixture
def canaries() -> tuple[str, ...]:
    return CANARIES


@pytest.fixture
def changed():
    return replace
