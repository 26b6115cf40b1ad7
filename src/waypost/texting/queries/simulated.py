"""Whether texting is simulated here."""

from __future__ import annotations

from waypost.texting.queries.sealed import operator


def simulated() -> bool:
    """Whether this installation's first account is a simulator, so that no real phone is shown."""
    return operator().accounts[0].kind == "simulator"
