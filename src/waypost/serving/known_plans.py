"""What a server knows of plans: the carried files, and the imported ones in its data folder."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from waypost.coverage.answer import answer
from waypost.coverage.knowledge import Knowledge, carried_knowledge
from waypost.coverage.listing import Listing
from waypost.coverage.parts import CoverageAnswer
from waypost.coverage.question import Question
from waypost.plans.insurance import Insurance
from waypost.plans.plan_search import PlanName, carried_names, search_plans
from waypost.plans.store import FILE_NAME, BadStore, PlanStore, open_store

log = logging.getLogger(__name__)


def _store(folder: Path) -> PlanStore | None:
    """What was imported; a damaged file is told to the operator and left out of the answer."""
    try:
        return open_store(folder / FILE_NAME)
    except BadStore as error:
        log.error("%s", error)
        return None


@lru_cache(maxsize=2)
def _knowledge(store: PlanStore | None) -> Knowledge:
    return carried_knowledge(store)


def knowledge_in(folder: Path) -> Knowledge:
    """The rules and plans now; a new import is noticed."""
    return _knowledge(_store(folder))


def plan_names_in(folder: Path) -> tuple[PlanName, ...]:
    """Every plan that can be looked up, the carried ones first."""
    store = _store(folder)
    return carried_names() + (store.names() if store else ())


def plan_kinds_imported(folder: Path) -> frozenset[Insurance]:
    """The kinds of insurance whose plans were imported with names; the few carried do not count."""
    return _kinds_imported(_store(folder))


@lru_cache(maxsize=2)
def _kinds_imported(store: PlanStore | None) -> frozenset[Insurance]:
    names = store.names() if store else ()
    return frozenset(name.insurance for name in names if name.name)


def find_plans(
    folder: Path, text: str, *, insurance: Insurance = Insurance.NOT_SURE, state: str = ""
) -> list[PlanName]:
    """The plans that a typed name, insurer or id may mean, of one kind of insurance or of any."""
    kind = Insurance.MARKETPLACE if insurance is Insurance.EMPLOYER else insurance
    every = plan_names_in(folder)
    names = every if kind is Insurance.NOT_SURE else [n for n in every if n.insurance is kind]
    return search_plans(text, names, state=state)


def ask(question: Question, folder: Path, site: Listing | None = None) -> CoverageAnswer:
    """The one call of every door: page, command line and HTTP API say the same."""
    return answer(question, knowledge_in(folder), site)
