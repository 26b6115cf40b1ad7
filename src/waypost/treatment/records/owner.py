"""Whose a record is: each row of `treatment` is one organization's, and is asked for by it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Owner:
    """The organization that owns the records, by its id; first in every query and action."""

    organization: str
