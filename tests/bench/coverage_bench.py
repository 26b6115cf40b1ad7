"""The coverage checker: the engine's and the page's p95, import speed and memory.

python tests/bench/run.py coverage     (or this file itself)

The national marketplace files are not carried, so a made-up set of their size stands in for them:
22,059 plan variants with 66 benefits each, 1.46 million rows. Imports run in processes of their
own, so that the peak of memory is theirs alone.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import multiprocessing
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

PLANS = 22_059
ASKED = 3_000
PAGES = 300
NPI = "1234567893"
TODAY = date(2026, 11, 28)
Say = Callable[[str], None]


def made_up() -> ModuleType:
    """The made-up files that the importers' tests use."""
    path = Path(__file__).resolve().parents[1] / "made_up_plans.py"
    spec = importlib.util.spec_from_file_location("made_up_plans", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def percentiles(seconds: list[float]) -> str:
    """p50, p95 and the slowest, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return f"p50 {cuts[49] * 1e3:.2f} ms, p95 {cuts[94] * 1e3:.2f} ms, most {max(seconds) * 1e3:.1f} ms"


def timed(work: Callable[[], object], count: int) -> list[float]:
    """Seconds of processor time of each of ``count`` runs: what others run does not count."""
    found = []
    for _run in range(count):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return found


def apart(work: Callable[..., Any], *args: object) -> dict[str, Any]:
    """Run in a process of its own; its result, seconds and peak memory."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, args))


def _measured(work: Callable[..., Any], args: tuple[object, ...]) -> dict[str, Any]:
    for name in ("marketplace", "prices"):  # a program's start is no part of a file's reading
        importlib.import_module(f"waypost.plans.imports.{name}")
    began, began_cpu = time.perf_counter(), time.process_time()
    result = work(*args)
    return {
        "result": result,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - began_cpu,
        "memory_mb": peak_memory(),
    }


def peak_memory() -> float:
    """This process's own peak in megabytes; a child's rusage would begin at its parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def import_marketplace_files(folder: str) -> list[str]:
    """Import the made-up national set."""
    from waypost.plans.imports.marketplace import MarketplaceFiles, import_marketplace

    here = Path(folder)
    names = ("benefits", "attributes", "service-area", "network")
    files = MarketplaceFiles(*(here / f"{name}.csv" for name in names))
    return import_marketplace(files, here / "plans.sqlite3", as_of="2026-01-01").lines()


def read_price_file(path: str) -> int:
    """Read a made-up in-network file; how many prices were ours."""
    from waypost.plans.imports.price_events import PriceReader
    from waypost.plans.imports.price_rows import Wanted
    from waypost.plans.imports.prices import read_prices

    wanted = Wanted(frozenset({NPI}), frozenset({"H0015", "S9480", "0906"}))
    return len(list(read_prices(Path(path), PriceReader(wanted))))


def write_price_file(path: Path, megabytes: int) -> None:
    """An in-network file like real ones: many groups of providers, many codes, few of them ours."""
    chance = random.Random(15)
    groups = megabytes * 250
    with path.open("w", encoding="utf-8") as out:
        out.write('{"reporting_entity_name":"Vandelay","provider_references":[')
        for k in range(groups):
            npis = [chance.randrange(10**9, 2 * 10**9) for _n in range(12)]
            group = {
                "npi": [*npis, int(NPI)] if k == 7 else npis,
                "tin": {"type": "ein", "value": "1"},
            }
            row = {"provider_group_id": k, "network_name": ["Choice"], "provider_groups": [group]}
            out.write(("," if k else "") + json.dumps(row))
        out.write('],"in_network":[')
        price = {"negotiated_type": "negotiated", "expiration_date": "9999-12-31",
                 "service_code": ["11", "22", "02"], "billing_class": "professional"}  # fmt: skip
        for k in range(megabytes * 5):
            rates = [
                {
                    "provider_references": [chance.randrange(groups) for _n in range(6)] + [7],
                    "negotiated_prices": [
                        price | {"negotiated_rate": chance.randrange(9999) / 100}
                    ],
                }
                for _rate in range(500)
            ]
            code = "H0015" if k % 50 == 3 else f"{k:05d}"
            row = {"negotiation_arrangement": "ffs", "billing_code_type": "HCPCS",
                   "billing_code": code, "negotiated_rates": rates}  # fmt: skip
            out.write(("," if k else "") + json.dumps(row))
        out.write("]}")


def engine(say: Say) -> None:
    """One answer of the engine, over all kinds of questions."""
    from waypost.coverage.answer import answer
    from waypost.coverage.knowledge import carried_knowledge
    from waypost.coverage.question import read_question
    from waypost.plans.advantage import segments
    from waypost.plans.insurance import Insurance
    from waypost.values.level_of_care import LevelOfCare

    chance, knowledge = random.Random(4), carried_knowledge()
    plans = [*segments(), "40220TX0080024-01"]
    kinds = [*Insurance, *[Insurance.ADVANTAGE] * 12, *[Insurance.MARKETPLACE] * 6]
    questions = iter(
        [
            read_question(
                {
                    "insurance": (kind := chance.choice(kinds)),
                    "care": chance.choice(list(LevelOfCare)),
                    "state": chance.choice(["TX", "FL", "CA", "OH"]),
                    "plan": plans[-1] if kind is Insurance.MARKETPLACE else chance.choice(plans),
                    "price": chance.choice(["", "250"]),
                }
            )
            for _question in range(ASKED)
        ]
    )
    knowledge.plan(plans[0], LevelOfCare.IOP)  # reads the carried files once
    say(f"engine, {ASKED:,} answers: {percentiles(timed(lambda: answer(next(questions), knowledge, TODAY), ASKED))}"
        " (goal: p95 under 2 ms)")  # fmt: skip


def page(say: Say, folder: Path) -> None:
    """The whole answer page, in process, without the network."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    os.environ.setdefault("WAYPOST_DATA_DIR", str(folder))
    import django

    django.setup()
    from django.test import Client

    sent = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan": "40220TX0080024-01"}
    client = Client(SERVER_NAME="localhost")
    if client.post("/coverage/answer", sent).status_code != 200:
        raise RuntimeError("the answer page does not answer")
    found = timed(lambda: client.post("/coverage/answer", sent), PAGES)
    say(f"whole page, {PAGES} posts: {percentiles(found)} (goal: p95 under 50 ms)")


def marketplace(say: Say, folder: Path, plans: int) -> None:
    """Import a set of the national size and look its plans up."""
    from waypost.coverage.knowledge import carried_knowledge
    from waypost.plans.plan_search import carried_names, search_plans
    from waypost.plans.store import PlanStore
    from waypost.values.level_of_care import LevelOfCare

    size = sum(path.stat().st_size for path in made_up().full_size(folder, plans)) / 1e6
    told = apart(import_marketplace_files, str(folder))
    store = PlanStore(folder / "plans.sqlite3")
    say(
        f"marketplace import, {plans:,} plans, {size:.0f} MB: {told['seconds']:.1f} s "
        f"({told['cpu']:.1f} s of processor), peak {told['memory_mb']:.0f} MB, file "
        f"{store.path.stat().st_size / 1e6:.1f} MB (goals: 180 s, 1,024 MB, 20 MB)"
    )
    ids = iter([n.id for n in store.read_names()] * 3)
    knowledge = carried_knowledge(store)
    found = timed(lambda: knowledge.plan(next(ids), LevelOfCare.IOP), min(2_000, plans))
    say(f"plan look-up: {percentiles(found)} (goal: under 1 ms)")
    names = carried_names() + store.read_names()
    say(f"plan search over {len(names):,}: {percentiles(timed(lambda: search_plans('vandelai gold', names), 50))}")  # fmt: skip


def prices(say: Say, folder: Path, sizes: tuple[int, ...]) -> None:
    """Read in-network files of two sizes: the same speed, the same memory."""
    for megabytes in sizes:
        path = folder / f"prices-{megabytes}.json"
        write_price_file(path, megabytes)
        size = path.stat().st_size / 1e6
        told = apart(read_price_file, str(path))
        say(
            f"in-network file of {size:.0f} MB: {size / told['seconds']:.0f} MB/s, "
            f"{size / told['cpu']:.0f} MB a second of processor, peak {told['memory_mb']:.0f} MB, "
            f"{told['result']:,} prices ours (goal: 50 MB/s, constant memory)"
        )
        path.unlink()


def run(snapshot: Path, *, quick: bool, say: Say) -> None:
    """Measure everything and say it."""
    say("== coverage")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine(say)
        page(say, snapshot.parent)
        marketplace(say, folder, 2_000 if quick else PLANS)
        prices(say, folder, (20, 60) if quick else (100, 400))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from bench.run import say as say_line
    from bench.run import snapshot as published

    run(published(), quick="--quick" in sys.argv, say=say_line)
