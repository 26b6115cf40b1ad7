"""The registry's monthly file at its full size, read from its zip; and who proposes pairs how well."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import made_up_nppes
from archives import Archive
from bench.memory import peak_megabytes
from waypost.directory.site import Site
from waypost.publishing.reader import Snapshot
from waypost.sources.nppes import layout
from waypost.sources.nppes.linking import Propose, link, plain_pairs
from waypost.sources.nppes.reading import NppesOrganization, RowsSeen, organizations

FULL = 9_000_000
"""Rows of the file of 2026, about ten gigabytes."""
BLOCK = 20_000
"""Rows that are made once and written again and again: what is measured is the reading."""
ORGANIZATIONS, OURS = 0.22, 0.012
"""The shares of organizations, and of those with a taxonomy of ours, as CMS's counts have them."""


def run(*, snapshot: Path, quick: bool, say: Any) -> None:
    """Print rows a second and peak memory, and what each way of proposing finds."""
    rows = FULL // 50 if quick else FULL
    say(f"\nNPPES: {rows:,} rows of 330 columns, streamed from the zip (in a process of its own)")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "NPPES.zip"
        size = _write(path, rows)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            seconds, kept, memory = pool.submit(_read, path).result()
    say(f"{seconds:8.1f} s  {rows / seconds:10,.0f} rows/s  {size / seconds / 1e6:7.0f} MB/s unpacked"
        f"  {kept:,} kept  peak {memory:.0f} MB")  # fmt: skip
    sites = [site for _, site in Snapshot(snapshot).walk() if site.phones and site.street]
    sites = sites[:2_000] if quick else sites
    say(f"\nLinking {len(sites):,} programs with a made-up registry of their own spelling")
    _linking("plain blocks", sites, plain_pairs, say)
    if find_spec("splink"):
        from waypost.sources.nppes.splink_pairs import splink_pairs

        _linking("Splink", sites, splink_pairs, say)


def _write(path: Path, rows: int) -> int:
    """A zip of so many rows; how many bytes its table unpacks to."""
    import zipfile

    block = "".join(_block()).encode()
    head, _, block = block.partition(b"\n")
    with (
        Archive(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(made_up_nppes.member(made_up_nppes.TABLE), "w", force_zip64=True) as table,
    ):
        table.write(head + b"\n")
        for _ in range(rows // BLOCK):
            table.write(block)
    return len(block) * (rows // BLOCK)


def _block() -> Iterator[str]:
    chance = random.Random(1)

    def made(number: int) -> dict[str, str]:
        kind = chance.random()
        if kind > ORGANIZATIONS:
            return made_up_nppes.row(number, ENTITY="1", NAME="")
        ours = kind < OURS
        first = layout.TAXONOMIES_OF_A_ROW[0]
        return made_up_nppes.row(number) | {first: "261QR0405X" if ours else "332B00000X"}

    return made_up_nppes.lines(made(number) for number in range(BLOCK))


def _read(path: Path) -> tuple[float, int, float]:
    start, seen = time.perf_counter(), RowsSeen()
    kept = sum(1 for _ in organizations(path, seen))
    return time.perf_counter() - start, kept, peak_megabytes()


def _linking(name: str, sites: list[Site], propose: Propose, say: Any) -> None:
    found, truth = _registry(sites)
    start = time.perf_counter()
    linked = link(sites, found, propose)
    seconds = time.perf_counter() - start
    right = sum(truth.get(made.site_id) == made.npi for made in linked.links)
    say(f"{name:>14}: {seconds:6.1f} s  {linked.proposed:>9,} pairs proposed  {len(linked.links):,} linked"
        f"  precision {right / max(1, len(linked.links)):.4f}  recall {right / max(1, len(truth)):.3f}")  # fmt: skip


def _registry(sites: list[Site]) -> tuple[list[NppesOrganization], dict[str, str]]:
    """Each program as it might write itself in capitals, some under another number or name."""
    chance, found, truth = random.Random(2), [], {}
    for number, site in enumerate(sites):
        npi = made_up_nppes.npi(number)
        name = site.name.upper() + chance.choice(("", " INC", " LLC"))
        phone = (
            site.phones[0].e164[2:] if chance.random() < 0.8 else f"555{chance.randrange(10**7):07}"
        )
        if chance.random() < 0.1:
            name = site.name2.upper() or name
        truth[site.id] = npi
        found.append(NppesOrganization(npi, name, site.name2.upper(), site.street.upper(), site.street2.upper(),
                                       site.city.upper(), site.state, site.zip, phone, ("261QR0405X",), None))  # fmt: skip
    return found, truth
