"""`waypost audit`: checks that the audit is complete, and exports it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import orjson
import typer

from waypost.cli.exits import BAD_QUESTION, NOT_DONE, stop
from waypost.cli.private import with_private_database

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="Who did what, and when."
)


@app.command()
def verify(
    kept: Annotated[
        str,
        typer.Option(help="A digest that was printed or mailed before; it must still be there."),
    ] = "",
    mail_to: Annotated[
        str, typer.Option(help="Send the newest digest to this address, to be kept elsewhere.")
    ] = "",
) -> None:
    """Check that no event was changed or removed; print the newest digest, to keep elsewhere.

    Whoever can write to the database can write the whole chain anew. A digest that is kept where
    they cannot reach shows it: run this daily with ``--mail-to``, or ``--kept`` when in doubt.

    Example: `waypost audit verify --mail-to audit@example.org`
    """
    with_private_database()
    from waypost.audit.queries import broken_at, head, holds

    broken = broken_at()
    if broken is not None:
        stop(f"The chain breaks at event {broken.number}: {broken.how}.", NOT_DONE)
    if kept and not holds(kept.strip()):
        stop("No event has the digest that was kept: the chain was written anew.", NOT_DONE)
    newest = head() or "none yet"
    print(f"The chain is unbroken. Newest digest: {newest}")
    if mail_to:
        _send(newest, mail_to)


def _send(digest: str, address: str) -> None:
    """Mail the newest digest; what is private is not in it."""
    from django.core.mail import send_mail
    from django.utils import timezone

    words = (
        f"Newest digest of the audit at {timezone.now():%Y-%m-%d %H:%M} UTC:\n\n{digest}\n\n"
        f"Keep this message. `waypost audit verify --kept {digest}` says whether it still holds.\n"
    )
    try:
        send_mail("Audit of Waypost", words, None, [address])
    except OSError as error:
        stop(f"The digest could not be sent ({error}).", NOT_DONE)
    print(f"Sent to {address}.")


@app.command()
def role(name: Annotated[str, typer.Argument(help="A role that exists in PostgreSQL.")]) -> None:
    """Print the SQL that lets a role of PostgreSQL write events and change or remove none.

    Run it as the owner of the tables, in each database; then let the desk connect as that role.

    Example: `waypost audit role waypost_desk | psql waypost`
    """
    from waypost.audit.append_only import BadRoleName, append_only_role

    try:
        statements = append_only_role(name)
    except BadRoleName:
        stop("A role's name has small letters, digits and underscores.", BAD_QUESTION)
    for statement in statements:
        print(f"{statement};")


@app.command()
def export() -> None:
    """Write every event as a line of JSON, oldest first.

    Example: `waypost audit export > audit.ndjson`
    """
    with_private_database()
    from waypost.audit.queries import every_event

    for event in every_event():
        sys.stdout.buffer.write(orjson.dumps(asdict(event)) + b"\n")
