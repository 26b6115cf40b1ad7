"""One attempt at one claimed row: check, then call, with nothing between; and the asking later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from waypost.texting.actions.claiming import ClaimedRow, settle
from waypost.texting.actions.delivery import SendMark, counted
from waypost.texting.actions.many_turns import HeldTurn
from waypost.texting.actions.turns import sending_to
from waypost.texting.carriers.breaker import Bucket, CarrierBreaker
from waypost.texting.carriers.making import WEB
from waypost.texting.carriers.port import (
    CannotAsk,
    Carrier,
    Outgoing,
    SendRejected,
    SendResult,
    SendUnknown,
)
from waypost.texting.lanes import Dropped, OutboxLane
from waypost.texting.operator import Texting
from waypost.texting.queries.sealed import NUMBER, OUTGOING, opened
from waypost.texting.queries.sending import ToSend, checked
from waypost.texting.standing import Channel

Clock = Callable[[], datetime]
SERIES_SHARE = 0.9
"""Of a day's budget, what series may use; the rest is kept for people."""
_BUDGET_AGAIN = timedelta(minutes=15)


@dataclass(slots=True)
class Ways:
    """The carriers of this process, with a breaker and a bucket each."""

    texting: Texting
    carriers: Mapping[str, Carrier]
    clock: Clock
    breakers: dict[str, CarrierBreaker] = field(default_factory=dict)
    buckets: dict[str, Bucket] = field(default_factory=dict)

    def breaker(self, account: str) -> CarrierBreaker:
        """The breaker of an account."""
        return self.breakers.setdefault(account, CarrierBreaker())

    def bucket(self, account: str) -> Bucket:
        """The bucket of an account."""
        if account not in self.buckets:
            speed = self.carriers[account].capabilities().per_second
            self.buckets[account] = Bucket(speed)
        return self.buckets[account]

    def longest_call(self) -> timedelta:
        """How long a call to a carrier may take."""
        return timedelta(seconds=max(account.seconds for account in self.texting.accounts))

    def accounts(self, lane: OutboxLane) -> list[str]:
        """Accounts in the order in which they are tried; only a crisis goes to a second one."""
        people = lane in (OutboxLane.CRISIS, OutboxLane.LIVE)
        usable = [a.id for a in self.texting.accounts if not (a.toll_free and people)]
        return usable if lane is OutboxLane.CRISIS else usable[:1]


def attempt(row: ClaimedRow, ways: Ways, turn: HeldTurn | None = None) -> SendMark:
    """Check a row and hand it over; the STOP of its contact waits until this is done.

    ``turn`` is one that the worker has already; without it, or where it holds no more, this takes
    its own.
    """
    account = ""
    outcome: SendResult | Dropped | datetime
    in_turn = turn is not None and turn.holds()
    with nullcontext(turn.standing) if turn and in_turn else sending_to(row.contact) as standing:
        verdict = checked(
            standing,
            row.lane,
            row.cause,
            row.needs,
            row.text,
            row.expires_at,
            ways.clock(),
        )
        if ways.clock() + ways.longest_call() >= row.lease_until:
            outcome = ways.clock()  # it waited too long here: a call could outlast the lease
        elif isinstance(verdict, ToSend):
            account, outcome = _send(row, verdict, ways)
        else:
            outcome = verdict
    return SendMark(row.id, row.contact, row.lane, row.attempts, row.segments, account, outcome)


def _send(
    row: ClaimedRow, ready: ToSend, ways: Ways
) -> tuple[str, SendResult | Dropped | datetime]:
    text = Outgoing(row.ref, ready.number, ready.text, row.lane, ways.clock())
    if ready.channel == Channel.WEB:
        return WEB, ways.carriers[WEB].send(text)
    account = ""
    outcome: SendResult | None = None
    for account in ways.accounts(row.lane):
        now = ways.clock()
        if not ways.breaker(account).lets_through(now):
            continue
        wait = _too_fast(row, account, ways, now)
        if wait is not None:
            return account, wait
        result = ways.carriers[account].send(text)
        outcome = result
        if _failed(result):
            ways.breaker(account).failed(ways.clock())
        else:
            ways.breaker(account).succeeded()
            return account, result
    return account, outcome or _later(ways, row.lane)


def _failed(result: SendResult) -> bool:
    """Whether the carrier did not answer, so that the breaker counts it."""
    if isinstance(result, SendRejected):
        return result.code.startswith("no connection")
    return isinstance(result, SendUnknown)


def _later(ways: Ways, lane: OutboxLane) -> SendResult | Dropped | datetime:
    """When to try again while every breaker is open."""
    now = ways.clock()
    times = [ways.breaker(account).again_at(now) for account in ways.accounts(lane)]
    return max(min(times, default=now), now + timedelta(seconds=1))


def _too_fast(row: ClaimedRow, account: str, ways: Ways, now: datetime) -> datetime | None:
    """When to try again because of the carrier's speed or the day's budget; None for now."""
    budget = next(a.daily_segments for a in ways.texting.accounts if a.id == account)
    if budget and row.lane is OutboxLane.SERIES:
        used = counted("segments", account, f"{now:%Y-%m-%d}")
        if used + row.segments > budget * SERIES_SHARE:
            return now + _BUDGET_AGAIN
    wait = ways.bucket(account).take(now, urgent=row.lane <= OutboxLane.CONFIRMATION)
    return None if wait is None else now + wait


def reconcile(row: ClaimedRow, number: str, channel: str, ways: Ways) -> None:
    """Ask the carrier what became of a row of which nobody knows, and decide."""
    text = Outgoing(
        row.ref, opened(number, NUMBER), opened(row.text, OUTGOING), row.lane, row.began_at
    )
    asked, status = False, None
    accounts = [row.account] if row.account else ways.accounts(row.lane)
    if channel == Channel.WEB:
        accounts = [WEB]
    for account in accounts:
        carrier = ways.carriers.get(account)
        if carrier is None:
            continue
        try:
            status = status or carrier.find(text)
            asked = True
        except CannotAsk:
            asked = False
            break
    settle(row=row, carrier_id=status, asked=asked, now=ways.clock())
