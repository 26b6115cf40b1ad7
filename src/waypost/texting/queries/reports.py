"""Reports: how soon people were answered, who opted out, who finished, what the rules missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.texting.crisis.tiers import Tier
from waypost.texting.models import (
    BlindReading,
    ConsentEntry,
    CrisisCase,
    HeardText,
    RetentionRun,
    Subscription,
)
from waypost.texting.queries.sealed import HEARD, opened
from waypost.texting.reporting import Rate, percentile, rate
from waypost.texting.standing import ConsentAct, WhyEnded


@dataclass(frozen=True, slots=True)
class TierTimes:
    """Seconds until a person answered, of the cases of a tier; None where there was none."""

    tier: Tier
    cases: int
    answered: int
    median: float | None
    ninetieth: float | None
    automatic_median: float | None


@dataclass(frozen=True, slots=True)
class SeriesReport:
    """What became of those who began a series."""

    series: str
    begun: int
    completed: Rate
    left: Rate


@dataclass(frozen=True, slots=True)
class TextReport:
    """One span of time."""

    begin: datetime
    end: datetime
    heard: int
    tiers: tuple[TierTimes, ...]
    opt_outs: int
    series: tuple[SeriesReport, ...]
    missed: Rate


def report(begin: datetime, end: datetime) -> TextReport:
    """The figures from ``begin`` up to ``end``."""
    within = ConsentEntry.objects.filter(at__gte=begin, at__lt=end)
    return TextReport(
        begin,
        end,
        HeardText.objects.filter(at__gte=begin, at__lt=end).count(),
        tuple(_times(tier, begin, end) for tier in (Tier.IMMINENT, Tier.HIGH)),
        within.filter(act=ConsentAct.WITHDRAWN).values("number_digest").distinct().count(),
        _series(begin, end),
        missed(begin, end),
    )


def _times(tier: Tier, begin: datetime, end: datetime) -> TierTimes:
    rows = CrisisCase.objects.filter(first_tier=tier, opened_at__gte=begin, opened_at__lt=end)
    values = list(rows.values_list("opened_at", "first_answer_at", "words_sent_at"))
    waits = [(answer - opened_at).total_seconds() for opened_at, answer, _ in values if answer]
    words = [(said - opened_at).total_seconds() for opened_at, _, said in values if said]
    return TierTimes(
        tier,
        len(values),
        len(waits),
        percentile(waits, 0.5),
        percentile(waits, 0.9),
        percentile(words, 0.5),
    )


def _series(begin: datetime, end: datetime) -> tuple[SeriesReport, ...]:
    rows = Subscription.objects.filter(made_at__gte=begin, made_at__lt=end)
    names = sorted(set(rows.exclude(started_on=None).values_list("series", flat=True)))
    answer = []
    for name in names:
        begun = rows.filter(series=name).exclude(started_on=None)
        total = begun.count()
        left = begun.filter(why_ended__in=(WhyEnded.STOPPED, WhyEnded.LEFT)).count()
        completed = begun.filter(why_ended=WhyEnded.COMPLETED).count()
        answer.append(SeriesReport(name, total, rate(completed, total), rate(left, total)))
    return tuple(answer)


def missed(begin: datetime, end: datetime) -> Rate:
    """Of texts that no rule flagged, read again blind: how many a person would have flagged."""
    rows = BlindReading.objects.filter(read_at__gte=begin, read_at__lt=end)
    return rate(rows.filter(tier__lte=Tier.HIGH).count(), rows.count())


@dataclass(frozen=True, slots=True)
class ToRead:
    """A text of the sample, without its tier and without who wrote it."""

    id: int
    text: str


def next_to_read(reader: str) -> ToRead | None:
    """A text of the sample that nobody has read; None where all are read."""
    row = BlindReading.objects.filter(read_at=None).select_related("heard").first()
    return None if row is None else ToRead(row.pk, opened(row.heard.text, HEARD))


def retention_reports() -> list[tuple[datetime, str, dict[str, int]]]:
    """What each run of the retention job did, the newest first."""
    rows = RetentionRun.objects.order_by("-pk")[:50]
    return [(row.at, row.by, dict(row.report)) for row in rows]
