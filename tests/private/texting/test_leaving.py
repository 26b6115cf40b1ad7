"""How texts leave: results, reconciling, breakers, fail-over, budgets, and STOP in the middle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from private.texting.conversation import ACCOUNT, Texts, service
from waypost.texting.actions.claiming import claim_due
from waypost.texting.actions.delivery import mark_all, take_status
from waypost.texting.actions.hearing import contact_for
from waypost.texting.actions.outbox import enqueue
from waypost.texting.actions.stopping import stop_by_staff
from waypost.texting.carriers.port import StatusNews
from waypost.texting.carriers.simulator import Faults
from waypost.texting.carriers.statuses import state_after
from waypost.texting.lanes import OutboxLane, RowState
from waypost.texting.models import OutboxRow, Suppression, TextContact
from waypost.texting.operator import CarrierAccount
from waypost.texting.standing import Channel, OptInStanding
from waypost.texting.tasks.attempts import attempt

pytestmark = pytest.mark.django_db
NUMBER = "+15125550100"


@pytest.fixture
def texts():
    with service() as running:
        yield running


def person(texts: Texts, number: str = NUMBER) -> TextContact:
    row = contact_for(number, account="simulator", channel=Channel.TEXT, now=texts.now)
    row.state = OptInStanding.IN
    row.save()
    return row


def queue(
    texts: Texts, lane: OutboxLane = OutboxLane.LIVE, words: str = "hello", **more: object
) -> OutboxRow:
    row = more.pop("contact", None) or person(texts)
    cause = f"test:{OutboxRow.objects.count()}"
    number = enqueue(row, words, lane=lane, cause=cause, now=texts.now, **more)  # type: ignore[arg-type]
    return OutboxRow.objects.get(pk=number)


def state(row: OutboxRow) -> str:
    row.refresh_from_db()
    return row.state


def test_a_cause_is_written_once(texts: Texts):
    contact = person(texts)
    first, second = (
        enqueue(contact, "hello", lane=OutboxLane.SERIES, cause="enrol:42:day3:am", now=texts.now)
        for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("lane", OutboxLane)
def test_a_text_that_was_taken_although_nobody_said_so_is_not_sent_again(
    texts: Texts, lane: OutboxLane
):
    texts.network.faults = Faults(silent=1.0)
    row = queue(texts, lane)
    texts.worker.turn()
    assert state(row) == RowState.UNKNOWN
    texts.passes(minutes=2)
    assert state(row) == RowState.SENT
    assert len(texts.network.to(NUMBER)) == 1


@pytest.mark.parametrize("lane", [OutboxLane.LIVE, OutboxLane.SERIES])
def test_a_text_that_was_lost_is_sent_once_the_carrier_says_that_it_lacks_it(
    texts: Texts, lane: OutboxLane
):
    texts.network.faults = Faults(lost=1.0)
    row = queue(texts, lane)
    texts.worker.turn()
    texts.network.faults = Faults()
    texts.passes(minutes=2)
    assert state(row) == RowState.SENT
    assert len(texts.network.to(NUMBER)) == 1


def test_where_nobody_can_be_asked_people_get_it_again_and_series_do_not(texts: Texts, monkeypatch):
    from waypost.texting.carriers.port import CannotAsk
    from waypost.texting.carriers.simulator import Simulator

    def cannot(*_: object) -> None:
        raise CannotAsk

    monkeypatch.setattr(Simulator, "find", cannot)
    texts.network.faults = Faults(silent=1.0)
    live, series = queue(texts, OutboxLane.LIVE), queue(texts, OutboxLane.SERIES, "daily")
    texts.worker.turn()
    texts.network.faults = Faults()
    texts.passes(minutes=10)
    assert (state(live), state(series)) == (RowState.SENT, RowState.UNKNOWN)
    assert texts.network.to(NUMBER) == ["hello", "daily", "hello"]


def test_a_worker_that_died_leaves_a_row_that_is_asked_about(texts: Texts):
    row = queue(texts, OutboxLane.SERIES)
    (claimed,) = claim_due(most=1, lanes=tuple(OutboxLane), now=texts.now)
    attempt(claimed, texts.worker.ways)  # sent, and then it died
    texts.settle()
    assert state(row) == RowState.SENDING
    texts.now += timedelta(seconds=61)
    texts.settle()
    assert state(row) == RowState.SENT
    assert len(texts.network.to(NUMBER)) == 1


def test_a_call_that_could_outlast_its_lease_is_not_begun(texts: Texts):
    row = queue(texts)
    (claimed,) = claim_due(most=1, lanes=tuple(OutboxLane), now=texts.now)
    texts.now += timedelta(seconds=51)
    mark_all(marks=[attempt(claimed, texts.worker.ways)], now=texts.now)
    assert state(row) == RowState.QUEUED and not texts.network.texts


def test_a_mark_that_comes_after_another_claim_changes_nothing(texts: Texts):
    row = queue(texts)
    (claimed,) = claim_due(most=1, lanes=tuple(OutboxLane), now=texts.now)
    texts.now += timedelta(seconds=51)
    late = attempt(claimed, texts.worker.ways)
    OutboxRow.objects.update(attempts=2)
    mark_all(marks=[late], now=texts.now)
    assert state(row) == RowState.SENDING


@pytest.mark.parametrize(
    ("statuses", "ends"),
    [
        (("delivered", "sent", "queued"), RowState.DELIVERED),
        (("queued", "sending", "sent"), RowState.SENT),
        (("undelivered", "sent"), RowState.FAILED),
        (("failed", "delivered"), RowState.DELIVERED),
        (("something new",), RowState.SENDING),
        (("delivered", "failed"), RowState.DELIVERED),
    ],
)
def test_statuses_only_move_a_row_forward(statuses: tuple[str, ...], ends: RowState):
    reached = RowState.SENDING
    for status in statuses * 2:
        reached = state_after(reached, status)
    assert reached is ends


def test_a_status_before_the_answer_to_our_call_is_kept(texts: Texts):
    row = queue(texts)
    (claimed,) = claim_due(most=1, lanes=tuple(OutboxLane), now=texts.now)
    mark = attempt(claimed, texts.worker.ways)
    news = StatusNews("SM1", "delivered", row.ref)
    take_status(account="simulator", news=news, now=texts.now)
    mark_all(marks=[mark], now=texts.now)
    assert state(row) == RowState.DELIVERED


def test_the_carriers_own_opt_out_is_written_into_our_ledger(texts: Texts):
    texts.network.refused_numbers[NUMBER] = "21610"
    row = queue(texts)
    texts.settle()
    assert state(row) == RowState.FAILED
    assert Suppression.objects.get().why == "carrier"
    assert not texts.network.texts


def test_a_dead_number_is_suspended_after_three_failures(texts: Texts):
    texts.network.refused_numbers[NUMBER] = "30005"
    for _ in range(3):
        queue(texts)
        texts.settle()
    assert TextContact.objects.get().suspended_at is not None
    texts.network.refused_numbers.clear()
    dropped = queue(texts, OutboxLane.SERIES)
    texts.settle()
    assert (state(dropped), dropped.why) == (RowState.DROPPED, "bad number")


def test_a_carrier_that_is_throttled_is_asked_later(texts: Texts):
    texts.network.faults = Faults(refused=1.0, code="20429")
    row = queue(texts)
    texts.worker.turn()
    assert state(row) == RowState.QUEUED and row.not_before > texts.now
    texts.network.faults = Faults()
    texts.passes(minutes=1)
    assert state(row) == RowState.SENT


SECOND = CarrierAccount("second", "simulator", "+15005550007", per_second=1_000)


def test_a_crisis_goes_to_the_second_carrier_and_a_series_waits():
    with service(accounts=(ACCOUNT, SECOND)) as texts:
        first = texts.worker.carriers["simulator"]
        texts.network.faults = Faults(lost=1.0)
        from waypost.texting.carriers.simulator import SimulatedNetwork, Simulator

        spare = SimulatedNetwork()
        texts.worker.carriers["second"] = Simulator(spare)  # type: ignore[index]
        urgent, daily = (
            queue(texts, OutboxLane.CRISIS, "now"),
            queue(texts, OutboxLane.SERIES, "daily"),
        )
        texts.worker.turn()
        assert first is not texts.worker.carriers["second"]
        assert (state(urgent), urgent.account, spare.to(NUMBER)) == (
            RowState.SENT,
            "second",
            ["now"],
        )
        assert state(daily) == RowState.UNKNOWN


def test_an_open_breaker_makes_no_call_and_nothing_is_doubled_after_the_outage(texts: Texts):
    texts.network.faults = Faults(lost=1.0)
    rows = [
        queue(texts, OutboxLane.SERIES, f"text {n}", contact=person(texts, f"+1512555{n:04d}"))
        for n in range(100, 112)
    ]
    texts.worker.turn()
    assert sum(state(row) == RowState.UNKNOWN for row in rows) == 5
    texts.network.faults = Faults()
    texts.passes(minutes=10)
    assert {state(row) for row in rows} == {RowState.SENT}
    assert len(texts.network.texts) == len(rows)


def test_a_days_budget_keeps_a_share_for_people():
    small = CarrierAccount(
        "simulator", "simulator", "+15005550006", per_second=1_000, daily_segments=10
    )
    with service(accounts=(small,)) as texts:
        rows = [
            queue(texts, OutboxLane.SERIES, f"text {n}", contact=person(texts, f"+1512555{n:04d}"))
            for n in range(100, 112)
        ]
        live = queue(texts, OutboxLane.LIVE, contact=person(texts, "+15125550200"))
        texts.worker.turn()
        texts.worker.turn()
        assert state(live) == RowState.SENT
        assert sum(state(row) == RowState.SENT for row in rows) == 8


@pytest.mark.parametrize("lane", [OutboxLane.LIVE, OutboxLane.KEYWORD, OutboxLane.SERIES])
def test_the_check_is_made_after_the_claim(texts: Texts, lane: OutboxLane):
    row = queue(texts, lane)
    (claimed,) = claim_due(most=1, lanes=tuple(OutboxLane), now=texts.now)
    stop_by_staff(contact=claimed.contact, by="Ana", now=texts.now)
    mark_all(marks=[attempt(claimed, texts.worker.ways)], now=texts.now)
    assert (state(row), row.why) == (RowState.DROPPED, "suppressed")
    texts.settle()
    assert len(texts.network.to(NUMBER)) == 1  # the confirmation


def test_a_confirmation_expires_after_five_minutes(texts: Texts):
    stop_by_staff(contact=person(texts).pk, by="Ana", now=texts.now)
    texts.now += timedelta(minutes=5, seconds=1)
    texts.settle()
    assert not texts.network.texts
    assert OutboxRow.objects.get().why == "expired"


@pytest.mark.parametrize("hour", [3, 14])
def test_a_series_row_waits_for_its_window_and_live_rows_do_not(hour: int):
    with service(datetime(2026, 12, 1, hour, tzinfo=UTC)) as texts:  # 21:00 and 8:00 in Austin
        series, live = queue(texts, OutboxLane.SERIES), queue(texts, OutboxLane.LIVE)
        expiring = queue(texts, OutboxLane.SERIES, expires_at=texts.now + timedelta(minutes=30))
        texts.settle()
        assert (state(series), state(live), state(expiring)) == ("queued", "sent", "dropped")
        assert series.not_before == datetime(2026, 12, 1, 15, tzinfo=UTC)


def test_toll_free_numbers_carry_no_live_texts():
    free = CarrierAccount(
        "simulator", "simulator", "+18335550006", per_second=1_000, toll_free=True
    )
    with service(accounts=(free, SECOND)) as texts, override_settings():
        live = queue(texts, OutboxLane.LIVE)
        texts.settle()
        assert (state(live), live.account) == (RowState.SENT, "second")


FAULT_POINTS = ("checked", "_send", "mark_all")


@pytest.mark.parametrize("lane", [OutboxLane.CRISIS, OutboxLane.LIVE, OutboxLane.SERIES])
@pytest.mark.parametrize("point", FAULT_POINTS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_death_at_any_point_loses_and_doubles_nothing(
    texts: Texts, monkeypatch: pytest.MonkeyPatch, lane: OutboxLane, point: str, after: bool
):
    """As kill -9 would: whatever was not committed is gone, the lease runs out, and all is settled."""
    from waypost.texting.tasks import attempts, loop

    room = loop if point == "mark_all" else attempts
    works = getattr(room, point)

    def dies(*words: object, **named: object) -> object:
        if after and point != "mark_all":  # what mark_all writes is one transaction: all or nothing
            works(*words, **named)
        raise SystemExit

    row = queue(texts, lane)
    with monkeypatch.context() as dying:
        dying.setattr(room, point, dies)
        with pytest.raises(SystemExit):
            texts.worker.turn()
    texts.passes(minutes=5)
    texts.now += timedelta(seconds=61)
    texts.settle()
    assert state(row) == RowState.SENT
    assert len(texts.network.to(NUMBER)) == 1


def test_a_stop_waits_for_a_text_that_is_on_its_way():
    import threading

    from waypost.texting.actions.turns import alone_with, sending_to

    order, sending, released = [], threading.Event(), threading.Event()

    def send() -> None:
        with sending_to(7), sending_to(7 + 512):  # others may send too
            sending.set()
            assert released.wait(20)
            order.append("sent")

    def stop() -> None:
        with alone_with(7):
            order.append("stopped")

    threads = [threading.Thread(target=send), threading.Thread(target=stop)]
    threads[0].start()
    assert sending.wait(20)
    threads[1].start()
    threads[1].join(0.05)
    released.set()
    for thread in threads:
        thread.join(20)
    assert order == ["sent", "stopped"]
