"""The audit's chain: any change, removal or addition is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.audit.actions import UnnamedActor, record_event
from waypost.audit.chain import FIRST, Link, digest_of, first_break
from waypost.audit.models import Event
from waypost.audit.queries import broken_at, events, head

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def chain(acts: list[str]) -> list[Link]:
    links, previous = [], FIRST
    for number, act in enumerate(acts, start=1):
        at = NOW + timedelta(seconds=number)
        digest = digest_of(previous, at, "person:1", act, "report:1")
        links.append(Link(number, at, "person:1", act, "report:1", previous, digest))
        previous = digest
    return links


@given(st.lists(st.text(max_size=8), min_size=1, max_size=8))
def test_a_whole_chain_holds(acts: list[str]) -> None:
    assert first_break(chain(acts)) is None


@given(st.lists(st.text(max_size=8), min_size=2, max_size=8), st.data())
def test_a_changed_or_removed_event_breaks_it(acts: list[str], data: st.DataObject) -> None:
    links = chain(acts)
    at = data.draw(st.integers(0, len(links) - 1))
    changed = replace(links[at], act=links[at].act + "!")
    assert first_break([*links[:at], changed, *links[at + 1 :]]) is not None
    if at < len(links) - 1:  # who keeps the newest digest notices a missing end
        assert first_break(links[:at] + links[at + 1 :]) is not None


def test_parts_cannot_be_shifted_into_each_other() -> None:
    assert digest_of("", NOW, "ab", "c", "d") != digest_of("", NOW, "a", "bc", "d")


@pytest.mark.django_db
@pytest.mark.usefixtures("both_databases")
def test_events_are_linked_and_a_change_in_the_table_is_found() -> None:
    for act in ("made", "changed", "ended"):
        record_event(act=act, record="organization:1", by="person:1", now=NOW)
    assert broken_at() is None
    assert [event.act for event in events(record="organization:1")] == ["ended", "changed", "made"]
    assert head() == events()[0].digest
    second = Event.objects.order_by("id")[1]
    Event.objects.filter(pk=second.pk).update(act="nothing")
    found = broken_at()
    assert found is not None and (found.number, found.how) == (second.pk, "it was changed")
    Event.objects.filter(pk=second.pk).delete()
    assert broken_at() is not None


@pytest.mark.django_db
@pytest.mark.usefixtures("both_databases")
def test_an_act_needs_a_name() -> None:
    with pytest.raises(UnnamedActor):
        record_event(act="made", record="organization:1", by="  ", now=NOW)
    assert events() == []
