"""Live questions as the operator set them up: the adapter, the limits, the one way to ask."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import BoundedSemaphore

from waypost.eligibility.ask import PATIENCE, Surroundings, ask
from waypost.eligibility.breaker import Breaker
from waypost.eligibility.core_account import CoreAccount
from waypost.eligibility.core_mime import CoreMime
from waypost.eligibility.core_soap import CoreSoap
from waypost.eligibility.inquiry import Consent, Inquiry, Numbers, Payer, Program
from waypost.eligibility.live_settings import Adapter, LiveSettings
from waypost.eligibility.outcome import Missing, Outcome, OutcomeWhy, Unavailable, Unsupported
from waypost.eligibility.port import EligibilitySource
from waypost.eligibility.same_person import folded
from waypost.eligibility.stedi import Stedi, StediAccount
from waypost.eligibility.watched import Tell, WatchedStep, watched
from waypost.limits.limit import Limit
from waypost.values.level_of_care import LevelOfCare
from waypost.x12.question import InquiryPerson

AT_ONCE = 8  # questions on their way in one process
MINUTE = 60.0  # seconds
BY_ADDRESS, BY_MEMBER = 10, 5  # questions an hour
BY_PROGRAM = 29  # questions a minute of a program's own software
BEAT = 4.0  # seconds between two progress messages to whoever waits
UNKNOWN = Program("", "", None)


@dataclass(frozen=True, slots=True)
class LiveAsked:
    """A live question as a door read it; `address` is who asks, used only for the limit."""

    site: str
    payer: str
    subscriber: InquiryPerson
    dependent: InquiryPerson | None
    level: LevelOfCare
    day: date
    now: datetime
    consent: Consent | None
    address: str


@dataclass(frozen=True, slots=True)
class Live:
    """One per process: it remembers failing payers and counts questions, but no person."""

    settings: LiveSettings
    source: EligibilitySource
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    breaker: Breaker = field(default_factory=Breaker)
    by_address: Limit = field(default_factory=lambda: Limit("live address", BY_ADDRESS))
    by_member: Limit = field(default_factory=lambda: Limit("live member", BY_MEMBER))
    by_program: Limit = field(default_factory=lambda: Limit("live program", BY_PROGRAM, MINUTE))
    room: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def offers(self, site: str) -> bool:
        """Whether the program opted in."""
        return site in self.settings.programs

    def begin(self, asked: LiveAsked) -> Iterator[WatchedStep | Outcome]:
        """The steps of a question and then its outcome; only the outcome if it may not be sent."""
        refused = self._refused(asked)
        if refused is not None:
            return iter([refused])
        ends = self.clock() + PATIENCE
        return watched(
            lambda tell: self.ask(asked, tell),
            lambda: max(0.0, ends - self.clock()),
            self.room.release,
            BEAT,
        )

    def ask(self, asked: LiveAsked, tell: Tell) -> Outcome:
        """Ask and wait, without limits: for the operator's own command line."""
        return self.send(self.inquiry(asked), asked.consent, tell)

    def send(self, inquiry: Inquiry, consent: Consent | None, tell: Tell) -> Outcome:
        """Send an inquiry that is ready."""
        around = Surroundings(self.clock, self.now, self.sleep, self.breaker, tell)
        return ask(self.source, inquiry, consent, around)

    def hurry(self, inquiry: Inquiry, consent: Consent | None) -> Outcome:
        """Send an inquiry from a program's own software and wait, within limits and capacity."""
        at = self.clock()
        wait = self.by_program.wait(inquiry.program.npi, at) or self.by_member.wait(
            _member(inquiry.payer.id, inquiry.subscriber), at
        )
        if wait:
            return Unavailable(OutcomeWhy.TOO_OFTEN, round(wait) + 1)
        if not self.room.acquire(blocking=False):
            return Unavailable(OutcomeWhy.CROWDED, 20)
        try:
            return self.send(inquiry, consent, lambda stage, left: None)
        finally:
            self.room.release()

    def _refused(self, asked: LiveAsked) -> Outcome | None:
        """Check consent, limits and capacity in the order that reveals least; takes a place."""
        if asked.consent is None:
            return Unsupported(Missing.CONSENT)
        at = self.clock()
        member = _member(asked.payer, asked.subscriber)
        wait = self.by_address.wait(asked.address, at) or self.by_member.wait(member, at)
        if wait:
            return Unavailable(OutcomeWhy.TOO_OFTEN, round(wait) + 1)
        return None if self.room.acquire(blocking=False) else Unavailable(OutcomeWhy.CROWDED, 20)

    def inquiry(self, asked: LiveAsked) -> Inquiry:
        """The question with new numbers, which prove that an answer belongs to it."""
        names = {payer.id: payer for payer in self.settings.payers}
        numbers = fresh_numbers()
        return Inquiry(
            payer=names.get(asked.payer, Payer(asked.payer, asked.payer)),
            program=self.settings.programs.get(asked.site, UNKNOWN),
            subscriber=asked.subscriber,
            dependent=asked.dependent,
            level=asked.level,
            service_date=asked.day,
            asked_at=asked.now,
            trace=numbers.trace,
            control_number=numbers.control_number,
            test=self.settings.test,
        )


def fresh_numbers() -> Numbers:
    """A trace and a control number that nobody can guess."""
    return Numbers(f"WP{secrets.token_hex(9).upper()}", 1 + secrets.randbelow(999_999_999))


def _member(payer: str, subscriber: InquiryPerson) -> str:
    """Whom a question is about, for the limit: the same by the page and by FHIR."""
    return f"{payer} {folded(subscriber.member_id)}"


def source_of(settings: LiveSettings) -> EligibilitySource:
    """The adapter that the settings name."""
    payers = frozenset(payer.id for payer in settings.payers)
    account = settings.secrets
    if settings.adapter is Adapter.STEDI:
        return Stedi(StediAccount(account.secret, payers, settings.endpoint))
    core = CoreAccount(settings.endpoint, account.user, account.secret, settings.ends, payers)
    return CoreMime(core) if settings.adapter is Adapter.CORE_MIME else CoreSoap(core)
