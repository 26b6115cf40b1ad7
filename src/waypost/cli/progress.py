"""Progress of long work, on standard error: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress_shown(title: str, steps: int | None) -> Iterator[Callable[[str], None]]:
    """Give a function to call at each step with a description of the step."""
    if not sys.stderr.isatty():
        start = monotonic()
        yield lambda words: print(f"{monotonic() - start:5.1f} s  {words}", file=sys.stderr)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=steps)
        yield lambda words: bar.update(task, description=words, advance=1)
        bar.update(task, completed=steps or 1, total=steps or 1)
