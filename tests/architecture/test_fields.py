"""Every stored field is a person's, the staff's or public; a person's goes nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import models

from waypost.audit.models import Event
from waypost.directory.actions import accept_report, reject_report, report_listing
from waypost.directory.models import ListingReport
from waypost.directory.queries import accepted_claims
from waypost.values.privacy import Whose

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TOLD = "I was a patient here, ask for Jordan Q."


def tables() -> list[type[models.Model]]:
    """Our own tables, whichever room they stand in."""
    return [m for m in apps.get_models() if m.__module__.startswith("waypost.")]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__)
def test_every_field_says_whose_it_is(table: type[models.Model]) -> None:
    fields = {f.name for f in table._meta.get_fields() if not (f.auto_created or f.primary_key)}
    assert set(getattr(table, "whose", {})) == fields
    assert set(table.whose.values()) <= set(Whose)


def test_there_are_tables_and_one_holds_what_a_person_wrote() -> None:
    assert {table.__name__ for table in tables()} >= {"Event", "ListingReport", "ReportStatus"}
    assert ListingReport.whose["text"] is Whose.PERSON


@pytest.mark.django_db
def test_what_a_person_wrote_stays_in_its_row(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the log, the audit nor what will be published holds it."""
    numbers = [
        report_listing(site_id="site_1", kind=kind, text=TOLD, by="visitor", now=NOW)
        for kind in ("phone", "other")
    ]
    accept_report(number=numbers[0], value="(512) 555-0100", by="Ana", now=NOW)
    reject_report(number=numbers[1], by="Ana", now=NOW)
    assert ListingReport.objects.filter(text=TOLD).count() == 2
    elsewhere = [*Event.objects.values_list(), accepted_claims(), caplog.text]
    assert len(elsewhere) > 3 and accepted_claims()
    assert "Jordan" not in repr(elsewhere)
    assert "Jordan" not in " ".join(str(row) for row in (*ListingReport.objects.all(),))
