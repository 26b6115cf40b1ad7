"""What a process holds open: the current snapshot, the plans, the way to ask payers.

One object for each data folder, so that a test makes its own instead of clearing a cache. A
request takes its snapshot once, at its door (`snapshot_of`), and passes it down: reading the
current one twice could give two editions if a publish comes between.
"""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from waypost.places.basemap import Basemap
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Current, Snapshot
from waypost.serving.doubts import Doubts
from waypost.serving.ground import read_ground
from waypost.serving.live_programs import LivePrograms

if TYPE_CHECKING:
    from waypost.serving.called import Called
    from waypost.serving.known_plans import KnownPlans


class Process:
    """What is held open for one data folder.

    ``eligibility`` are the settings of live questions, which `serving.payers` alone looks into;
    None where payers are not asked, as in the public process always.
    """

    def __init__(
        self, data_dir: Path, eligibility: object | None = None, signed_by: bytes = b""
    ) -> None:
        self.data_dir = data_dir
        self.eligibility = eligibility
        self.snapshots = Current(data_dir / FILE_NAME, signed_by)
        self.doubts = Doubts()
        self.live_programs = LivePrograms(data_dir)

    def snapshot(self) -> Snapshot:
        """The newest readable snapshot; raises `NoSnapshot` where none was published yet."""
        return self.snapshots.get()

    @cached_property
    def plans(self) -> KnownPlans:
        """The plans that answers of the coverage checker rest on."""
        # imported here, as below: a worker starts sooner, and its first page asks neither
        from waypost.serving.known_plans import KnownPlans

        return KnownPlans(self.data_dir)

    @cached_property
    def called(self) -> Called:
        """What the rounds of calls found."""
        from waypost.serving.called import Called

        return Called()

    @cached_property
    def ground(self) -> Basemap:
        """The ground of the map, read once; newer roads appear after the next start."""
        return read_ground(self.data_dir)


_LOCK = threading.Lock()
_PROCESS: Process | None = None


def this_process() -> Process:
    """This process's object; a new one if the settings name another folder or account."""
    global _PROCESS  # noqa: PLW0603 - what a process holds open is global by its nature
    folder, eligibility = settings.WAYPOST_DATA_DIR, settings.WAYPOST_ELIGIBILITY
    process = _PROCESS
    if process is None or process.data_dir != folder or process.eligibility is not eligibility:
        with _LOCK:
            signed_by = settings.WAYPOST_SNAPSHOT_SIGNED_BY
            process = _PROCESS = Process(folder, eligibility, signed_by)
    return process


def current_snapshot() -> Snapshot:
    """The newest readable snapshot, for code without a request; raises `NoSnapshot`."""
    return this_process().snapshot()


def snapshot_of(request: HttpRequest) -> Snapshot:
    """The snapshot for this request, the same from its first read to its last."""
    snapshot: Snapshot | None = getattr(request, "waypost_snapshot", None)
    if snapshot is None:
        snapshot = current_snapshot()
        request.waypost_snapshot = snapshot  # type: ignore[attr-defined]
    return snapshot
