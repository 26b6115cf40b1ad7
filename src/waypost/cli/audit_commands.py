"""`waypost audit`: checks that the audit is complete, and exports it."""

from __future__ import annotations

import sys
from dataclasses import asdict

import orjson
import typer

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.private import with_private_database

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="Who did what, and when."
)


@app.command()
def verify() -> None:
    """Check that no event was changed or removed; print the newest digest, to keep elsewhere.

    Example: `waypost audit verify`
    """
    with_private_database()
    from waypost.audit.queries import broken_at, head

    broken = broken_at()
    if broken is not None:
        stop(f"The chain breaks at event {broken.number}: {broken.how}.", NOT_DONE)
    print(f"The chain is unbroken. Newest digest: {head() or 'none yet'}")


@app.command()
def export() -> None:
    """Write every event as a line of JSON, oldest first.

    Example: `waypost audit export > audit.ndjson`
    """
    with_private_database()
    from waypost.audit.queries import every_event

    for event in every_event():
        sys.stdout.buffer.write(orjson.dumps(asdict(event)) + b"\n")
