"""Do a piece of work in a process of its own, which may use so much memory and time and no more.

What a file from outside does to its reader, it does there: a reader that wants all memory, or that
comes to no end, is ended, and whoever asked gets a sentence.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar, cast

Result = TypeVar("Result")

MEMORY = 2 * 1024**3
"""Bytes that an import may use; the largest carried source takes a tenth of it."""

SECONDS = 900
"""A directory is read in ten seconds on a slow machine."""

_LAST = 5
"""Seconds that a process has to be gone, and between its two limits of time."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What work may cost: bytes of memory beyond what the process begins with, and seconds."""

    memory: int = MEMORY
    seconds: float = SECONDS


class TooMuch(RuntimeError):
    """Work was ended because it went beyond its bounds; ``process`` is the number it had."""

    process = 0


def work_apart(
    work: Callable[..., Result], *arguments: object, bounds: Bounds | None = None
) -> Result:
    """What ``work(*arguments)`` gives, done in a process of its own.

    ``work`` is a function of a module; it, its arguments and its result are sent between processes.
    An exception that it raises is raised here.

    Raises:
        TooMuch: it went beyond its bounds.
    """
    bounds = bounds or Bounds()
    context = multiprocessing.get_context("spawn")  # a fork would copy locks of other threads
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, bounds, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        in_time = ours.poll(bounds.seconds)
        well, value = ours.recv() if in_time else (False, _over_time(bounds))
    except (EOFError, OSError):  # it ended without an answer
        process.join(_LAST)
        well, value = False, _ended(process.exitcode, bounds)
    finally:
        ours.close()
        process.kill()  # of no consequence where it has ended
        process.join(_LAST)
    if well:
        return cast("Result", value)
    if isinstance(value, TooMuch):
        value.process = process.pid or 0
    raise value


def _over_time(bounds: Bounds) -> TooMuch:
    return TooMuch(f"it was not read within {bounds.seconds:,.0f} seconds")


def _over_memory(bounds: Bounds) -> TooMuch:
    return TooMuch(f"it was not read within {bounds.memory / 1e9:,.1f} GB of memory")


def _ended(code: int | None, bounds: Bounds) -> Exception:
    """Why a process ended without an answer: a signal, or a fault of ours."""
    if code == -signal.SIGXCPU:
        return _over_time(bounds)
    if code is None or code < 0:  # an allocation that failed aborts; a full machine kills
        return _over_memory(bounds)
    return RuntimeError(f"The process that reads files ended with code {code}.")


def _work(theirs: Connection, bounds: Bounds, work: Callable[..., Any], given: Any) -> None:
    """In the other process: set the limits, work, send what came of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a library that aborts says so in its own words
    _lower(resource.RLIMIT_CORE, 0, 0)
    memory = _in_use() + bounds.memory
    _lower(resource.RLIMIT_AS, memory, memory)
    _lower(resource.RLIMIT_CPU, int(bounds.seconds) + 1, int(bounds.seconds) + _LAST)
    try:
        answer: tuple[bool, Any] = (True, work(*given))
    except MemoryError:
        answer = (False, _over_memory(bounds))
    except Exception as error:
        error.add_note(traceback.format_exc())  # a traceback itself cannot be sent
        answer = (False, error)
    with suppress(BrokenPipeError):  # who asked is gone
        theirs.send(answer)


def _lower(which: int, soft: int, hard: int) -> None:
    """Set a limit, unless a lower one holds."""
    before = resource.getrlimit(which)[1]
    most = hard if before == resource.RLIM_INFINITY else min(hard, before)
    with suppress(ValueError, OSError):  # a system that does not keep this limit
        resource.setrlimit(which, (min(soft, most), most))


def _in_use() -> int:
    """The address space that this process has already, in bytes; 0 where no system says."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()
