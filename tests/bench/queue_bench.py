"""The desk's queue with 250,000 reports waiting, beside one with a day's: pages and bulk decisions."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

MANY, DAYS_WORTH = 250_000, 500
KINDS = ("phone", "closed", "website", "services", "other")


def run(*, quick: bool, say: Callable[[str], None]) -> None:
    """Print milliseconds of every question of the page, and reports decided a second."""
    with tempfile.TemporaryDirectory(prefix="waypost-bench-") as folder:
        os.environ["WAYPOST_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.config.private_settings"
        _tables()
        many = MANY // 10 if quick else MANY
        say(
            f"\nThe queue: milliseconds a question, with {DAYS_WORTH:,} and {many:,} waiting reports"
        )
        small, now = _questions(DAYS_WORTH, 0), datetime.now(UTC)
        large = _questions(many, DAYS_WORTH)
        for name in small:
            say(f"{name:>26}{small[name]:>10.1f}{large[name]:>10.1f}")
        _decide(now, say)


def _tables() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    for alias in ("default", "queue"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def _questions(count: int, before: int) -> dict[str, float]:
    from waypost.directory.waiting import queries as asked
    from waypost.directory.waiting.choice import WaitingChoice

    now = datetime.now(UTC)
    _reports(count - before, now)
    questions: dict[str, Callable[[], Any]] = {
        "how many wait": asked.waiting_count,
        "how many are late": lambda: asked.late_reports(now.date()),
        "how many have a word": lambda: asked.waiting_count(WaitingChoice(words="ring")),
    }
    for sort in ("age", "-age", "listing", "what"):
        questions[f"first page by {sort}"] = lambda sort=sort: asked.waiting_reports(sort, most=51)
    questions["last page by age"] = lambda: asked.waiting_reports(skip=count - 50, most=51)
    return {name: _milliseconds(ask) for name, ask in questions.items()}


def _reports(count: int, now: datetime) -> None:
    from waypost.directory.models import ListingReport, ReportStatus

    for first in range(0, count, 10_000):
        made = ListingReport.objects.bulk_create(
            ListingReport(site_id=f"site_{i % 18_000}", kind=KINDS[i % 5], text="It rings out", made_at=now - timedelta(minutes=i))
            for i in range(first, min(first + 10_000, count))
        )  # fmt: skip
        ReportStatus.objects.bulk_create(
            ReportStatus(report=r, status="received", by="visitor", at=r.made_at) for r in made
        )


def _milliseconds(ask: Callable[[], Any]) -> float:
    took = []
    for _ in range(5):
        start = time.perf_counter()
        ask()
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1000


def _decide(now: datetime, say: Callable[[str], None]) -> None:
    from waypost.directory.waiting.actions import MOST_AT_ONCE, decide_reports
    from waypost.directory.waiting.choice import WaitingChoice
    from waypost.directory.waiting.queries import newest_waiting, numbers_waiting

    start, processor = time.perf_counter(), time.process_time()
    numbers = numbers_waiting(WaitingChoice(), newest=newest_waiting(), most=MOST_AT_ONCE)
    done = decide_reports(numbers=numbers, accept=False, by="bench", now=now, reason="spam").done
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    say(f"one press rejects {done:,} in {seconds:.1f} s ({processor:.1f} s of the processor), each a transaction and an event")  # fmt: skip
