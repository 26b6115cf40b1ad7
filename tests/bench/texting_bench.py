"""Texting: how fast texts leave, and what is left after workers were killed.

Sending goes through a carrier on this machine that takes 50 ms for each text.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from bench import postgres_server
from bench.texting_processor import children, of_all, of_family, postmaster
from running import held_port, until
from waypost.texting.carriers.twilio import signature

HERE = Path(__file__).parent
AHEAD = "TEXTING_MEASURE_AHEAD"
os.environ[AHEAD] = str(datetime(2026, 12, 1, 18, tzinfo=UTC).timestamp() - time.time())
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sending:
    """Texts a second, and milliseconds of processor time that each text cost, by program."""

    speed: float
    worker: float
    carrier: float
    database: float

    def __str__(self) -> str:
        parts = {"worker": self.worker, "PostgreSQL": self.database}
        ours = sum(parts.values())
        cost = ", ".join(f"{name} {ms:.2f}" for name, ms in parts.items() if ms)
        return (
            f"{self.speed:,.0f} a second; processor time a text: {ours:.2f} ms ({cost}), "
            f"besides {self.carrier:.2f} ms of the carrier"
        )


@contextmanager
def carrier(milliseconds: int, pids: list[int] | None = None) -> Iterator[str]:
    """The measuring carrier; gives its address, and adds its process to ``pids``."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "texting_carrier.py"), str(milliseconds)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    if pids is not None:
        pids.append(process.pid)
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def asked(url: str) -> list[float]:
    """What the carrier counted."""
    with urlopen(url, timeout=20) as answer:
        return json.load(answer)


