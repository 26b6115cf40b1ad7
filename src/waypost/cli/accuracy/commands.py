"""`waypost accuracy`: draws the listings of a round of calls."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, stop
from waypost.cli.private import with_private_database
from waypost.cli.ready import open_snapshot
from waypost.design.directory_faults import directory_words
from waypost.directory.calls.drawing import CannotDraw, Sample, draw
from waypost.directory.calls.listed import candidates, listed_facts
from waypost.directory.signs import Sign
from waypost.publishing.reader import Snapshot

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Rounds of calls that measure how much of the directory is right.",
)
MOST = 5_000


@app.command("draw")
def draw_sample(
    state: Annotated[str, typer.Option(help="The state, as two letters.")],
    size: Annotated[int, typer.Option(min=1, max=MOST, help="How many listings.")] = 150,
    seed: Annotated[int, typer.Option(help="Any number; publish it with the results.")] = 1,
    ids: Annotated[bool, typer.Option("--ids", help="List what was drawn.")] = False,
    start: Annotated[
        bool, typer.Option("--start", help="Put the round on the desk, to be called.")
    ] = False,
) -> None:
    """Draw a stratified random sample of the intensive outpatient programs of a state.

    The same published snapshot, state, size and seed give the same sample on every machine.

    Example: `waypost accuracy draw --state TX --size 150 --seed 7`
    """
    snapshot = open_snapshot()
    try:
        sample = sample_of(snapshot, state.strip().upper(), size, seed)
    except CannotDraw as error:
        stop(" ".join(directory_words(error)), BAD_QUESTION)
    total = sum(stratum.listings for stratum in sample.strata)
    print(f"{sample.state}: {sample.size:,} of {total:,} intensive outpatient programs drawn.")
    print(f"Snapshot {sample.version}, seed {sample.seed}.")
    for stratum in sample.strata:
        print(f"{len(stratum.drawn):>6,} of {stratum.listings:>5,}  {stratum.name}")
    print(f"{len(sample.second):,} of them are called by a second person too.")
    if ids:
        for site_id, name in sample.drawn:
            second = "  second person too" if site_id in sample.second else ""
            print(f"{site_id}  {name}{second}")
    if start:
        with_private_database()
        print(f"Round {started(snapshot, sample)} waits at the desk under “Calls”.")


def sample_of(snapshot: Snapshot, state: str, size: int, seed: int) -> Sample:
    """The sample of a state's programs; raises `CannotDraw`."""
    ids = [site_id for site_id, place in snapshot.fields("id", "state") if place == state]
    sites = (site for site_id in ids if (site := snapshot.site(site_id)) is not None)
    frame = candidates(sites, state, snapshot.manifest.edition)
    return draw(frame, state=state, size=size, seed=seed, version=snapshot.version)


def started(snapshot: Snapshot, sample: Sample, *, made_up: bool = False) -> int:
    """Put a sample on the desk with what each listing says now; its round's number."""
    from waypost.directory.calls.actions import start_round

    sites = [site for i, _ in sample.drawn if (site := snapshot.site(i)) is not None]
    return start_round(
        sample=sample,
        listings={site.id: (site.timezone, listed_facts(site)) for site in sites},
        edition=snapshot.manifest.edition,
        made_up=made_up,
        by=f"shell:{getpass.getuser()}",
        now=timezone.now(),
    )


@app.command()
def signs() -> None:
    """Measure the signs of ghost listings on 100 listings judged by hand: precision and recall.

    Example: `waypost accuracy signs`
    """
    from waypost.editions.judged_signs import measure

    snapshot = open_snapshot()

    def of(site_id: str) -> list[Sign] | None:
        site = snapshot.site(site_id)
        return None if site is None else snapshot.signs(site)

    for line in measure(of):
        print(line)
