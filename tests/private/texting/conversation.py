"""Whole conversations as tests: a phone, a clock, the service behind a simulated network.

    def test_stop_is_final(texts: Texts):
        phone = texts.phone()
        phone.says("STOP")
        phone.heard(ReplyCode.STOPPED)
        texts.passes(days=30)
        phone.heard_nothing()

The engine is the real one, down to the carrier: texts are stored, read for danger, answered through
the outbox, and a simulated network has them at once. Only the clock is the test's. `docs/how-to/
test-a-conversation.md` has the whole of it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.test import override_settings

from waypost.texting.actions.hearing import hear
from waypost.texting.actions.scene import Finder
from waypost.texting.carriers.making import WEB
from waypost.texting.carriers.port import Inbound
from waypost.texting.carriers.simulator import SimulatedNetwork, Simulator
from waypost.texting.carriers.web_chat import WebChat
from waypost.texting.models import OutboxRow, Subscription, Timer
from waypost.texting.operator import CarrierAccount, Texting
from waypost.texting.segments import in_plain_letters
from waypost.texting.tasks.loop import TextingWorker
from waypost.texting.words.replies import FACTS, ReplyCode, reply

ACCOUNT = CarrierAccount("simulator", "simulator", "+15005550006", per_second=1_000)
_sids = itertools.count(1)


@dataclass
class Texts:
    """The service with a clock of its own; `settle` lets it do everything that is due."""

    now: datetime
    texting: Texting = field(
        default_factory=lambda: Texting(service="Waypost", accounts=(ACCOUNT,))
    )
    find_care: Finder | None = None
    network: SimulatedNetwork = field(default_factory=SimulatedNetwork)
    worker: TextingWorker = field(init=False)
    phones: dict[str, Phone] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        carriers = {a.id: Simulator(self.network, a.per_second) for a in self.texting.accounts}
        self.worker = TextingWorker(
            self.texting,
            {**carriers, WEB: WebChat()},
            clock=lambda: self.now,
            find_care=self.find_care,
        )

    def phone(self, number: str = "+15125550100") -> Phone:
        """The telephone with this number: the same one each time, with what it has heard."""
        return self.phones.setdefault(number, Phone(self, number))

    def settle(self) -> None:
        """Everything that is due is done, however many turns that takes."""
        for _ in range(50):
            if not self.worker.turn():
                return
        raise AssertionError("the service does not come to rest")

    def passes(self, **span: float) -> None:
        """Time passes; the service is there at every moment at which something is due."""
        until = self.now + timedelta(**span)
        while (due := self._next_due()) is not None and due < until:
            self.now = max(due, self.now + timedelta(seconds=1))
            self.settle()
        self.now = max(until, self.now)
        self.settle()

    def _next_due(self) -> datetime | None:
        """The next moment at which the loop would find something to do."""
        times = [
            Timer.objects.filter(fired_at=None, ended_at=None).aggregate(t=Min("due_at"))["t"],
            Subscription.objects.filter(ended_at=None).aggregate(t=Min("next_at"))["t"],
            Subscription.objects.filter(ended_at=None).aggregate(t=Min("answer_by"))["t"],
            OutboxRow.objects.filter(state="queued").aggregate(t=Min("not_before"))["t"],
            OutboxRow.objects.filter(state="unknown").aggregate(t=Min("lease_until"))["t"],
        ]
        return min((time for time in times if time is not None), default=None)


@dataclass
class Phone:
    """One telephone: says texts and has heard texts. Each check looks at what is new."""

    texts: Texts
    number: str
    seen: int = 0

    def says(self, text: str, sid: str = "", *, account: str = "simulator", media: int = 0) -> int:
        """Send a text and let the service act on it; the number of the stored text, 0 for a repeat."""
        stored = self.sends(text, sid, account=account, media=media)
        self.texts.settle()
        return stored

    def sends(self, text: str, sid: str = "", *, account: str = "simulator", media: int = 0) -> int:
        """Send a text that nothing acts on yet; ``sid`` again is the carrier's repeat of it."""
        said = Inbound(sid or f"SM{next(_sids)}", self.number, text, media)
        return hear(account=account, said=said, now=self.texts.now)

    @property
    def inbox(self) -> list[str]:
        """Everything that arrived."""
        return self.texts.network.to(self.number)

    def heard(self, *parts: str | ReplyCode) -> str:
        """One new text arrived: one of the service's own by its code, or with these words in it."""
        new = self.inbox[self.seen :]
        assert len(new) == 1, f"expected one new text, got {new}"
        self.seen += 1
        for part in parts:
            if isinstance(part, ReplyCode):
                assert is_reply(new[0], part), f"{new[0]!r} is not {part}"
            else:
                assert part.casefold() in new[0].casefold(), f"{part!r} not in {new[0]!r}"
        return new[0]

    def heard_nothing(self) -> None:
        """No new text arrived."""
        assert self.inbox[self.seen :] == []

    def skips(self) -> list[str]:
        """What arrived and does not matter to the test."""
        new = self.inbox[self.seen :]
        self.seen += len(new)
        return new


GAP = "@@"  # of the letters that a carrier sends plainly, so that it changes no other
NO_FACTS = dict.fromkeys(FACTS, GAP)


def is_reply(text: str, code: ReplyCode) -> bool:
    """Whether a text is one of the service's own, in either language, whatever its facts."""
    for language in ("en", "es"):
        pieces = in_plain_letters(reply(code, language, **NO_FACTS)).split(GAP)
        if re.fullmatch(".*".join(re.escape(piece) for piece in pieces), text, re.DOTALL):
            return True
    return False


@contextmanager
def service(
    now: datetime = datetime(2026, 12, 1, 18, tzinfo=UTC), **options: object
) -> Iterator[Texts]:
    """The service for a block; ``options`` are fields of `Texting`, and ``find_care``."""
    find_care = options.pop("find_care", None)
    texting = replace(Texting(service="Waypost", accounts=(ACCOUNT,)), **options)  # type: ignore[arg-type]
    with override_settings(WAYPOST_TEXTING=texting):
        assert texting is settings.WAYPOST_TEXTING
        yield Texts(now, texting, find_care)  # type: ignore[arg-type]
