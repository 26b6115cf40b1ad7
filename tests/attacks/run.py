"""`make attack`: run every attack of SECURITY.md's table against fresh servers and print what held.

python tests/attacks/run.py            all of them
python tests/attacks/run.py workers    those whose row has this word
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 600


def table() -> list[tuple[str, list[str]]]:
    """Each attack and the tests that make it; "the same" are those of the row before."""
    section = (
        (ROOT / "SECURITY.md").read_text("utf-8").split("## Under attack")[1].split("\n## ")[0]
    )
    rows: list[tuple[str, list[str]]] = []
    for attack, tests in re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", section, re.M):
        paths = re.findall(r"`(tests/[^`]+)`", tests)
        if paths or tests == "the same":
            rows.append((attack, paths or rows[-1][1]))
    return rows


def held(paths: list[str]) -> tuple[bool, str]:
    """Whether all tests of a row pass, and pytest's closing line."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *paths],
        cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stdout.strip().splitlines()[-1]


def main() -> int:
    """Print a line for each attack; 1 where one fell."""
    wanted = " ".join(sys.argv[1:]).casefold()
    results: dict[tuple[str, ...], tuple[bool, str]] = {}
    begun = time.monotonic()
    for attack, paths in table():
        if wanted in attack.casefold():
            key = tuple(paths)
            results[key] = results.get(key) or held(paths)
            well, words = results[key]
            sys.stdout.write(f"{'held' if well else 'FELL':<6}{attack[:84]:<86}{words}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{time.monotonic() - begun:.0f} seconds\n")
    return 0 if all(well for well, _ in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
