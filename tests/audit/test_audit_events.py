"""Who did what, when, to which record: added with the act, never without a name, never undone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import models, transaction

from waypost.audit import actions
from waypost.audit.actions import UnnamedActor, record_event
from waypost.audit.models import Event
from waypost.directory.actions import BadReport, accept_report, report_listing

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_an_event_keeps_who_what_when_and_which() -> None:
    record_event(act="report accepted", record="report:7", by=" eva ", now=NOW)
    event = Event.objects.get()
    assert (event.actor, event.act, event.record, event.at) == (
        "eva",
        "report accepted",
        "report:7",
        NOW,
    )
    assert str(event) == "2026-11-24 12:00 eva report accepted report:7"


@pytest.mark.parametrize("nobody", ["", "   ", "\t"])
def test_an_act_without_a_name_is_refused(nobody: str) -> None:
    with pytest.raises(UnnamedActor):
        record_event(act="report accepted", record="report:7", by=nobody, now=NOW)
    assert not Event.objects.exists()


def test_an_act_of_nobody_is_not_done_either() -> None:
    with pytest.raises(UnnamedActor):
        report_listing(site_id="site_x", kind="closed", text="", by="", now=NOW)
    from waypost.directory.models import ListingReport

    assert not ListingReport.objects.exists()


def test_each_step_of_a_report_leaves_an_event_and_a_refused_one_none() -> None:
    number = report_listing(site_id="site_x", kind="closed", text="", by="visitor", now=NOW)
    accept_report(number=number, value="", by="eva", now=NOW)
    with pytest.raises(BadReport), transaction.atomic():
        accept_report(number=number, value="", by="eva", now=NOW)
    told = [(e.actor, e.act, e.record) for e in Event.objects.all()]
    assert told == [
        ("visitor", "report received", f"report:{number}"),
        ("eva", "report accepted", f"report:{number}"),
    ]


def test_nothing_a_deletion_elsewhere_can_reach() -> None:
    kinds = (models.ForeignKey, models.OneToOneField, models.ManyToManyField)
    assert not [f for f in Event._meta.get_fields() if isinstance(f, kinds)]
    assert [n for n in vars(actions) if n.endswith("_event")] == ["record_event"]  # it only adds