def environment(folder: str, url: str = "") -> dict[str, str]:
    """The settings of an installation of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WAYPOST_")}
    paths = {"WAYPOST_DATA_DIR": folder, "WAYPOST_PRIVATE_DIR": f"{folder}/private"}
    return kept | paths | {"WAYPOST_PRIVATE_DATABASE_URL": url, AHEAD: os.environ[AHEAD]}


def stand(env: dict[str, str], *words: str) -> str:
    """Run one of the stand's programs to its end."""
    command = [sys.executable, str(HERE / "texting_stand.py"), *words]
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=3600, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def worker(env: dict[str, str], url: str, threads: int, lease: float = 60) -> subprocess.Popen[str]:
    """A worker that has read its files and waits for `go`."""
    words = ["work", url, str(threads), str(lease)]
    process = subprocess.Popen(
        [sys.executable, str(HERE / "texting_stand.py"), *words],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    if process.stdout.readline() != "ready\n":
        raise RuntimeError("a worker did not start")
    return process


def go(team: list[subprocess.Popen[str]]) -> None:
    """Let workers begin, all at once."""
    for process in team:
        assert process.stdin is not None
        process.stdin.close()


def ended(process: subprocess.Popen[str]) -> None:
    """Stop a worker kindly."""
    process.terminate()
    process.wait(60)
    if process.stdout is not None:
        process.stdout.close()


def sustained(
    env: dict[str, str], people: int, workers: int, threads: int, database: int = 0
) -> Sending:
    """Texts a second from the first to the last, with a carrier that takes 50 ms.

    ``database`` is the process of the database server, if there is one.
    """
    pids: list[int] = []
    with carrier(50, pids) as url:
        stand(env, "fill", str(people), "4")
        with ThreadPoolExecutor(workers) as pool:
            team = list(pool.map(lambda _: worker(env, url, threads), range(workers)))

        def spent() -> tuple[float, float, float]:
            server = of_family(database) if database else 0.0
            return of_all(process.pid for process in team), of_all(pids), server

        go(team)
        while not asked(f"{url}/counts")[0]:
            time.sleep(0.01)
        begun, before, sent = time.monotonic(), spent(), asked(f"{url}/counts")[0]
        while asked(f"{url}/counts")[0] < people:
            time.sleep(0.1)
        speed = (people - sent) / (time.monotonic() - begun)
        costs = [(b - a) * 1000 / (people - sent) for a, b in zip(before, spent(), strict=True)]
        for process in team:
            ended(process)
        total, numbers, most = asked(f"{url}/counts")
        assert (total, numbers, most) == (people, people, 1), (total, numbers, most)
    return Sending(speed, *costs)


def killed(env: dict[str, str], people: int, kills: int, seed: int = 988) -> tuple[int, int, str]:
    """Kill a worker with -9 again and again; how many were never sent, doubled, and the states."""
    with carrier(50) as url:
        stand(env, "fill", str(people), "4")
        stand(env, "kills", url, str(kills), str(seed))
        process = worker(env, url, 16, lease=3)
        go([process])
        deadline = time.monotonic() + 120
        while f"sent={people}" != (states := stand(env, "left")) and time.monotonic() < deadline:
            time.sleep(0.5)
        ended(process)
        total, numbers, _ = asked(f"{url}/counts")
    return people - int(numbers), int(total - numbers), states


def crisis_behind(env: dict[str, str], backlog: int, times: int) -> list[float]:
    """Seconds from a text of a crisis being written until the carrier has it, behind a backlog."""
    with carrier(50) as url:
        stand(env, "fill", str(backlog), "4")
        process = worker(env, url, 16)
        go([process])
        while not asked(f"{url}/counts")[0]:
            time.sleep(0.05)
        waits = [float(line) for line in stand(env, "crisis", url, str(times)).split()]
        ended(process)
    return waits


@contextmanager
def desk(env: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The private process as `waypost desk` serves it; gives its address and its process."""
    with held_port() as port:
        base = f"http://127.0.0.1:{port}"
        words = ["waypost", "desk", "--port", str(port)]
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name(words[0])), *words[1:]],
            env=env | {"WAYPOST_PRIVATE_BASE_URL": base},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until(lambda: answers(f"{base}/health"), "desk", 120)
            yield base, process.pid
        finally:
            process.terminate()
            process.wait(60)


def spent_by(desk: int) -> tuple[float, float]:
    """Seconds of processor time of the desk's own processes, and of the worker of texting."""
    parts = children(desk)
    work = [pid for pid in parts if b"texting" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return of_all([desk, *(set(parts) - set(work))]), of_all(work)


def answers(url: str) -> bool:
    """Whether a server answers there at all."""
    try:
        with urlopen(url, timeout=5):
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def signed_webhook(base: str, token: str, number: int) -> bytes:
    """A request as Twilio sends it, of the text with this number."""
    form = {
        "MessageSid": f"SM{number}",
        "From": f"+1512{5_550_000 + number % 2_000:07d}",
        "Body": f"question {number}",
    }
    url, body = f"{base}/texts/carrier/tw/heard", urlencode(form)
    signed = signature(token, url, {name: (value,) for name, value in form.items()})
    return (
        f"POST /texts/carrier/tw/heard HTTP/1.1\r\nHost: {base.split('//')[1]}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nX-Twilio-Signature: {signed}\r\n\r\n{body}"
    ).encode()


def webhooks(
    env: dict[str, str], there: str, per_second: int, seconds: int
) -> tuple[list[float], list[float], int]:
    """Seconds from when each of so many webhooks a second was due until it was answered.

    Each is signed and a text of its own, over open connections as a carrier's are. Then: the
    milliseconds of processor time that the desk and its worker used meanwhile, by webhook; and how
    many answers the carrier had by the last webhook. The first text, for which files are read, is
    sent before and counts in none of them.

    ``there`` is the carrier to which the answers go.
    """
    token = "a token of the measure"
    file = Path(env["WAYPOST_DATA_DIR"]) / "texting.yaml"
    account = {"id": "tw", "kind": "twilio", "number": "+15005550006", "user": "AC1"}
    account |= {"per_second": 1_000, "base_url": there, "secrets": [token]}
    file.write_text(json.dumps({"accounts": [account]}), "utf-8")
    times: list[float] = []
    with desk(env | {"WAYPOST_PRIVATE_TEXTING_FILE": str(file)}) as (base, pid):
        total, answering, port = per_second * seconds, threading.local(), int(base.split(":")[2])

        def one(number: int) -> None:
            if not hasattr(answering, "socket"):
                answering.socket = socket.create_connection(("127.0.0.1", port), 30)
                answering.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            due = begun + number / per_second
            time.sleep(max(0.0, due - time.monotonic()))
            answering.socket.sendall(requests[number])
            answer = b""
            while not answer.endswith(b"<Response/>"):
                answer += (more := answering.socket.recv(4096))
                assert more, answer
            assert answer.startswith(b"HTTP/1.1 200"), answer
            if b"connection: close" in answer:  # the server says that this was its last one
                vars(answering).pop("socket").close()
            times.append(time.monotonic() - due)

        requests = [signed_webhook(base, token, number) for number in range(total + 1)]
        begun = time.monotonic() - total / per_second
        one(total)
        patience = time.monotonic() + 60  # until it has read its files and answers the first one
        while not asked(f"{there}/counts")[0] and time.monotonic() < patience:
            time.sleep(0.5)
        times.clear()
        begun, before, sent = time.monotonic() + 1, spent_by(pid), asked(f"{there}/counts")[0]
        with ThreadPoolExecutor(32) as pool:
            list(pool.map(one, range(total)))
        cost = [(b - a) * 1000 / total for a, b in zip(before, spent_by(pid), strict=True)]
        answered = int(asked(f"{there}/counts")[0] - sent)
    return sorted(times), cost, answered


def figure_sqlite(say: Say, part: int) -> None:
    """Sustained sending on the embedded database."""
    with tempfile.TemporaryDirectory() as folder:
        sent = sustained(environment(folder), 10_000 // part, 1, 32)
        say(f"Sending, SQLite, one worker of 32 threads, a carrier of 50 ms: {sent}")


def figure_postgres(say: Say, part: int) -> None:
    """Sustained sending on PostgreSQL; `max_connections` is what its how-to says."""
    if not postgres_server.installed():
        say("Sending, PostgreSQL: NOT MEASURED, for it is not installed")
        return
    settings = postgres_server.SMALL | {"max_connections": "200"}
    with tempfile.TemporaryDirectory() as folder, postgres_server.running(settings) as dsn:
        port = dsn.split("port=")[1].split()[0]
        env = environment(folder, f"postgresql://bench@127.0.0.1:{port}/postgres")
        sent = sustained(env, 30_000 // part, 4, 32, postmaster(dsn))
        say(f"Sending, PostgreSQL, four workers of 32 threads: {sent}")


def figure_killed(say: Say, part: int) -> None:
    """What is left after workers were killed."""
    with tempfile.TemporaryDirectory() as folder:
        people, kills = 1_500 // part, 100 // part
        lost, doubled, states = killed(environment(folder), people, kills)
        say(
            f"Killed with -9 {kills} times during {people:,} texts: {lost} never sent, "
            f"{doubled} doubled; {states}"
        )


def figure_crisis(say: Say, part: int) -> None:
    """How long a text of a crisis takes behind others."""
    with tempfile.TemporaryDirectory() as folder:
        waits = sorted(crisis_behind(environment(folder), 10_000 // part, 100 // part))
        say(
            f"A text of a crisis behind {10_000 // part:,} others: median {waits[len(waits) // 2]:.3f} s, "
            f"p99 {waits[int(len(waits) * 0.99)]:.3f} s until the carrier has it"
        )


def figure_stop(say: Say, part: int) -> None:
    """STOP while texts leave, a million attempts of it."""
    attempts = 1_000_000 // part
    with tempfile.TemporaryDirectory() as folder:
        words = stand(environment(folder), "race", str(max(200, attempts // 50)), str(attempts))
        _, sent, refused, stops, late, confirmed, most = (int(word) for word in words.split())
        say(
            f"STOP of {stops:,} people during {attempts:,} attempts: {sent:,} left, {refused:,} were "
            f"refused, {late} left after the commit of a STOP but {confirmed:,} confirmations, at "
            f"most {most} to one person"
        )


def figure_handling(say: Say, part: int) -> None:
    """What the handling of a text takes, and who goes first where many wait."""
    texts = 2_000 // part
    with tempfile.TemporaryDirectory() as folder:
        crisis, stop, answered, look, cost = stand(
            environment(folder), "handling", str(texts)
        ).split()
    say(
        f"A text of a crisis and a STOP behind {texts:,} texts that wait: handled among the first "
        f"{crisis} and {stop}, the crisis answered after {answered} s; processor time of a first "
        f"look {look} ms, of a whole handling {cost} ms a text"
    )


def figure_webhooks(say: Say, part: int, snapshot: Path) -> None:
    """How long a carrier waits."""
    with tempfile.TemporaryDirectory() as folder, carrier(50) as there:
        (Path(folder) / "snapshot.sqlite3").symlink_to(snapshot.resolve())
        seconds = 30 if part == 1 else 10
        times, cost, answered = webhooks(environment(folder), there, 200, seconds)
        say(
            f"Webhooks, 200 a second, SQLite: median {times[len(times) // 2] * 1000:.0f} ms, "
            f"p99 {times[int(len(times) * 0.99)] * 1000:.0f} ms until the text is stored; processor time "
            f"of each {cost[0]:.1f} ms at the desk and {cost[1]:.1f} ms of the worker beside it, "
            f"with the {answered:,} answers that left meanwhile for {200 * seconds:,} texts"
        )


FIGURES = {
    "sqlite": figure_sqlite,
    "postgres": figure_postgres,
    "killed": figure_killed,
    "crisis": figure_crisis,
    "stop": figure_stop,
    "handling": figure_handling,
}


def run(say: Say, quick: bool, figure: str) -> None:
    """Every measure, or the one named; the quick ones are a tenth."""
    from bench.run import snapshot  # only webhooks need one

    part = 10 if quick else 1
    say("\n## Texting\n")
    if figure not in ("", "webhooks", *FIGURES):
        sys.exit(f"no such figure: {figure}; choose of {', '.join(FIGURES)}, webhooks")
    for name, measure in FIGURES.items():
        if figure in ("", name):
            measure(say, part)
    if figure in ("", "webhooks"):
        figure_webhooks(say, part, snapshot())
