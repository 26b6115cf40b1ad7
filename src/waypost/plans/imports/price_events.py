"""Follows the events of an in-network file with only a few values in memory.

Depths: the whole file is 1, a list in it 2, its items 3, lists in these 4, their items 5, and so
on. A value is identified by its section, the depth of its object and its key, so no path is built
and nothing unwanted is kept; an item with another billing code is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

from waypost.plans.imported import tax_number
from waypost.plans.imports.json_events import DEEPEST
from waypost.plans.imports.price_rows import (
    FileHead,
    PriceRow,
    StatedPrice,
    Wanted,
    plain_code,
    plain_group_id,
)

Act = Callable[[Any], None]
Watch = tuple[Container[Any] | None, Act]
"""What to do with a key's values: those in the container, or all of them where it is None."""

MOST_ELSEWHERE = 100
REFERENCES, PRICES = "provider_references", "in_network"


class TooDeep(ValueError):
    """JSON that is nested deeper than any file of this kind."""


def _pass_over(_value: Any) -> None:
    """Ignore a value that nobody watches."""


IGNORE: Watch = ((), _pass_over)
_OBJECTS = frozenset({1, 3, 5, 7})


class PriceReader:
    """Reads events piece by piece and yields an item's prices when the item ends."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.head = FileHead()
        self.items = 0
        self.elsewhere: list[str] = []
        self.must_read_again = False
        self._npis = wanted.npis | {int(n) for n in wanted.npis if n.isdigit()}
        self._groups: dict[Any, tuple[frozenset[str], str]] = {}
        self._seen: set[str] = set()
        self._numbers: set[str] = set()
        self._id: Any = None
        self._network = self._code = self._code_type = self._arrangement = ""
        self._price = StatedPrice()
        self._prices: list[StatedPrice] = []
        self._kept: list[tuple[str, StatedPrice, str]] = []
        self._nothing: list[dict[str, Watch]] = [{} for _depth in range(DEEPEST)]
        self._heads = self._table({(1, name): (None, self._put(name)) for name in FileHead.KEYS})
        self._sections = {REFERENCES: self._reference_table(), PRICES: self._price_table()}
        self.begin()

    def begin(self) -> None:
        """Start a pass at the first byte; what is known about the groups is kept."""
        self.items = 0
        self._depth, self._last = 0, ""
        self._watch: Watch = IGNORE
        self._section, self._tables = "", self._heads
        self._new_group()
        self._new_item()

    def read(self, events: Iterable[tuple[str, Any]]) -> Iterator[PriceRow]:
        """Continue with the next events; raises `TooDeep` where they are nested too deeply.

        This loop sees every value of files of hundreds of gigabytes, so the commonest events come
        first, and an unwatched value costs one look into a container.
        """
        depth, last, tables = self._depth, self._last, self._tables
        watched, act = self._watch
        for event, value in events:
            if event == "number" or event == "string":  # noqa: PLR1714 - two quick comparisons
                if watched is None or value in watched:
                    act(value)
                    tables = self._tables
            elif event == "map_key":
                last = value
                watched, act = tables[depth].get(value, IGNORE)
            elif event == "start_map" or event == "start_array":  # noqa: PLR1714
                depth += 1
                if depth == 2:
                    self._start_section(last)
                    tables = self._tables
                elif depth >= DEEPEST:
                    raise TooDeep(f"objects within objects, {DEEPEST} deep")
            elif event == "end_map" or event == "end_array":  # noqa: PLR1714
                if event == "end_map" and depth in _OBJECTS:
                    yield from self._end(depth)
                    tables = self._tables
                elif depth == 2:
                    self._tables = tables = self._heads  # the file's own fields may follow a list
                depth -= 1
        self._depth, self._last, self._tables = depth, last, tables
        self._watch = (watched, act)

    def _table(self, acts: Mapping[tuple[int, str], Watch]) -> list[dict[str, Watch]]:
        table: list[dict[str, Watch]] = [{} for _depth in range(DEEPEST)]
        for (depth, key), watch in acts.items():
            table[depth][key] = watch
        return table

    def _reference_table(self) -> list[dict[str, Watch]]:
        return self._table(
            {
                (3, "provider_group_id"): (None, self._group_id),
                (3, "network_name"): (None, self._network_name),
                (3, "location"): (None, self._location),
                (5, "npi"): (self._npis, self._group_npi),
                (6, "value"): (None, self._group_tin),
            }
        )

    def _price_table(self) -> list[dict[str, Watch]]:
        return self._table(
            {
                (3, "billing_code"): (None, self._billing_code),
                (3, "billing_code_type"): (None, self._billing_code_type),
                (3, "negotiation_arrangement"): (None, self._negotiation),
                (5, "provider_references"): (self._groups, self._refer),
                (7, "npi"): (self._npis, self._group_npi),
                (8, "value"): (None, self._group_tin),
                **{(7, key): (None, self._state(key)) for key in StatedPrice.KEYS},
            }
        )

    def _start_section(self, name: str) -> None:
        self._section = name
        self._tables = self._sections.get(self._section, self._nothing)
        if self._section == PRICES and REFERENCES not in self._seen:
            self.must_read_again = True
        self._seen.add(self._section)

    def _end(self, depth: int) -> Iterator[PriceRow]:
        if depth == 3:
            if self._section == REFERENCES:
                self._end_reference()
            elif self._section == PRICES:
                yield from self._end_item()
        elif depth == 1:
            self.must_read_again = self.must_read_again and bool(self._groups)
        elif self._section == PRICES and depth == 5:
            self._end_rate()
        elif self._section == PRICES and depth == 7 and self._price.is_stated:
            self._prices.append(self._price)
            self._price = StatedPrice()

    def _end_reference(self) -> None:
        if self._numbers:
            group = frozenset(self._numbers), self._network
            for key in plain_group_id(self._id):
                self._groups[key] = group
        self._new_group()

    def _end_rate(self) -> None:
        for number in sorted(self._numbers):
            self._kept.extend((number, price, self._network) for price in self._prices)
        self._prices = []
        self._new_group()

    def _end_item(self) -> Iterator[PriceRow]:
        self.items += 1
        if self._code in self.wanted.codes:
            for number, price, network in self._kept:
                yield PriceRow(
                    number, self._code, self._code_type, self._arrangement, price, network
                )
        self._new_item()
        self._tables = self._sections[PRICES]

    def _new_group(self) -> None:
        self._numbers, self._id, self._network = set(), None, ""

    def _new_item(self) -> None:
        self._code = self._code_type = self._arrangement = ""
        self._kept, self._prices = [], []
        self._price = StatedPrice()

    def _put(self, name: str) -> Act:
        return lambda value: setattr(self.head, name, str(value))

    def _state(self, key: str) -> Act:
        return lambda value: self._price.state(key, value)

    def _group_id(self, value: Any) -> None:
        self._id = value

    def _network_name(self, value: Any) -> None:
        self._network = f"{self._network}, {value}" if self._network else str(value)

    def _location(self, value: Any) -> None:
        if len(self.elsewhere) < MOST_ELSEWHERE:
            self.elsewhere.append(str(value))

    def _group_npi(self, value: Any) -> None:
        self._numbers.add(str(int(value)) if isinstance(value, float) else str(value))

    def _group_tin(self, value: Any) -> None:
        number = tax_number(str(value))
        if number in self.wanted.npis or number in self.wanted.tax_ids:
            self._numbers.add(number)

    def _billing_code(self, value: Any) -> None:
        self._code = plain_code(str(value))
        if self._code not in self.wanted.codes:
            self._tables = self._nothing  # until this item ends
            self._kept = []

    def _billing_code_type(self, value: Any) -> None:
        self._code_type = str(value)

    def _negotiation(self, value: Any) -> None:
        self._arrangement = str(value)

    def _refer(self, value: Any) -> None:
        numbers, network = self._groups[value]
        self._numbers |= numbers
        self._network = network
