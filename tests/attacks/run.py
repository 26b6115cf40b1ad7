"""`make attack`: run every attack of SECURITY.md's table against fresh servers and print what held.

python tests/attacks/run.py            all of them
python tests/attacks/run.py workers    those whose row has this word
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

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


PRIVATE = {"DJANGO_SETTINGS_MODULE": "waypost.config.private_settings"}


def results(paths: list[str], report: Path) -> dict[str, Counter[str]]:
    """Run the tests of all rows, those of the private process in a session of its settings."""
    private = [path for path in paths if path.startswith("tests/private")]
    found = _session([path for path in paths if path not in private], report, {})
    return found | _session(private, report, PRIVATE)


def _session(paths: list[str], report: Path, env: dict[str, str]) -> dict[str, Counter[str]]:
    """Run these on every processor; each file's outcomes."""
    if not paths:
        return {}
    subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadgroup", "-p",
            "no:cacheprovider", "-o", "junit_family=xunit1", f"--junitxml={report}", *paths,
        ],
        cwd=ROOT, stdout=subprocess.DEVNULL, timeout=LONGEST, check=False, env=os.environ | env,
    )  # fmt: skip
    found: dict[str, Counter[str]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        kinds = {child.tag for child in case}
        outcome = next(
            (kind for kind in ("failure", "error", "skipped") if kind in kinds), "passed"
        )
        found.setdefault(str(case.get("file")), Counter())[outcome] += 1
    return found


def row_of(attack: str, paths: list[str], found: dict[str, Counter[str]]) -> tuple[bool, str]:
    """Whether an attack was held off, and its line of the table.

    A row without one passed test has proved nothing, and fell.
    """
    tally: Counter[str] = Counter()
    for path in paths:
        for file, outcomes in found.items():
            if file == path or file.startswith(f"{path}/"):
                tally += outcomes
    well = tally["passed"] > 0 and not tally["failure"] and not tally["error"]
    words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.items()))
    return well, f"{'held' if well else 'FELL':<6}{attack[:84]:<86}{words or 'nothing ran'}"


def main() -> int:
    """Print a line for each attack; 1 where one fell."""
    wanted = " ".join(sys.argv[1:]).casefold()
    rows = [(attack, paths) for attack, paths in table() if wanted in attack.casefold()]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        every = sorted({path for _, paths in rows for path in paths})
        found = results(every, Path(folder) / "report.xml")
    lines = [row_of(attack, paths, found) for attack, paths in rows]
    for _, line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{time.monotonic() - begun:.0f} seconds\n")
    return 0 if lines and all(well for well, _ in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
