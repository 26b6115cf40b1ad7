"""The X12 271 reader beside ansi-x12, x12sdk and node-x12: same files, results compared.

python tests/bench/run.py x12          (or this file itself)
npm install --prefix var/bench node-x12@1.7.1    adds node-x12

Only our reader and x12sdk's models know what a benefit is; the others split segments. Speed is
messages a second of processor time on one core, the best of eleven rounds. "varied" are a thousand
different messages of 1.3 kB, so that nothing remembered from one helps with the amounts left of
the next.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.x12_rivals import Benefits, Rival, node_x12, python_rivals

SAMPLES = Path(__file__).resolve().parents[1] / "x12" / "samples"
ROUNDS = 11
Row = dict[str, Any]


def message(name: str) -> str:
    """A sample's text."""
    return (SAMPLES / "written" / f"{name}.edi").read_text()


def sets(count: int) -> dict[str, list[str]]:
    """The messages to read, by what they are: `count` messages of each kind."""
    usual = message("271_variant_delims_pipe_nl").replace("\n", "~")
    usual = usual.replace("|", "*").replace("!", "^").replace(">~", ":~", 1)
    small = message("271_deductible_zero_and_blank").replace("\n", "")
    body = usual[usual.index("EB*") : usual.index("SE*")]
    large = usual.replace(body, body * 25)
    large = large.replace("SE*38", f"SE*{38 + 24 * body.count('~')}")
    chance = random.Random(271)

    def varied() -> str:
        return re.sub(
            r"(\*29\*)[0-9.]+",
            lambda found: f"{found[1]}{chance.randrange(3000)}.{chance.randrange(100):02d}",
            usual,
        )

    return {
        f"{len(small) / 1000:.1f} kB": [small] * count,
        f"{len(usual) / 1000:.1f} kB": [usual] * count,
        f"{len(usual) / 1000:.1f} kB varied": [varied() for _ in range(count)],
        f"{len(large) / 1000:.0f} kB": [large] * (count // 10),
    }


def speed(read: Callable[[str], object], texts: list[str]) -> float:
    """Messages a second of processor time, best of several rounds; 0 when it fails."""
    best = 0.0
    for _ in range(ROUNDS):
        begin = time.process_time()
        try:
            for text in texts:
                read(text)
        except Exception:  # a rival that cannot read a file is the result, not an error here
            return 0.0
        best = max(best, len(texts) / (time.process_time() - begin))
    return best


def benefits_of(rival: Rival, texts: list[str]) -> list[Benefits | None]:
    """The EB segments that a rival finds in each text; None where it fails."""
    found: list[Benefits | None] = []
    for text in texts:
        try:
            found.append(rival.benefits(text))
        except Exception:  # see `speed`
            found.append(None)
    return found


def trimmed(benefits: Benefits | None) -> Benefits | None:
    """Elements without the empty ones at the end, which some readers add and some drop."""
    if benefits is None:
        return None
    return [re.split("\x00", "\x00".join(line).rstrip("\x00")) for line in benefits]


def agreement(truth: list[Benefits | None], found: list[Benefits | None]) -> int:
    """On how many files a rival finds exactly the EB segments that we find."""
    pairs = zip(truth, found, strict=True)
    return sum(bool(one) and trimmed(one) == trimmed(other) for one, other in pairs)


def run(quick: bool = False, say: Callable[[str], None] | None = None) -> list[Row]:
    """Measure and compare; a row for each reader. Prints a table when given `say`."""
    kinds = sets(100 if quick else 1000)
    texts = [path.read_bytes().decode() for path in sorted(SAMPLES.glob("*/*.edi"))]
    rivals = python_rivals()
    truth = benefits_of(rivals[0], texts)
    with_benefits = sum(bool(one) for one in truth)
    rows: list[Row] = []
    for rival in rivals:
        same = agreement(truth, benefits_of(rival, texts))
        row: Row = {"reader": f"{rival.name} {rival.version}", "gives": rival.gives}
        row |= {kind: round(speed(rival.read, each)) for kind, each in kinds.items()}
        rows.append({**row, "agrees": f"{same} of {with_benefits}"})
    version, found, speeds = node_x12(texts, list(kinds.values()))
    if version:
        row = {"reader": f"node-x12 {version}", "gives": "segments"}
        row |= {kind: round(value) for kind, value in zip(kinds, speeds, strict=True)}
        rows.append({**row, "agrees": f"{agreement(truth, found)} of {with_benefits}"})
    if say is not None:
        table(rows, say)
        if not version:
            say("node-x12 is not here: npm install --prefix var/bench node-x12@1.7.1")
    return rows


def table(rows: list[Row], say: Callable[[str], None]) -> None:
    """The rows as a Markdown table; 0 means that the reader fails on the file."""
    say("X12 271, messages a second on one core")
    say("| " + " | ".join(rows[0]) + " |")
    say("|" + "---|" * len(rows[0]))
    for row in rows:
        say("| " + " | ".join(f"{value:,}" if isinstance(value, int) else value
                              for value in row.values()) + " |")  # fmt: skip


if __name__ == "__main__":
    run(say=print)
