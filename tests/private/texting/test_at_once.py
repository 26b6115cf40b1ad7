"""Several workers and people at the same moment, on PostgreSQL: nothing doubled, nothing lost."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections

from private.texting.conversation import Texts, service
from running import never, until
from waypost.texting.actions.cases import open_or_raise
from waypost.texting.actions.claiming import claim_due, claim_texts, claim_unknown
from waypost.texting.actions.delivery import SendMark, mark_all
from waypost.texting.actions.hearing import contact_for, hear
from waypost.texting.actions.many_turns import ManyTurns
from waypost.texting.actions.outbox import enqueue
from waypost.texting.actions.stopping import stop_by_staff, stop_on_page
from waypost.texting.actions.turns import alone_with
from waypost.texting.carriers.port import Accepted, Inbound
from waypost.texting.carriers.simulator import SimulatedNetwork
from waypost.texting.crisis.tiers import CrisisSigns, Tier
from waypost.texting.lanes import Dropped, OutboxLane, RowState
from waypost.texting.models import HeardText, OutboxRow, TextContact
from waypost.texting.queries.sealed import OUTGOING, digest_of, sealed
from waypost.texting.queries.waiting import oldest_waiting
from waypost.texting.standing import Channel, OptInStanding
from waypost.texting.tasks.attempts import attempt

pytestmark = pytest.mark.usefixtures("private_postgres")
NUMBER = "+15125550100"
WORKERS, ROWS = 4, 200
LANES = tuple(OutboxLane)


@pytest.fixture
def texts() -> Iterator[Texts]:
    with service() as running:
        yield running


def at_once(act: Callable[[int], object], many: int = WORKERS) -> list:
    """What each of several threads gave; they begin together, each on its own connection."""
    gate = threading.Barrier(many)

    def done(which: int) -> object:
        try:
            gate.wait(timeout=30)
            return act(which)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(done, range(many)))


def person(texts: Texts, number: str = NUMBER) -> TextContact:
    contact = contact_for(number, account="simulator", channel=Channel.TEXT, now=texts.now)
    contact.state = OptInStanding.IN
    contact.save()
    return contact


def queued(texts: Texts, many: int = ROWS) -> None:
    contact, words = person(texts), sealed("hello", OUTGOING)
    OutboxRow.objects.bulk_create(
        OutboxRow(ref=f"{n:024x}", contact=contact, text=words, lane=OutboxLane.LIVE, cause=f"t:{n}",
                  by="service", segments=1, made_at=texts.now, not_before=texts.now)
        for n in range(many)
    )  # fmt: skip


def test_four_workers_claim_every_row_once(texts: Texts):
    queued(texts)

    def work(_which: int) -> list[int]:
        taken = []
        while rows := claim_due(most=7, lanes=LANES, now=texts.now):
            taken += [row.id for row in rows]
            marks = [
                SendMark(r.id, r.contact, r.lane, r.attempts, 1, "simulator", Accepted(f"SM{r.id}"))
                for r in rows
            ]
            mark_all(marks=marks, now=texts.now)
        return taken

    by_worker = at_once(work)
    times = Counter(number for taken in by_worker for number in taken)
    assert len(times) == ROWS and set(times.values()) == {1}
    assert sum(map(bool, by_worker)) > 1, "one worker took everything: nothing was tried"
    rows = OutboxRow.objects.values_list("state", "attempts")
    assert set(rows) == {(RowState.SENT, 1)}


def test_a_worker_does_not_wait_for_what_another_is_taking(texts: Texts):
    from django.db import transaction

    queued(texts, 6)
    with transaction.atomic():
        first = claim_due(most=4, lanes=LANES, now=texts.now)
        (second,) = at_once(lambda _: claim_due(most=4, lanes=LANES, now=texts.now), 1)
    assert (len(first), len(second)) == (4, 2)
    assert not {row.id for row in first} & {row.id for row in second}


def test_rows_of_which_nobody_knows_are_asked_about_by_one_worker(texts: Texts):
    queued(texts, 40)
    OutboxRow.objects.update(state=RowState.SENDING, lease_until=texts.now, attempts=1)
    taken = [row.id for rows in at_once(lambda _: claim_unknown(most=40, now=texts.now))
             for row in rows]  # fmt: skip
    assert len(taken) == len(set(taken)) == 40


def test_a_text_that_came_in_is_handled_by_one_worker(texts: Texts):
    for n in range(20):
        said = Inbound(f"SM{n}", f"+1512555{n:04d}", "hello")
        hear(account="simulator", said=said, now=texts.now)

    def claim(_: int) -> list[int]:
        return claim_texts(numbers=oldest_waiting(20, texts.now), now=texts.now)

    taken = [number for numbers in at_once(claim) for number in numbers]
    assert len(taken) == len(set(taken)) == HeardText.objects.count() == 20


def test_a_cause_and_a_carriers_id_are_stored_once_whoever_comes_at_once(texts: Texts):
    contact = person(texts)
    rows = at_once(
        lambda _: enqueue(
            contact, "hello", lane=OutboxLane.LIVE, cause="enrol:42:day3", now=texts.now
        )
    )
    assert len(set(rows)) == 1 == OutboxRow.objects.count()
    said = Inbound("SM-twice", "+15125550177", "hello")
    stored = at_once(lambda _: hear(account="simulator", said=said, now=texts.now))
    assert sum(map(bool, stored)) == 1 == HeardText.objects.count()


@pytest.mark.parametrize("by", ["staff", "page"])
def test_a_stop_waits_for_the_call_and_nothing_leaves_after_it(
    texts: Texts, monkeypatch: pytest.MonkeyPatch, by: str
):
    queued(texts, 2)
    contact = TextContact.objects.get().pk
    first, second = claim_due(most=2, lanes=LANES, now=texts.now)
    calling, stopping, order = threading.Event(), threading.Event(), []
    take = SimulatedNetwork.take

    def slow(*words, **named):
        calling.set()
        assert stopping.wait(20)
        never(lambda: order, "a STOP committed during a call")
        order.append("sent")
        return take(*words, **named)

    def act(which: int) -> None:
        if which == 0:
            mark_all(marks=[attempt(first, texts.worker.ways)], now=texts.now)
            return
        assert calling.wait(20)
        stopping.set()
        if by == "staff":
            stop_by_staff(contact=contact, by="Ana", now=texts.now)
        else:
            stop_on_page(digest=digest_of(NUMBER), now=texts.now)
        order.append("stopped")

    with monkeypatch.context() as slowed:
        slowed.setattr(SimulatedNetwork, "take", slow)
        at_once(act, 2)
    assert order == ["sent", "stopped"]
    mark_all(marks=[attempt(second, texts.worker.ways)], now=texts.now)
    texts.settle()
    assert len(texts.network.to(NUMBER)) == 2, "the text that was on its way, and a confirmation"
    assert OutboxRow.objects.get(pk=second.id).why == "suppressed"


def test_turns_that_a_worker_has_hold_up_a_stop_until_they_end(texts: Texts):
    contact, turns, order = person(texts).pk, ManyTurns(), []
    turn = turns.change([], [contact])[contact]
    assert turn.holds() and turn.standing is not None
    assert turn.standing.suppressed_since is None

    def stop(_which: int) -> None:
        stop_by_staff(contact=contact, by="Ana", now=texts.now)
        order.append("stopped")

    with ThreadPoolExecutor(1) as pool:
        stopped = pool.submit(at_once, stop, 1)
        with pytest.raises(TimeoutError):
            stopped.result(timeout=0.3)
        order.append("sent")
        turns.change([contact], [])
        stopped.result(timeout=20)
    assert order == ["sent", "stopped"]
    again = turns.change([], [contact])[contact].standing
    assert again is not None and again.suppressed_since is not None
    turns.change([contact], [])


def test_a_turn_that_a_stop_has_is_left_to_the_thread_that_sends(texts: Texts):
    contact, turns, stopping, goes_on = person(texts).pk, ManyTurns(), *(
        threading.Event() for _ in range(2)
    )  # fmt: skip

    def hold(_which: int) -> None:
        with alone_with(contact):
            stopping.set()
            assert goes_on.wait(20)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(at_once, hold, 1)
        assert stopping.wait(20)
        assert turns.change([], [contact]) == {}, "it waited, or took what it could not have"
        goes_on.set()
        held.result(timeout=20)
    assert contact in turns.change([], [contact])
    turns.change([contact], [])


def test_a_reading_that_is_old_or_lost_sends_nothing(texts: Texts):
    queued(texts, 2)
    turns = ManyTurns()
    for row, lose in zip(claim_due(most=2, lanes=LANES, now=texts.now), (False, True), strict=True):
        turn = turns.change([], [row.contact])[row.contact]
        turns.change([row.contact], [])
        stop_by_staff(contact=row.contact, by="Ana", now=texts.now)
        if lose:
            turns.forget()
        else:
            turn = replace(turn, read_at=turn.read_at - 1)
        assert not turn.holds()
        assert attempt(row, texts.worker.ways, turn).outcome is Dropped.SUPPRESSED
    assert texts.network.to(NUMBER) == []


def test_a_running_worker_checks_each_row_after_its_claim(texts: Texts):
    """Many threads, turns taken together: what may not leave at this moment does not."""
    people = [person(texts, f"+1512555{n:04d}") for n in range(12)]
    words = sealed("hello", OUTGOING)
    rows = [
        OutboxRow(ref=f"{who.pk:012x}{n:012x}", contact=who, text=words, lane=OutboxLane.SERIES,
                  cause=f"t:{who.pk}:{n}", by="service", segments=1, made_at=texts.now,
                  not_before=texts.now)
        for who in people for n in range(5)
    ]  # fmt: skip
    OutboxRow.objects.bulk_create(rows)
    stopped, in_crisis, paused, left_series, late, unsigned = people[:6]
    stop_by_staff(contact=stopped.pk, by="Ana", now=texts.now)
    open_or_raise(in_crisis, CrisisSigns(Tier.HIGH, ("t",)), cause="t", now=texts.now)
    of = OutboxRow.objects.filter(cause__startswith="t:", state=RowState.QUEUED)
    later = texts.now + timedelta(days=1)
    TextContact.objects.filter(pk=paused.pk).update(paused_until=later)
    TextContact.objects.filter(pk=left_series.pk).update(state=OptInStanding.NEW)
    of.filter(contact=late).update(expires_at=texts.now)
    of.filter(contact=unsigned).update(needs="series:x:1|digest|1")
    dropped = OutboxRow.objects.filter(contact__in=(stopped, in_crisis), lane=OutboxLane.SERIES)
    dropped.update(state=RowState.QUEUED, why="")  # as if the claim had come first

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(at_once, lambda _: texts.worker.run(), 1)
        going = OutboxRow.objects.filter(state__in=(RowState.QUEUED, RowState.SENDING))
        until(lambda: not going.exists(), "the outbox to be empty", 60)
        texts.worker.stop()
        working.result(timeout=60)
    came = {who.pk: len(texts.network.to(f"+1512555{n:04d}")) for n, who in enumerate(people)}
    assert [came[who.pk] for who in (paused, left_series, late, unsigned)] == [0, 0, 0, 0]
    assert "hello" not in texts.network.to("+15125550000") + texts.network.to("+15125550001")
    assert [came[who.pk] for who in people[6:]] == [5] * 6
    left = OutboxRow.objects.filter(cause__startswith="t:").exclude(contact__in=people[6:])
    assert set(left.values_list("state", flat=True)) == {RowState.DROPPED}
    sent = OutboxRow.objects.filter(contact__in=people[6:])
    assert set(sent.values_list("state", "attempts")) == {(RowState.SENT, 1)}
