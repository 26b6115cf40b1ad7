"""What a server knows of plans: the carried files, and the imported ones in its data folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from waypost.coverage.answer import answer
from waypost.coverage.knowledge import Knowledge, carried_knowledge
from waypost.coverage.listing import Listing
from waypost.coverage.parts import CoverageAnswer
from waypost.coverage.plan_search import PlanName, carried_names
from waypost.coverage.question import Question
from waypost.coverage.store import FILE_NAME, PlanStore, open_store


@lru_cache(maxsize=2)
def _knowledge(store: PlanStore | None) -> Knowledge:
    return carried_knowledge(store)


def knowledge_in(folder: Path) -> Knowledge:
    """The rules and plans now; a new import is noticed.

    Raises:
        BadStore: the imported file is not what it should be.
    """
    return _knowledge(open_store(folder / FILE_NAME))


def plan_names_in(folder: Path) -> tuple[PlanName, ...]:
    """Every plan that can be looked up, the carried ones first."""
    store = open_store(folder / FILE_NAME)
    return carried_names() + (store.names() if store else ())


def ask(question: Question, folder: Path, site: Listing | None = None) -> CoverageAnswer:
    """The one call of every door: page, command line and HTTP API say the same."""
    return answer(question, knowledge_in(folder), site)
