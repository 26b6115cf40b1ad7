"""Which programs offer a live question: names alone, left by the private process for the public.

The public process knows neither the account nor the payers. It reads this file, and its pages lead
to the private process where a program stands in it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from waypost.files.writing import replacing

FILE_NAME = "live_programs.json"
log = logging.getLogger(__name__)


def write_live_programs(data_dir: Path, names: Mapping[str, str]) -> None:
    """Leave the names of the programs by the ids of their sites; no file where there is none."""
    path = data_dir / FILE_NAME
    if not names:
        path.unlink(missing_ok=True)
        return
    with replacing(path) as partial:
        partial.write_text(json.dumps(dict(names), ensure_ascii=False, sort_keys=True), "utf-8")


class LivePrograms:
    """The programs of one data folder, read again where the file is another."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE_NAME
        self._names: dict[str, str] = {}
        self._seen: tuple[int, int, int] | None = None
        self._lock = Lock()

    def name_of(self, site_id: str) -> str:
        """The name in which a site's program asks; '' where it does not."""
        with self._lock:
            seen = self._stamp()
            if seen != self._seen:
                self._seen, self._names = seen, self._read() if seen else {}
            return self._names.get(site_id, "")

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def _read(self) -> dict[str, str]:
        try:
            names = json.loads(self._path.read_text("utf-8"))
            return {str(site): str(name) for site, name in names.items()}
        except (OSError, ValueError, AttributeError) as error:
            log.error("%s cannot be read (%s); no live question is offered.", self._path, error)
            return {}
