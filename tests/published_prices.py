"""In-network files in memory, for the tests of the checker."""

from __future__ import annotations

from datetime import date

from waypost.coverage.listing import ProgramListing
from waypost.plans.imported import PriceFile, PublishedPrice
from waypost.values.saying import SourceNote

NPI = "1234567893"
PROGRAM = ProgramListing(
    "site_a", "A Program", "TX", frozenset(), frozenset(), frozenset(), date(2023, 12, 31), (NPI,)
)


def price_file(*issuers, plans=(), number=1):
    """An in-network file of an entity, which names plans or none."""
    note = SourceNote(f"prices-{number}", "in-network", issuers[0], "", "2026-11-01")
    return PriceFile(number, note, issuers, plans)


class Prices:
    """In-network files in memory: what the store does, in the obvious way."""

    def __init__(self, *prices):
        self.rows = prices

    def plan(self, plan_id, care):
        return None

    def versions(self, plan_id):
        return ()

    def network(self, plan_id, npis, year):
        return None

    def network_npis(self, plan_id, year):
        return None

    def serves(self, plan_id, state, county):
        return None

    def price_files(self):
        return tuple(dict.fromkeys(price.file for price in self.rows))

    def prices(self, codes, today, *, programs=None, files=None):
        kept = [
            p for p in self.rows
            if p.code in codes and (programs is None or p.program in programs)
            and (files is None or p.file in files)
        ]  # fmt: skip
        return tuple(sorted(kept, key=lambda p: (p.cents, p.program, p.code, p.file.number)))


def priced(file, cents, program=NPI, code="H0015"):
    """One price in a file."""
    return PublishedPrice(file, program, code, cents, "negotiated")
