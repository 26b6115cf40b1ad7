"""The tabs of the queue: what waits, a page at a time, in an order that the address names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.proofs.queries import WaitingProof, waiting_proofs
from waypost.desk.queue.words import field_words, kind_words, proof_words
from waypost.directory.checks import HOLDS_FOR
from waypost.directory.numbers.queries import doubted_numbers
from waypost.directory.queries import checked_since
from waypost.directory.reporting import is_late
from waypost.directory.said.queries import Closing, closings
from waypost.directory.site import Site
from waypost.directory.waiting.choice import WaitingChoice
from waypost.directory.waiting.queries import ALL, waiting_count, waiting_reports
from waypost.publishing.differences import differences
from waypost.publishing.reader import Snapshot
from waypost.values.wall_time import day_in

PAGE_SIZE = 50
CHECKED = ("name", "address", "phones", "website", "services")


class Tab(StrEnum):
    """A kind of work that waits."""

    REPORTS = "reports"
    PROOFS = "proofs"
    CHECKS = "checks"
    DIFFERENCES = "differences"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class QueueView:
    """What an address of the queue asks for; ``page`` counts from 1."""

    tab: Tab
    sort: str = "age"
    page: int = 1
    choice: WaitingChoice = ALL

    @property
    def skip(self) -> int:
        """How many lines stand on the pages before."""
        return (self.page - 1) * PAGE_SIZE


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One thing that waits: where it is decided, what it is, and for how long."""

    number: int
    site_id: str
    name: str
    href: str
    what: str
    note: str = ""
    waits: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class TabPage:
    """A page of one tab, whether another follows, and by what it can be sorted."""

    lines: list[WaitingLine]
    more: bool
    sorts: tuple[str, ...] = ()


def tab_names() -> dict[Tab, str]:
    """The tabs in words."""
    return {
        Tab.REPORTS: _("Reports"),
        Tab.PROOFS: _("Proofs"),
        Tab.CHECKS: _("Checks due"),
        Tab.DIFFERENCES: _("Sources differ"),
        Tab.NUMBERS: _("Numbers that failed"),
    }


def counts(now: datetime) -> Mapping[Tab, int]:
    """How much waits in the tabs whose count is cheap."""
    return {
        Tab.REPORTS: waiting_count(),
        Tab.PROOFS: len(waiting_proofs()) + len(closings()),
        Tab.NUMBERS: len(doubted_numbers(day_in("", now))),
    }


def tab_page(asked: QueueView, snapshot: Snapshot, now: datetime) -> TabPage:
    """A page of what waits."""
    return _PAGES[asked.tab](asked, snapshot, now)


def _reports(asked: QueueView, snapshot: Snapshot, now: datetime) -> TabPage:
    kinds = kind_words()
    reports = waiting_reports(asked.sort, choice=asked.choice, skip=asked.skip, most=PAGE_SIZE + 1)
    lines = [
        WaitingLine(
            report.number,
            report.site_id,
            _name(snapshot, report.site_id),
            f"/reports/{report.number}",
            kinds[report.kind],
            report.text[:160],
            _days((now - report.made_at).days),
            is_late(report.made_at.date(), now.date()),
        )
        for report in reports[:PAGE_SIZE]
    ]
    return TabPage(lines, len(reports) > PAGE_SIZE, ("age", "listing", "what"))


def _proofs(asked: QueueView, snapshot: Snapshot, now: datetime) -> TabPage:
    words = proof_words()
    proofs = waiting_proofs()
    lines = [
        WaitingLine(
            p.number,
            p.site_id,
            _name(snapshot, p.site_id),
            f"/proofs/{p.number}",
            words[p.proof],
            p.organization_name,
            _days((now - p.asked_at).days),
        )
        for p in _sorted(proofs, asked.sort)[asked.skip : asked.skip + PAGE_SIZE]
    ]
    closing = [] if asked.skip else [_closing(snapshot, c, now) for c in closings()]
    return TabPage([*closing, *lines], len(proofs) > asked.skip + PAGE_SIZE, ("age",))


def _closing(snapshot: Snapshot, closing: Closing, now: datetime) -> WaitingLine:
    """A program that says it closed: whoever confirms it is the second person."""
    return WaitingLine(
        closing.number,
        closing.site_id,
        _name(snapshot, closing.site_id),
        f"/sites/{closing.site_id}",
        _("Closed for good: a second person confirms it"),
        "",
        _days((now - closing.asked_at).days),
    )


def _sorted(items: list[WaitingProof], sort: str) -> list[WaitingProof]:
    return items[::-1] if sort == "-age" else items


def _checks(asked: QueueView, snapshot: Snapshot, now: datetime) -> TabPage:
    """Listings with a fact that nobody has checked for 90 days, by id."""
    recently = checked_since(now - HOLDS_FOR)
    ids = [i for i in snapshot.current_ids() if i not in recently]
    if asked.sort == "-listing":
        ids.reverse()
    before = (now - HOLDS_FOR).date()
    names = field_words()
    lines = []
    for site_id in ids[asked.skip : asked.skip + PAGE_SIZE]:
        site = snapshot.site(site_id)
        old = {} if site is None else _old_facts(site, before)
        if site is not None and old:
            oldest = (now.date() - min(old.values())).days
            fields = ", ".join(names.get(field, field) for field in old)
            lines.append(
                WaitingLine(
                    0, site_id, site.name, f"/sites/{site_id}", fields, site.state, _days(oldest)
                )
            )
    return TabPage(lines, len(ids) > asked.skip + PAGE_SIZE, ("listing",))


def _old_facts(site: Site, before: date) -> dict[str, date]:
    return {f: fact.as_of for f, fact in site.facts.items() if f in CHECKED and fact.as_of < before}


def _differences(asked: QueueView, snapshot: Snapshot, now: datetime) -> TabPage:
    names = field_words()
    differing = differences(snapshot.path, skip=asked.skip, most=PAGE_SIZE + 1)
    lines = [
        WaitingLine(
            0,
            site_id,
            _name(snapshot, site_id),
            f"/sites/{site_id}#{field}",
            names.get(field, field),
            ngettext("%(n)s value", "%(n)s values", values) % {"n": values},
        )
        for site_id, field, values in differing[:PAGE_SIZE]
    ]
    return TabPage(lines, len(differing) > PAGE_SIZE)


def _numbers(asked: QueueView, snapshot: Snapshot, now: datetime) -> TabPage:
    doubted = list(doubted_numbers(day_in("", now)).items())
    lines = []
    for site_id, said in doubted[asked.skip : asked.skip + PAGE_SIZE]:
        site = snapshot.site(site_id)
        phones = ", ".join(phone.display for phone in site.phones) if site else ""
        words = _("%(failed)s no, %(worked)s yes") % {"failed": said.failed, "worked": said.worked}
        lines.append(
            WaitingLine(0, site_id, _name(snapshot, site_id), f"/sites/{site_id}", phones, words)
        )
    return TabPage(lines, len(doubted) > asked.skip + PAGE_SIZE)


_PAGES: Mapping[Tab, Callable[[QueueView, Snapshot, datetime], TabPage]] = {
    Tab.REPORTS: _reports,
    Tab.PROOFS: _proofs,
    Tab.CHECKS: _checks,
    Tab.DIFFERENCES: _differences,
    Tab.NUMBERS: _numbers,
}


def _name(snapshot: Snapshot, site_id: str) -> str:
    site = snapshot.site(site_id)
    return site.name if site else site_id


def _days(days: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}
