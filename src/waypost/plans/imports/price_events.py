"""Follow the events of an in-network file with a few numbers in hand.

Depths: the whole file is 1, a list in it 2, its items 3, lists in these 4, their items 5, and so
on. A value is known by its section, the depth of its object and its key, so no path is built and
nothing is kept of what is not wanted; an item with another billing code is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from waypost.plans.imports.json_events import DEEPEST

Found = tuple[str, str, Any, str, str]
"""NPI, billing code, amount, network, kind of price."""

Act = Callable[[Any], None]
Watch = tuple[Container[Any] | None, Act]
"""What to do with a key's values: those in the container, or all of them where it is None."""

MOST_ELSEWHERE = 100
REFERENCES, PRICES = "provider_references", "in_network"


class TooDeep(ValueError):
    """JSON that is nested deeper than any file of this kind."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose prices to keep: NPIs; tax ids (digits alone) with their NPIs; billing codes."""

    npis: frozenset[str]
    codes: frozenset[str]
    tins: Mapping[str, frozenset[str]] = field(default_factory=dict)


def _pass_over(_value: Any) -> None:
    """What is not watched is not looked at."""


IGNORE: Watch = ((), _pass_over)
_OBJECTS = frozenset({1, 3, 5, 7})


class PriceReader:
    """Reads events piece by piece; gives what it found of an item when the item ends."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.entity = ""
        self.items = 0
        self.elsewhere: list[str] = []
        self.must_read_again = False
        self._npis = wanted.npis | {int(n) for n in wanted.npis if n.isdigit()}
        self._groups: dict[Any, frozenset[str]] = {}
        self._names: dict[Any, str] = {}
        self._seen: set[str] = set()
        self._group: set[str] = set()
        self._id: Any = None
        self._amount: Any = None
        self._name = self._code = self._type = self._class = ""
        self._kept: list[tuple[str, Any, str, str]] = []
        self._amounts: list[tuple[Any, str]] = []
        self._nothing: list[dict[str, Watch]] = [{} for _depth in range(DEEPEST)]
        self._heads = self._table({(1, "reporting_entity_name"): (None, self._entity)})
        self._sections = {REFERENCES: self._reference_table(), PRICES: self._price_table()}
        self.begin()

    def begin(self) -> None:
        """Begin a pass at the first byte; what is known of the groups is kept."""
        self.items = 0
        self._depth, self._last = 0, ""
        self._watch: Watch = IGNORE
        self._section, self._tables = "", self._heads
        self._new_group()
        self._new_item()

    def read(self, events: Iterable[tuple[str, Any]]) -> Iterator[Found]:
        """Go on with the next events; `TooDeep` where they are nested without end.

        This loop sees every value of files of hundreds of gigabytes: the commonest events stand
        first, and what is not watched costs one look into a container.
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
                (3, "network_name"): (None, self._group_name),
                (3, "location"): (None, self._location),
                (5, "npi"): (self._npis, self._group_npi),
                (6, "value"): (None, self._group_tin),
            }
        )

    def _price_table(self) -> list[dict[str, Watch]]:
        return self._table(
            {
                (3, "billing_code"): (None, self._billing_code),
                (5, "provider_references"): (self._groups, self._refer),
                (7, "npi"): (self._npis, self._group_npi),
                (8, "value"): (None, self._group_tin),
                (7, "negotiated_rate"): (None, self._rate),
                (7, "negotiated_type"): (None, self._rate_type),
                (7, "billing_class"): (None, self._rate_class),
            }
        )

    def _start_section(self, name: str) -> None:
        self._section = name
        self._tables = self._sections.get(self._section, self._nothing)
        if self._section == PRICES and REFERENCES not in self._seen:
            self.must_read_again = True
        self._seen.add(self._section)

    def _end(self, depth: int) -> Iterator[Found]:
        if depth == 3:
            if self._section == REFERENCES:
                self._end_reference()
            elif self._section == PRICES:
                yield from self._end_item()
        elif depth == 1:
            self.must_read_again = self.must_read_again and bool(self._groups)
        elif self._section == PRICES and depth == 5:
            self._end_rate()
        elif self._section == PRICES and depth == 7 and self._amount is not None:
            self._amounts.append((self._amount, f"{self._class} {self._type}".strip()))
            self._amount, self._type, self._class = None, "", ""

    def _end_reference(self) -> None:
        if self._group:
            self._groups[self._id] = frozenset(self._group)
            self._names[self._id] = self._name
        self._new_group()

    def _end_rate(self) -> None:
        for npi in sorted(self._group):
            self._kept.extend((npi, amount, self._name, kind) for amount, kind in self._amounts)
        self._amounts = []
        self._new_group()

    def _end_item(self) -> Iterator[Found]:
        self.items += 1
        if self._code in self.wanted.codes:
            for npi, amount, network, kind in self._kept:
                yield npi, self._code, amount, network, kind
        self._new_item()
        self._tables = self._sections[PRICES]

    def _new_group(self) -> None:
        self._group, self._id, self._name = set(), None, ""

    def _new_item(self) -> None:
        self._code, self._kept = "", []
        self._amounts, self._amount = [], None
        self._type = self._class = ""

    def _entity(self, value: Any) -> None:
        self.entity = str(value)

    def _group_id(self, value: Any) -> None:
        self._id = value

    def _group_name(self, value: Any) -> None:
        self._name = str(value)

    def _location(self, value: Any) -> None:
        if len(self.elsewhere) < MOST_ELSEWHERE:
            self.elsewhere.append(str(value))

    def _group_npi(self, value: Any) -> None:
        self._group.add(str(value))

    def _group_tin(self, value: Any) -> None:
        self._group |= self.wanted.tins.get(str(value).replace("-", ""), frozenset())

    def _billing_code(self, value: Any) -> None:
        self._code = str(value).strip().upper()
        if self._code not in self.wanted.codes:
            self._tables = self._nothing  # until this item ends
            self._kept = []

    def _refer(self, value: Any) -> None:
        self._group |= self._groups[value]
        self._name = self._names[value]

    def _rate(self, value: Any) -> None:
        self._amount = value

    def _rate_type(self, value: Any) -> None:
        self._type = str(value)

    def _rate_class(self, value: Any) -> None:
        self._class = str(value)
