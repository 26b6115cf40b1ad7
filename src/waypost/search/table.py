"""The facet table: rows sorted by place, facets as bits, 64 rows per word.

Word ``[b, c]`` of a part holds column ``c`` of the 64 rows of block ``b``, so that a query touches
only the blocks that its circle touches, and counting all options there takes one AND and one
population count over contiguous memory. A group of very many columns, such as all service codes,
is a part of its own, so that the facets that every search counts are close together in memory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from waypost.search.bands import BLOCK
from waypost.search.query import Words, packed
from waypost.search.remembered import Remembered

_ONE = np.uint64(1)


class UnknownColumn(KeyError):
    """A query names a column or a group that the index does not have."""


@dataclass(frozen=True)
class FacetTable:
    """Rows sorted by band and longitude with their facet bits.

    ``order[row]`` is the position at which the row was given; ties in distance fall back to it.
    ``vectors`` has shape (3, blocks, 64), a part (blocks, columns).
    """

    size: int
    order: npt.NDArray[np.int32]
    lats: npt.NDArray[np.float64]
    lons: npt.NDArray[np.float64]
    vectors: npt.NDArray[np.float32]
    starts: npt.NDArray[np.int64]
    parts: tuple[Words, ...]
    groups: Mapping[str, tuple[str, ...]]
    position: Mapping[str, int] = field(repr=False, default_factory=dict)

    @cached_property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """The first and one past the last column of each group."""
        spans, at = {}, 0
        for group, names in self.groups.items():
            spans[group] = (at, at + len(names))
            at += len(names)
        return spans

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All columns in their order."""
        return tuple(name for names in self.groups.values() for name in names)

    @cached_property
    def whole(self) -> Words:
        """The mask of all rows: one bit per row, none for the padding at the end."""
        return packed(np.ones(self.size, dtype=np.bool_), self.block_count)

    @cached_property
    def all_blocks(self) -> npt.NDArray[np.int64]:
        """The number of every block."""
        return np.arange(self.block_count)

    @cached_property
    def remembered(self) -> Remembered:
        """The cache of country-wide answers; four bytes per row are enough for about thirty."""
        return Remembered(4 * self.size)

    @property
    def block_count(self) -> int:
        """How many blocks of 64 rows there are."""
        return len(self.parts[0])

    @property
    def blocks(self) -> Words:
        """All parts side by side, as a snapshot stores them; a copy."""
        return np.concatenate(self.parts, axis=1)

    @cached_property
    def part_starts(self) -> tuple[int, ...]:
        """The first column of each part, and one past the last."""
        return (0, *accumulate(part.shape[1] for part in self.parts))

    def section(self, start: int, end: int) -> Words:
        """The words of a run of columns, which lies in one part."""
        at = bisect_right(self.part_starts, start) - 1
        first = self.part_starts[at]
        return self.parts[at][:, start - first : end - first]

    def by_column(self, start: int, end: int) -> Words:
        """The same words, those of each column side by side: what counts most of a large directory
        reads them twice as fast so (`make bench`, search)."""
        at = bisect_right(self.part_starts, start) - 1
        if at not in self._by_column:
            self._by_column[at] = np.ascontiguousarray(self.parts[at].T)
        first = self.part_starts[at]
        return self._by_column[at][start - first : end - first]

    @cached_property
    def _by_column(self) -> dict[int, Words]:
        """The parts that were asked for by column: codes never are, and are most of a table."""
        return {}

    def runs(self, groups: tuple[str, ...]) -> list[tuple[int, int]]:
        """Spans of these groups' columns; neighbors in one part are joined and counted at once."""
        runs: list[tuple[int, int]] = []
        for start, end in sorted(self.spans[group] for group in groups):
            if runs and runs[-1][1] == start and start not in self.part_starts:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        return runs

    def counted(self, groups: tuple[str, ...]) -> tuple[str, ...]:
        """The columns of these groups in the table's order."""
        if groups not in self._counted:
            runs = self.runs(groups)
            self._counted[groups] = tuple(n for a, b in runs for n in self.names[a:b])
        return self._counted[groups]

    @cached_property
    def _counted(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The columns of the groups that were counted together before: few sets of groups are."""
        return {}

    def words(self, name: str, blocks: npt.NDArray[np.int64]) -> Words:
        """A column's words in some blocks."""
        at = self.column(name)
        if blocks is self.all_blocks and bisect_right(self.part_starts, at) - 1 in self._by_column:
            run: Words = self.by_column(at, at + 1)[0]
            return run
        column: Words = self.section(at, at + 1)[:, 0]
        return column if blocks is self.all_blocks else column[blocks]

    def column(self, name: str) -> int:
        """The position of a column; `UnknownColumn` where there is none."""
        try:
            return self.position[name]
        except KeyError as error:
            raise UnknownColumn(name) from error

    def offer(self, name: str, rows: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Which of these rows have a column."""
        at = self.column(name)
        words = self.section(at, at + 1)[rows // BLOCK, 0]
        present: npt.NDArray[np.bool_] = words >> (rows % BLOCK).astype(np.uint64) & _ONE != 0
        return present

    def to_arrays(self) -> dict[str, np.ndarray]:
        """The whole index as arrays that a snapshot can store."""
        return {
            "order": self.order,
            "lats": self.lats,
            "lons": self.lons,
            "blocks": self.blocks,
            "columns": np.array(self.names, dtype=np.str_),
            "groups": np.array(
                [g for g, names in self.groups.items() for _ in names], dtype=np.str_
            ),
        }
