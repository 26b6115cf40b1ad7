"""Asks which locked libraries have known weaknesses, and which of them have waited too long.

`make audit` runs it: `uv audit` sends names and versions of the lock to the database of open
vulnerabilities (osv.dev), and every answer is held against the days that SECURITY.md gives. It ends
with 1 where something is overdue, and with 2 where nobody could be asked.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SERVICE = "https://api.osv.dev"
RUNS_DAYS, BUILDS_DAYS, LOCK_DAYS = 7, 30, 90
"""Days for a weakness in what runs, in what only tests or builds, and for a lock without anything
new: SECURITY.md, Libraries."""
_UPLOADED = re.compile(r'upload-time = "(\d{4}-\d\d-\d\d)')


class NotAsked(RuntimeError):
    """Nobody could be asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A known weakness of a locked library, for how many days it is public, and how many it may."""

    library: str
    name: str
    summary: str
    fixed_in: str
    days: int
    of: int

    @property
    def overdue(self) -> bool:
        """Whether the time for its remedy is over."""
        return self.days > self.of

    def __str__(self) -> str:
        state = "OVERDUE" if self.overdue else "to mend"
        remedy = f"fixed in {self.fixed_in}" if self.fixed_in else "no version is without it yet"
        return (
            f"{state}: {self.library}, {self.name}, {self.summary}: public for {self.days} days "
            f"of {self.of}; {remedy}"
        )


def weaknesses(
    runs: Iterable[Mapping[str, Any]], everything: Iterable[Mapping[str, Any]], today: date
) -> list[Weakness]:
    """What `uv audit` says as JSON of what runs and of all, the longest overdue first."""
    serious = {_key(said) for said in runs}
    judged = [
        Weakness(
            library=" ".join(_key(said)[:2]),
            name=said["display_id"],
            summary=said.get("summary") or "no summary",
            fixed_in=", ".join(said.get("fix_versions", ())),
            days=(today - _day(said["published"] or said["modified"])).days,
            of=RUNS_DAYS if _key(said) in serious else BUILDS_DAYS,
        )
        for said in everything
    ]
    return sorted(judged, key=lambda weakness: weakness.of - weakness.days)


def lock_age(lock: str, today: date) -> int:
    """For how many days no locked library has been newer."""
    return (today - max(map(date.fromisoformat, _UPLOADED.findall(lock)))).days


def asked(service: str, *options: str) -> dict[str, Any]:
    """The answer of `uv audit` about the lock.

    Raises:
        NotAsked: the service did not answer, or this uv has no audit.
    """
    uv = ROOT / ".venv" / "bin" / "uv"
    command = [uv, "audit", "--frozen", "--output-format", "json", "--service-url", service]
    command += ["--preview-features", "audit-command,json-output", *options]
    done = subprocess.run(  # noqa: S603 - our own uv, with constants and the developer's address
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if not done.stdout.strip():
        lines = done.stderr.strip().splitlines() or ["no words"]
        raise NotAsked(lines[-1].strip().removeprefix("cause: "))
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def main(words: Sequence[str], today: date) -> int:
    """Print what was asked and what came of it; 0, 1 or 2."""
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("--service-url", default=SERVICE)
    service = parser.parse_args(words).service_url
    age = lock_age((ROOT / "uv.lock").read_text("utf-8"), today)
    late = age > LOCK_DAYS
    print(f"{'OVERDUE: the' if late else 'The'} newest library of the lock came {age} days ago"
          f" (at most {LOCK_DAYS}).")  # fmt: skip
    try:
        runs, everything = asked(service, "--no-default-groups"), asked(service)
    except NotAsked as reason:
        print(f"Nothing is known of weaknesses: {service} could not be asked ({reason}).")
        return 2
    known = weaknesses(runs["vulnerabilities"], everything["vulnerabilities"], today)
    print(*known, sep="\n", end="\n" if known else "")
    count = everything["summary"]["audited_packages"]
    overdue = sum(weakness.overdue for weakness in known)
    print(f"{count} libraries looked up at {service}: {len(known)} known weaknesses, "
          f"{overdue} overdue.")  # fmt: skip
    return 1 if overdue or late else 0


def _key(said: Mapping[str, Any]) -> tuple[str, str, str]:
    return said["dependency"]["name"], said["dependency"]["version"], said["id"]


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(UTC).date()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.now(UTC).date()))
