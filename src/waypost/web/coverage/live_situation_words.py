"""Whether the coverage is active on the day, as an insurer's system says, for a visitor."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from waypost.design.words import date_text
from waypost.web.coverage.live_names import insurance_name
from waypost.x12.fields import shown
from waypost.x12.situation import NO_COVERAGE, Coverage, Situation, SituationPart
from waypost.x12.standing import CoverageStanding

COVERED = frozenset((Situation.ACTIVE,))
UNKNOWN = frozenset(
    (
        Situation.NOT_SAID,
        Situation.OTHER_ALONE,
        Situation.REJECTED,
        Situation.PARTLY_REFUSED,
    )
)


def css_class(situation: Situation) -> str:
    """The color of the verdict: green for coverage alone."""
    if situation in COVERED:
        return "covered"
    if situation in NO_COVERAGE:
        return "not-covered"
    return "unknown" if situation in UNKNOWN else "depends"


def situation_words(coverage: Coverage) -> tuple[str, str]:
    """A short verdict, and what to make of it; it is never surer than the insurer's own words."""
    words = (_with_caution() | _against_it()).get(coverage.situation)
    if words is not None:
        return words
    by_days = _BY_DAYS.get(coverage.situation)
    return by_days(coverage) if by_days is not None else _not_said()


def _with_caution() -> dict[Situation, tuple[str, str]]:
    """Active, with what speaks against it; the sentences hold no days and no names."""
    return {
        Situation.REPLACED: (
            _("Active, through another plan"),
            _(
                "Original Medicare is active, but a Medicare Advantage plan pays in its place. "
                "Give the program that plan’s card, and ask that plan."
            ),
        ),
        Situation.PART_A_ALONE: (
            _("Part A alone"),
            _(
                "Medicare Part A is active, but the answer does not name Part B, which pays for "
                "intensive outpatient care. Call 1-800-MEDICARE (1-800-633-4227) to be sure."
            ),
        ),
        Situation.DOUBTED: (
            _("Active, but in doubt"),
            _(
                "The insurer’s system calls the coverage active, but its own words, or a date that "
                "cannot be read, leave that in doubt. Call the insurer before care starts."
            ),
        ),
        Situation.CARE_NOT_COVERED: (
            _("Not for all of this care"),
            _(
                "The insurer’s system calls the plan active, but part of mental health or "
                "substance use care not covered. Read below which part, and call the insurer."
            ),
        ),
        Situation.PENDING: (
            _("Active, pending"),
            _(
                "The insurer’s system says that the coverage is active but under review, as when a "
                "premium is late. Call the insurer before care starts."
            ),
        ),
    }


def _against_it() -> dict[Situation, tuple[str, str]]:
    """Active in one place and not in another, or not said; without days and names too."""
    return {
        Situation.CONTRADICTORY: (
            _("It says both"),
            _("The insurer’s system calls the coverage active and inactive at once. Call it."),
        ),
        Situation.CARE_NOT_ACTIVE: (
            _("Not for this care"),
            _(
                "The insurer’s system calls the plan active, but not its mental health or "
                "substance use care. Call the insurer: another company may run that part."
            ),
        ),
        Situation.PLAN_NOT_ACTIVE: (
            _("It says both"),
            _(
                "The insurer’s system calls the plan not active, but mental health or substance "
                "use care active. Do not rely on it: call the insurer."
            ),
        ),
        Situation.OTHER_ALONE: (
            _("Not said"),
            _(
                "The insurer’s system speaks of other services only, not of the plan or of this "
                "care. Call the insurer."
            ),
        ),
    }


def _active(coverage: Coverage) -> tuple[str, str]:
    day = {"day": date_text(coverage.day) if coverage.day else _("today")}
    words = _("The insurer’s system says that the coverage is active on %(day)s.") % day
    if coverage.ends_soon is None:
        return _("Active"), words
    ends = _("It ends on %(day)s: ask what pays for care after that day.")
    return _("Active"), f"{words} {ends % {'day': date_text(coverage.ends_soon)}}"


def _premium(coverage: Coverage) -> tuple[str, str]:
    paid = {"day": date_text(coverage.paid_to) if coverage.paid_to else ""}
    return _("Active, premium late"), _(
        "The insurer’s system calls the coverage active, but says that premiums are paid only to "
        "%(day)s. It may end if they stay unpaid. Call the insurer before care starts."
    ) % paid


def _inactive() -> tuple[str, str]:
    return _("Not active"), _(
        "The insurer’s system says that the coverage is not active. Plans change: call the "
        "insurer, and look at what helps without insurance."
    )


def _ended(coverage: Coverage) -> tuple[str, str]:
    last = coverage.days.last
    if last is None:
        return _inactive()
    return _("Ended"), _(
        "The insurer’s system says that the coverage ended on %(day)s. Plans change: call the "
        "insurer, and look at what helps without insurance."
    ) % {"day": date_text(last)}


def _not_begun(coverage: Coverage) -> tuple[str, str]:
    first = coverage.days.first
    if first is None:
        return _inactive()
    return _("Not active yet"), _(
        "The insurer’s system says that the coverage begins on %(day)s. Care before that day is "
        "not covered: ask the program and the insurer what to do until then."
    ) % {"day": date_text(first)}


def _partly(coverage: Coverage) -> tuple[str, str]:
    active = _parts(part for part in coverage.parts if part.active)
    inactive = _parts(part for part in coverage.parts if not part.active)
    return _("Active in part"), _(
        "The insurer’s system calls this active: %(active)s. And this not active: %(inactive)s. "
        "Ask the program which of them pays for this care."
    ) % {"active": active, "inactive": inactive}


def _care_alone(coverage: Coverage) -> tuple[str, str]:
    if coverage.care in (CoverageStanding.ACTIVE, CoverageStanding.PENDING):
        return _("For this care alone"), _(
            "The insurer’s system calls mental health or substance use care active and says "
            "nothing about the plan as a whole. Call the insurer to be sure."
        )
    return _("Not for this care"), _(
        "The insurer’s system does not call mental health or substance use care active, and says "
        "nothing about the plan as a whole. Call the insurer."
    )


def _not_said() -> tuple[str, str]:
    return _("Not said"), _("The insurer’s system does not say whether the coverage is active.")


_BY_DAYS: dict[Situation, Callable[[Coverage], tuple[str, str]]] = {
    Situation.ACTIVE: _active,
    Situation.PREMIUM_UNPAID: _premium,
    Situation.INACTIVE: _ended,
    Situation.WAS_ACTIVE: _ended,
    Situation.ENDED: _ended,
    Situation.NOT_BEGUN: _not_begun,
    Situation.PARTLY: _partly,
    Situation.CARE_ALONE: _care_alone,
}


def _parts(parts: Iterable[SituationPart]) -> str:
    named = (
        " ".join(filter(None, (insurance_name(part.insurance_type), shown(part.plan_name))))
        for part in parts
    )
    return ", ".join(named)
