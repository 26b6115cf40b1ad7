"""Memory that is free, given back to the system.

While the index is gathered a worker needs twice what stays. The C library keeps what was freed for
later; of a worker that makes its index once a publish, it is asked for it (`make bench fhir`
prints what is left).
"""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give freed memory back, where the C library can (glibc's ``malloc_trim``)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
