"""What this server knows of plans: the carried files, and the imported ones where there are any."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from waypost.coverage.knowledge import Knowledge, carried_knowledge
from waypost.coverage.plan_search import PlanName, carried_names
from waypost.coverage.store import FILE_NAME, PlanStore, open_store


@cache
def _knowledge(store: PlanStore | None) -> Knowledge:
    return carried_knowledge(store)


def known() -> Knowledge:
    """The rules and plans now; a new import is noticed."""
    return _knowledge(open_store(settings.WAYPOST_DATA_DIR / FILE_NAME))


def plan_names() -> tuple[PlanName, ...]:
    """Every plan that can be looked up."""
    store = open_store(settings.WAYPOST_DATA_DIR / FILE_NAME)
    return carried_names() + (store.names() if store else ())
