"""The most memory that this process has held."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path


def peak_megabytes() -> int:
    """In MB of 2**20 bytes.

    Linux's `VmHWM` counts this program alone; `ru_maxrss` also remembers the program that started
    it, so that after a large benchmark every small process looks large.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) // 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)
