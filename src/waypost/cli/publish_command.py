"""`waypost publish`: turns all sources in use into the snapshot that everyone reads."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.progress import progress_shown
from waypost.cli.ready import signing_key, with_database
from waypost.editions.cost import Cost
from waypost.values.wall_time import day_in_the_west

EXAMPLES = "Example: `waypost publish --accept` publishes even if many programs are gone."


def publish(
    accept: Annotated[
        bool, typer.Option("--accept", help="Publish even if the check finds losses.")
    ] = False,
    only_claims: Annotated[
        bool,
        typer.Option(
            "--only-claims", help="Only claims: accepted reports, calls, programs’ words."
        ),
    ] = False,
    every: Annotated[
        int,
        typer.Option(min=0, max=3600, help="With --only-claims: look again after so many seconds."),
    ] = 0,
) -> None:
    """Build a snapshot from all sources, check it, put it in place and print what changed."""
    with_database()
    if only_claims:
        _publish_claims()
        if every:
            keep_publishing(every)
        return
    from waypost.directory.queries import all_claims
    from waypost.editions.pipeline import build, steps, words_of
    from waypost.publishing.build import PublishError
    from waypost.sources.reading import BadSource

    cost = Cost()
    try:
        with progress_shown("starting", steps(settings.WAYPOST_DATA_DIR) + 1) as step:
            published = build(
                settings.WAYPOST_DATA_DIR,
                timezone.now(),
                step,
                accept=accept,
                reports=all_claims(day_in_the_west(timezone.now())),
                key=signing_key(),
            )
            step("writing the tables of HSDS")
            problem = _written_as_hsds(settings.WAYPOST_DATA_DIR)
    except (PublishError, BadSource) as error:
        stop(str(error), NOT_DONE)
    except OSError as error:
        stop(f"Nothing was published: {error}.", NOT_DONE)
    from waypost.directory.actions import forget_number_answers, forget_reports

    forget_reports(by="waypost publish", now=timezone.now())
    forget_number_answers(now=timezone.now())
    for line in words_of(published):
        print(line)
    manifest = published.manifest
    print(f"Published {manifest.current_sites:,} sites as {manifest.version[:16]}: {cost.words()}.")
    if problem:
        print(problem)


def _written_as_hsds(data_dir: Path) -> str:
    """Write the data package of what was published; why it could not be, '' where all is well."""
    from waypost.editions.hsds.making import make_package
    from waypost.publishing.file_name import FILE_NAME
    from waypost.publishing.reader import Snapshot

    try:
        make_package(data_dir, Snapshot(data_dir / FILE_NAME), timezone.now())
    except OSError as error:  # it is made again when somebody asks for it
        return f"The HSDS data package could not be written: {error}."
    return ""


def _publish_claims() -> None:
    from waypost.directory.queries import all_claims
    from waypost.editions.claims_only import publish_claims
    from waypost.publishing.build import PublishError

    cost, now = Cost(), timezone.now()
    try:
        manifest, changed = publish_claims(
            settings.WAYPOST_DATA_DIR, now, all_claims(day_in_the_west(now)), signing_key()
        )
    except PublishError as error:
        stop(str(error), NOT_DONE)
    print(f"{changed:,} programs changed. Published as {manifest.version[:16]}: {cost.words()}.")


def keep_publishing(every: int) -> None:
    """Publish what is claimed whenever it has changed, until it is interrupted.

    A place that is taken is out of the search after ``every`` seconds and one such publish.
    """
    published = claims_digest()
    while True:
        time.sleep(every)
        claimed = claims_digest()
        if claimed != published:
            _publish_claims()
            published = claimed


def claims_digest() -> str:
    """What is claimed today, as a digest: another one means that something is to be published."""
    from waypost.directory.queries import all_claims

    claimed = all_claims(day_in_the_west(timezone.now()))
    return hashlib.sha256(repr(sorted(claimed.items())).encode()).hexdigest()
