"""`waypost texts`: jobs of texting that an operator's timer runs."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from django.utils import timezone

from waypost.cli.private import with_private_database

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Text support: retention, keys, the weekly sample.",
)
By = Annotated[str, typer.Option(help="Who does it; your login name if left out.")]


@app.command("retention")
def retention(by: By = "") -> None:
    """Blank and remove what was kept long enough, and print what was done.

    Example: `waypost texts retention`
    """
    from waypost.texting.actions.keeping import keep_to_retention

    with_private_database()
    for what, count in keep_to_retention(by=_named(by), now=timezone.now()).items():
        print(f"{count:>8,} {what}")


@app.command("reseal")
def reseal() -> None:
    """Seal again with the newest key what an older one sealed; run it after turning a key over.

    Example: `waypost texts reseal`
    """
    from waypost.texting.actions.keeping import seal_again

    with_private_database()
    done = 0
    while more := seal_again():
        done += more
    print(f"{done:,} values were sealed again; the older keys may go once backups have aged out.")


@app.command("sample")
def sample(by: By = "") -> None:
    """Draw the week's sample of texts that a person reads again, blind.

    Example: `waypost texts sample`
    """
    from waypost.texting.actions.blind_reading import draw_sample

    with_private_database()
    print(f"{draw_sample(by=_named(by), now=timezone.now()):,} texts to read at the desk.")


def _named(by: str) -> str:
    return by.strip() or getpass.getuser()
