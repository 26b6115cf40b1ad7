"""Which services a site has: one for each level of care that it offers, or one that states none."""

from __future__ import annotations

from collections.abc import Collection

from waypost.directory.facets import FACET, Option

COARSE = (
    "iop", "outpatient", "php", "residential", "inpatient", "withdrawal", "otp", "medication",
    "recovery-housing",
)  # fmt: skip
"""The choices of the facet that lie in no other choice, in the order of a site's services."""

_BY_KEY = {option.key: option for option in FACET["level"].options}
LEVELS: tuple[Option, ...] = tuple(_BY_KEY[key] for key in COARSE)

GENERAL = Option("level", "general", "Treatment, level of care not stated", "", frozenset())
"""Of a site whose lists name no level of care."""

KINDS: tuple[Option, ...] = (*LEVELS, GENERAL)
"""Every kind of service, in order."""


def services_of(codes: Collection[str]) -> tuple[Option, ...]:
    """The services of a site with these codes; never none."""
    return tuple(level for level in LEVELS if level.offered(codes)) or (GENERAL,)
