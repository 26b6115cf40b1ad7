"""Reads plans with their versions and signatures, and what is due, as value objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from waypost.treatment.plans.clocks import Clock, ClockOf, Due, Milestones, due, the_clocks
from waypost.treatment.plans.models import (
    CareMilestone,
    PlanSignature,
    PlanVersion,
    ReviewSetting,
)
from waypost.treatment.plans.plan import AskedWeek, PlanWords
from waypost.treatment.records.drafts import EMPTY, Version
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes

PERSON, TEAM = "person", "team"


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """Who signed: the person in care, or somebody of the team in a role."""

    signer: str
    role: str
    name: str = field(repr=False)
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """A version of a plan with its signatures."""

    id: str
    person: str
    version: int
    at: datetime
    by: str
    words: PlanWords = field(repr=False)
    signatures: tuple[SignatureSeen, ...]

    @property
    def agreed(self) -> bool:
        """Whether the person and the team have signed it."""
        return {s.signer for s in self.signatures} == {PERSON, TEAM}


@dataclass(frozen=True, slots=True)
class DueSeen:
    """Something due for a person; ``late`` is how many days it is overdue, 0 where it is not."""

    person: str
    what: ClockOf
    on: date
    clock: Clock
    late: int


def plan_versions(owner: Owner, person: str) -> list[PlanSeen]:
    """Every version of a person's plan, oldest first."""
    rows = PlanVersion.objects.owned_by(owner).filter(person=person).order_by("version")
    signatures = _signatures(owner, [row.pk for row in rows])
    return [_plan(row, signatures.get(row.pk, [])) for row in rows]


def newest_plan(owner: Owner, person: str) -> PlanSeen | None:
    """The newest version, signed or not; None where there is none."""
    row = PlanVersion.objects.owned_by(owner).filter(person=person).order_by("-version").first()
    return _plan(row, _signatures(owner, [row.pk]).get(row.pk, [])) if row else None


def agreed_plan(owner: Owner, person: str) -> PlanSeen | None:
    """The newest version that the person and the team have signed; None where there is none."""
    return next((p for p in reversed(plan_versions(owner, person)) if p.agreed), None)


def newest_version(owner: Owner, person: str) -> Version:
    """The newest version for whoever saves the next; `EMPTY` where there is none."""
    row = PlanVersion.objects.owned_by(owner).filter(person=person).order_by("-version").first()
    return row.seen() if row else EMPTY


def weeks_asked(owner: Owner, people: Iterable[str]) -> dict[str, AskedWeek]:
    """What each person's plan asks of a week: the newest that is agreed, or else the newest.

    Three queries for any number of people, and only the plans that count are opened.
    """
    rows = PlanVersion.objects.owned_by(owner).filter(person__in=list(people))
    versions = list(rows.order_by("version").values_list("pk", "person_id"))
    signed = PlanSignature.objects.owned_by(owner).filter(plan__in=[pk for pk, _of in versions])
    signers: dict[str, set[str]] = {}
    for plan, signer in signed.values_list("plan_id", "signer"):
        signers.setdefault(plan, set()).add(signer)
    counts: dict[str, str] = {}
    for wanted in (False, True):  # a later version replaces an earlier one, an agreed one any other
        for pk, person in versions:
            if not wanted or signers.get(pk) == {PERSON, TEAM}:
                counts[person] = pk
    chosen = PlanVersion.objects.owned_by(owner).filter(pk__in=list(counts.values()))
    return {row.person_id: PlanWords.read(row.opened()).week for row in chosen}


def due_list(
    owner: Owner, today: date, *, wall: tzinfo, within: int = 14, person: str = ""
) -> list[DueSeen]:
    """What is overdue or due within so many days, of one in care or of all, the oldest first.

    ``wall`` is the clock of the program's wall, by which the days of signatures are counted.
    """
    stays = episodes(owner, person=person)
    active = [e for e in stays if e.state is EpisodeState.ACTIVE and e.started_on]
    left = {e.person: e.ended_on for e in stays if e.ended_on}  # the newest of each
    people = [e.person for e in active]
    done = _milestones(owner, people, wall)
    places = _settings(owner)
    items: list[DueSeen] = []
    for episode in active:
        state, payer = places.get(episode.person, places.get("", ("", "")))
        before = left.get(episode.person, date.min)
        at = done[episode.person](episode.started_on or today, before)
        due_items = due(the_clocks(), at, state=state or places.get("", ("", ""))[0], payer=payer)
        items += [_due(episode.person, d, today) for d in due_items]
    last = today + timedelta(days=within)
    return sorted((d for d in items if d.on <= last), key=lambda d: (d.on, d.person, d.what))


def review_setting(owner: Owner, person: str = "") -> tuple[str, str]:
    """The state and payer of a person, or of the organization; ("", "") where none was set.

    A person's state is the organization's where they have none of their own.
    """
    settings = _settings(owner)
    state, payer = settings.get(person, ("", ""))
    return state or settings.get("", ("", ""))[0], payer


def payers_of(owner: Owner) -> dict[str, str]:
    """The payer of each person for whom one is set, as a code, by person."""
    return {
        person: payer for person, (_state, payer) in _settings(owner).items() if person and payer
    }


class _Done:
    """The days on which a person's duties were done, for an episode that began on a day.

    An assessment or a plan from before that day counts for it, unless it is of a stay before: of
    ``left_on`` or earlier.
    """

    def __init__(self) -> None:
        self.days: dict[str, list[date]] = {}

    def __call__(self, admitted_on: date, left_on: date) -> Milestones:
        def newest(kind: str) -> date | None:
            after = left_on if kind in ("assessment", "plan") else date.max
            days = self.days.get(kind, ())
            return max((d for d in days if d >= admitted_on or d > after), default=None)

        done = (newest(kind) for kind in ("assessment", "plan", "review", "certification"))
        return Milestones(admitted_on, *done)


def _milestones(owner: Owner, people: Iterable[str], wall: tzinfo) -> dict[str, _Done]:
    done = {person: _Done() for person in people}
    signed = PlanSignature.objects.owned_by(owner).filter(signer=TEAM, plan__person__in=done)
    for person, at in signed.values_list("plan__person", "at"):
        done[person].days.setdefault("plan", []).append(at.astimezone(wall).date())
    rows = CareMilestone.objects.owned_by(owner).filter(person__in=done)
    for person, kind, on in rows.values_list("person", "kind", "on"):
        done[person].days.setdefault(kind, []).append(on)
    return done


def _settings(owner: Owner) -> dict[str, tuple[str, str]]:
    rows = ReviewSetting.objects.owned_by(owner)
    return {row.person_id or "": (row.state, row.payer) for row in rows}


def _due(person: str, item: Due, today: date) -> DueSeen:
    return DueSeen(person, item.what, item.on, item.clock, max(0, (today - item.on).days))


def _signatures(owner: Owner, plans: list[str]) -> dict[str, list[SignatureSeen]]:
    signatures: dict[str, list[SignatureSeen]] = {}
    for row in PlanSignature.objects.owned_by(owner).filter(plan__in=plans):
        name = row.opened()["name"]
        signatures.setdefault(row.plan_id, []).append(
            SignatureSeen(row.signer, row.role, name, row.at, row.by)
        )
    return signatures


def _plan(row: PlanVersion, signatures: list[SignatureSeen]) -> PlanSeen:
    words = PlanWords.read(row.opened())
    return PlanSeen(row.pk, row.person_id, row.version, row.at, row.by, words, tuple(signatures))
