"""What a server knows about plans: the carried files and those imported to its data folder."""

from __future__ import annotations

import logging
import threading
from datetime import date
from functools import cached_property
from pathlib import Path

from waypost.coverage.answer import answer
from waypost.coverage.knowledge import Knowledge, carried_knowledge
from waypost.coverage.listing import ProgramListing
from waypost.coverage.parts import CoverageAnswer
from waypost.coverage.question import CoverageQuestion
from waypost.plans.insurance import Insurance
from waypost.plans.plan_search import PlanName, carried_names, search_plans
from waypost.plans.store import FILE_NAME, BadStore, PlanStore

log = logging.getLogger(__name__)


class PlansNow:
    """The plans of one import, with what is derived from them once."""

    def __init__(self, store: PlanStore | None) -> None:
        self.store = store
        self.knowledge: Knowledge = carried_knowledge(store)

    @cached_property
    def names(self) -> tuple[PlanName, ...]:
        """Every plan that can be looked up, the carried ones first."""
        return carried_names() + self._imported

    @cached_property
    def kinds_imported(self) -> frozenset[Insurance]:
        """The kinds of insurance with plans imported by name; carried plans do not count."""
        return frozenset(name.insurance for name in self._imported if name.name)

    @cached_property
    def _imported(self) -> tuple[PlanName, ...]:
        return self.store.read_names() if self.store else ()


class KnownPlans:
    """The plans of a data folder; a new import is noticed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._plans: PlansNow | None = None

    def now(self) -> PlansNow:
        """The plans of the newest import, or the carried ones if there is none."""
        seen = self._look()
        with self._lock:
            if self._plans is None or seen != self._seen:
                self._plans, self._seen = PlansNow(self._store(seen)), seen
            return self._plans

    def find(
        self, text: str, *, insurance: Insurance = Insurance.NOT_SURE, state: str = ""
    ) -> list[PlanName]:
        """The plans that a typed name, insurer or id may mean, of one kind of insurance or any."""
        names = self.now().names
        if insurance is not Insurance.NOT_SURE:
            names = tuple(name for name in names if name.insurance is insurance)
        return search_plans(text, names, state=state)

    def ask(
        self, question: CoverageQuestion, today: date, site: ProgramListing | None = None
    ) -> CoverageAnswer:
        """Answer a question; every door calls this, so that all give the same answer."""
        return answer(question, self.now().knowledge, today, site)

    def _look(self) -> tuple[int, int] | None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        return stat.st_ino, stat.st_mtime_ns

    def _store(self, seen: tuple[int, int] | None) -> PlanStore | None:
        """The imported plans; a damaged file is reported to the operator and not used."""
        if seen is None:
            return None
        try:
            return PlanStore(self._path)
        except BadStore as error:
            log.error("%s", error)
            return None
