"""The worker of texting as a process beside the desk, which its supervisor starts and replaces.

    python -m waypost.texting.tasks.process --lifeline FD --beat FD

In a process of its own it uses another processor than the carriers' door: a flood of texts that
wait to be handled does not delay the answer to a webhook, nor the desk's pages.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import threading
from contextlib import suppress

BEAT_SECONDS, TRY_AGAIN_SECONDS = 1.0, 5.0


def run(lifeline: int, beat: int) -> None:
    """Work until a signal, or until the supervisor is gone; wait while another worker is there."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    for task in (_beat, _watch):
        threading.Thread(
            target=task, args=(beat if task is _beat else lifeline, stopping), daemon=True
        ).start()

    import django

    # What is loaded here never becomes garbage; a collection that walks through all of it would
    # hold up whoever waits for their turn to write for a quarter of a second.
    gc.disable()
    django.setup()
    from waypost.texting.actions.claiming import free_heard  # they need the apps
    from waypost.texting.crisis.tiers import get_ready
    from waypost.texting.tasks.starting import new_worker, only_worker
    from waypost.texting.whereabouts import read_tables

    get_ready()
    read_tables()
    gc.freeze()
    gc.enable()
    while only_worker() is None:  # kept until this process ends
        if stopping.wait(TRY_AGAIN_SECONDS):
            return
    free_heard()
    worker = new_worker()
    worker.stopping = stopping
    worker.run()


def _beat(descriptor: int, stopping: threading.Event) -> None:
    """Tell the supervisor every second that this process is alive."""
    os.set_blocking(descriptor, False)
    while not stopping.is_set():
        with suppress(BlockingIOError, BrokenPipeError):
            os.write(descriptor, b".")
        stopping.wait(BEAT_SECONDS)


def _watch(descriptor: int, stopping: threading.Event) -> None:
    """Stop when the supervisor is gone: its end is never written to, only closed."""
    os.read(descriptor, 1)
    stopping.set()


def main() -> None:
    """Read the command line that the supervisor writes."""
    parser = argparse.ArgumentParser()
    for name in ("lifeline", "beat"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--gives-way", type=int, default=0)
    arguments = parser.parse_args()
    os.nice(arguments.gives_way)
    run(arguments.lifeline, arguments.beat)


if __name__ == "__main__":
    main()
