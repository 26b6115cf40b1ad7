"""The registry's table as it would stream at any size: made on the fly, through a pipe, no disk.

The writer is a process of its own, so that only the reading is measured. Rows repeat in blocks of
20,000, each under an NPI of its own.
"""

from __future__ import annotations

import io
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import made_up_nppes
from bench.memory import peak_megabytes
from waypost.sources.nppes import layout
from waypost.sources.nppes.reading import RowsSeen, organizations_in

BLOCK = 20_000
ORGANIZATIONS, OURS = 0.22, 0.012
"""The shares of organizations, and of those with a taxonomy of ours, as CMS's counts have them."""
LOOKS = 8
"""How often the reader's memory is looked at on the way."""


@dataclass(frozen=True)
class PipeRead:
    """What reading so many bytes took; ``processor`` are seconds of this process alone."""

    rows: int
    size: int
    kept: int
    seconds: float
    processor: float
    held: list[int]
    peak: int


def block() -> Iterator[str]:
    """The header, and the rows of a block."""
    chance = random.Random(1)

    def made(number: int) -> dict[str, str]:
        kind = chance.random()
        if kind > ORGANIZATIONS:
            return made_up_nppes.row(number, ENTITY="1", NAME="")
        first = layout.TAXONOMIES_OF_A_ROW[0]
        return made_up_nppes.row(number) | {first: "261QR0405X" if kind < OURS else "332B00000X"}

    return made_up_nppes.lines(made(number) for number in range(BLOCK))


def read_through_a_pipe(size: int) -> PipeRead:
    """Read ``size`` bytes and the rest of a block; for a process of its own."""
    into, out = os.pipe()
    writer = get_context("fork").Process(target=_write, args=(out, into, size))
    writer.start()
    os.close(out)
    start, processor, seen = time.perf_counter(), time.process_time(), RowsSeen()
    held: list[int] = []
    kept = 0
    with io.FileIO(into) as raw:
        counted = _Counting(raw)
        for _ in organizations_in(io.BufferedReader(counted, 1 << 20), "the pipe", seen):
            kept += 1
            if counted.size > size * (len(held) + 1) // LOOKS:
                held.append(_resident())
    took = time.perf_counter() - start, time.process_time() - processor
    writer.join()
    return PipeRead(seen.rows, counted.size, kept, *took, held, max([peak_megabytes(), *held]))


class _Counting(io.RawIOBase):
    def __init__(self, inner: io.FileIO) -> None:
        self.inner, self.size = inner, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        count = self.inner.readinto(buffer) or 0
        self.size += count
        return count


def _write(out: int, into: int, size: int) -> None:
    os.close(into)
    head, *rows = (line.encode() for line in block())
    tails = [row.partition(b",")[2] for row in rows]
    ours = [b"261QR0405X" in row for row in rows]
    written = number = 0
    with open(out, "wb", buffering=0) as pipe:
        pipe.write(head)
        while written < size:
            made = [
                b'"%s",%s' % (_npi(number + i, checked=ours[i]), tail)
                for i, tail in enumerate(tails)
            ]
            number += BLOCK
            data = memoryview(b"".join(made))
            written += len(data)
            while data:
                data = data[pipe.write(data) :]
    os._exit(0)


def _npi(number: int, *, checked: bool) -> bytes:
    """Rows that the reader keeps have an NPI whose last digit is right."""
    return (made_up_nppes.npi(number) if checked else f"1{number:09}").encode()


def _resident() -> int:
    """MB that this process holds now; 0 where the machine does not say."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return 0
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20


if __name__ == "__main__":
    sys.stdout.write(f"{read_through_a_pipe(int(sys.argv[1]))}\n")
