"""The HTTP server beside its rivals: a bare Django view, and the same view under attack.

Other programs on the machine change how many answers a second there are; the processor's time for
an answer changes less, and is printed beside. Each server has two workers with a thread for views.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from bench.pages_bench import Say, _environment, _served, _wait, _wrk, free_port

APP = "bench.bare_site:application"
ROUNDS = 3
SECONDS = 3
PATIENCE = 5.0
START_SECONDS = 2.0
LISTING = "/locator/listing"
FORM = b"sType=SA&pageSize=100000&page=1"
HEAVY = (
    "/api/v1/snapshot.ndjson",
    "/api/v1/snapshot.csv",
    "/api/v1/snapshot.sqlite3",
    LISTING,
    LISTING,
)
WAITRESS = """
import logging, socket, sys, waitress
from bench.bare_site import application
taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
taken.bind(("127.0.0.1", int(sys.argv[1])))
logging.disable(logging.WARNING)
waitress.serve(application, sockets=[taken], threads=1, _quiet=True)
"""


class Measure(NamedTuple):
    """Answers a second, and milliseconds of the processor's time for each."""

    a_second: float
    cpu_ms: float


def commands(port: int) -> dict[str, list[list[str]]]:
    """Each server's processes."""
    granian = ["-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    granian += ["--blocking-threads", "1", "--no-access-log", "--log-level", "error", APP]
    ours = ["-m", "waypost.http_server", APP, "--port", str(port), "--workers", "2"]
    waitress = ["-c", WAITRESS, str(port)]
    return {"Waypost's": [ours], "granian, WSGI": [granian], "waitress": [waitress, waitress]}


@contextmanager
def started(name: str, snapshot: Path) -> Iterator[tuple[str, list[int]]]:
    """A server's address and its processes."""
    port = free_port()
    environment = {**_environment(snapshot), "PYTHONPATH": str(Path(__file__).parents[1])}
    processes = [
        subprocess.Popen([sys.executable, *words], env=environment, stdout=subprocess.DEVNULL)
        for words in commands(port)[name]
    ]
    try:
        _wait(f"http://127.0.0.1:{port}")
        time.sleep(START_SECONDS)  # until the second worker is there as well
        yield f"http://127.0.0.1:{port}", [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def cpu_seconds(pids: list[int]) -> float:
    """What these processes and their children have used."""
    ticks = 0
    for pid in pids:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
        for task in Path(f"/proc/{pid}/task").iterdir():
            children = [int(child) for child in (task / "children").read_text().split()]
            ticks += round(cpu_seconds(children) * os.sysconf("SC_CLK_TCK"))
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(name: str, snapshot: Path, seconds: int, urls: str) -> Measure:
    """One round."""
    with started(name, snapshot) as (address, pids):
        _wrk(address, 1, urls, packed=False)
        before = cpu_seconds(pids)
        load = _wrk(address, seconds, urls, packed=False)
        used = cpu_seconds(pids) - before
    return Measure(load.a_second, used * 1_000 / max(1, load.a_second * seconds))


def under_attack(name: str, snapshot: Path, attack: list[bytes]) -> str:
    """How long a page takes while clients that do nothing hold connections."""
    with started(name, snapshot) as (address, _), ExitStack() as held:
        port = int(address.rpartition(":")[2])
        for sent in attack:
            client = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(sent)
        time.sleep(0.5)
        begun = time.monotonic()
        try:
            urlopen(f"{address}/small?near=78701", timeout=PATIENCE).close()
        except (URLError, TimeoutError):
            return "none"
        return f"{(time.monotonic() - begun) * 1_000:.0f} ms"


def help_now(address: str, seconds: float) -> float:
    """Milliseconds at p99 for the page of help, asked again and again by one visitor."""
    times = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.perf_counter()
        with urlopen(f"{address}/help-now", timeout=60) as answer:
            answer.read()
        times.append((time.perf_counter() - begun) * 1_000)
    times.sort()
    return times[min(len(times) - 1, int(len(times) * 0.99))]


@contextmanager
def heavy_readers(address: str) -> Iterator[Callable[[], int]]:
    """Clients that read whole directories and listings until the end; gives the bytes they read.

    They run in a process of their own: in this one they would take turns with the visitor whose time
    is measured, and the figure would be of the client.
    """
    context = multiprocessing.get_context("spawn")
    ended, read = context.Event(), context.Value("q", 0)
    readers = context.Process(target=keep_reading, args=(address, ended, read), daemon=True)
    readers.start()
    try:
        wait_until = time.monotonic() + 60
        while not read.value and time.monotonic() < wait_until:
            time.sleep(0.05)
        yield lambda: int(read.value)
    finally:
        ended.set()
        readers.join(60)


def keep_reading(address: str, ended: Any, read: Any) -> None:
    """Read every heavy address in a thread of its own, again and again."""

    def reading(path: str) -> None:
        while not ended.is_set():
            try:
                with urlopen(address + path, FORM if path == LISTING else None, 60) as answer:
                    while (part := answer.read(65_536)) and not ended.is_set():
                        with read.get_lock():
                            read.value += len(part)
            except HTTPError as refused:
                if refused.code != 503:  # two at a time are served, others are sent away
                    raise
                ended.wait(0.2)

    threads = [threading.Thread(target=reading, args=(path,), daemon=True) for path in HEAVY]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def while_heavy(snapshot: Path, seconds: float, say: Say) -> None:
    """Print how long the page of help takes alone and beside heavy readers."""
    with _served("waypost.config.wsgi:application", snapshot, {}) as address:
        help_now(address, 1)
        idle = help_now(address, seconds)
        with heavy_readers(address) as read:
            beside = help_now(address, seconds)
    say(
        f"\n/help-now at p99: {idle:.1f} ms alone; {beside:.1f} ms while {len(HEAVY)} clients read "
        f"downloads and listings ({read() / 1e6:,.0f} MB): {beside / idle:.1f} times (target: under 5)"
    )


def run(snapshot: Path, *, quick: bool, say: Say) -> None:
    """Print the tables; rounds of the servers take turns."""
    while_heavy(snapshot, 2 if quick else 10, say)
    half = b"POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n"
    attacks = {"8 half bodies": [half] * 8, "700 empty": [b""] * 700}
    say(
        f"\nA bare Django view, small JSON: 2 workers; a page in {PATIENCE:.0f} s while clients wait"
    )
    if not shutil.which("wrk"):
        say("wrk is not installed (Debian: apt-get install wrk): left out.")
        return
    say(f"{'server':<24}{'a second':>10}{'CPU ms each':>13}" + "".join(f"{a:>15}" for a in attacks))
    urls = Path(os.environ.get("TMPDIR", "/tmp")) / f"bench-small-{os.getpid()}.txt"
    urls.write_text("/small?near=78701\n")
    names = list(commands(0))
    rounds: dict[str, list[Measure]] = {name: [] for name in names}
    for _ in range(1 if quick else ROUNDS):
        for name in names:
            rounds[name].append(measure(name, snapshot, 1 if quick else SECONDS, str(urls)))
    urls.unlink()
    for name in names:
        best = Measure(max(m.a_second for m in rounds[name]), min(m.cpu_ms for m in rounds[name]))
        waits = "".join(f"{under_attack(name, snapshot, a):>15}" for a in attacks.values())
        say(f"{name:<24}{best.a_second:>10,.0f}{best.cpu_ms:>13.2f}{waits}")
