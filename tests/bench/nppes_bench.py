"""The registry's monthly file at its full size, read from its zip; and who proposes pairs how well."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import made_up_nppes
from archives import Archive
from bench.memory import peak_megabytes
from bench.nppes_pipe import BLOCK, block, read_through_a_pipe
from waypost.directory.site import Site
from waypost.publishing.reader import Snapshot
from waypost.sources.nppes.linking import Propose, link, plain_pairs
from waypost.sources.nppes.reading import NppesOrganization, RowsSeen, organizations

ROWS = 180_000
"""Rows of the zip that is written to disk: a fiftieth of the file of 2026."""
FULL = 10e9
"""Bytes of the table of 2026, unpacked."""


def run(*, snapshot: Path, quick: bool, gigabytes: float, say: Any) -> None:
    """Print rows a second and memory, and what each way of proposing finds."""
    _zip(say)
    _pipe(int((0.1 if quick else gigabytes) * 1e9), say)
    sites = [site for _, site in Snapshot(snapshot).walk() if site.phones and site.street]
    sites = sites[:2_000] if quick else sites
    say(f"\nLinking {len(sites):,} programs with a made-up registry of their own spelling")
    _linking("plain blocks", sites, plain_pairs, say)
    if find_spec("splink"):
        from waypost.sources.nppes.splink_pairs import splink_pairs

        _linking("Splink", sites, splink_pairs, say)


def _zip(say: Any) -> None:
    say(f"\nNPPES: {ROWS:,} rows of 330 columns from a zip (each reading in a process of its own)")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "NPPES.zip"
        size = _write(path, ROWS)
        seconds, kept, memory = _apart(_read, path)
    say(f"{seconds:8.1f} s  {ROWS / seconds:10,.0f} rows/s  {size / seconds / 1e6:7.0f} MB/s unpacked"
        f"  {kept:,} kept  peak {memory:.0f} MB")  # fmt: skip


def _pipe(size: int, say: Any) -> None:
    say(f"\nNPPES: {size / 1e9:.1f} GB through a pipe, made on the fly")
    done = _apart(read_through_a_pipe, size)
    say(f"{done.seconds:8.1f} s  {done.rows:,} rows  {done.rows / done.seconds:10,.0f} rows/s"
        f"  {done.size / done.seconds / 1e6:7.0f} MB/s  {done.kept:,} kept")  # fmt: skip
    say(
        f"         of the processor: {done.processor:.1f} s, {done.rows / done.processor:,.0f} rows/s"
    )
    say(f"         MB held on the way: {' '.join(map(str, done.held))}; peak {done.peak}")
    whole = FULL / done.size
    say(f"         extrapolated to {FULL / 1e9:.0f} GB, each row like the last: "
        f"{done.seconds * whole / 60:.1f} minutes like this, {done.processor * whole / 60:.1f} of the processor")  # fmt: skip


def _apart(act: Any, given: Any) -> Any:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(act, given).result()


def _write(path: Path, rows: int) -> int:
    """A zip of so many rows; how many bytes its table unpacks to."""
    import zipfile

    table_text = "".join(block()).encode()
    head, _, body = table_text.partition(b"\n")
    with (
        Archive(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(made_up_nppes.member(made_up_nppes.TABLE), "w", force_zip64=True) as table,
    ):
        table.write(head + b"\n")
        for _ in range(rows // BLOCK):
            table.write(body)
    return len(body) * (rows // BLOCK)


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
