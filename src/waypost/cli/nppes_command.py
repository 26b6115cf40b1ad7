"""`waypost sources nppes`: NPIs of programs from the national registry's monthly file."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from waypost.cli.exits import NO_DATA, NOT_DONE, stop
from waypost.cli.ready import open_snapshot, with_database
from waypost.sources.nppes.linking import Linked, NpiLink


def nppes(
    file: Annotated[Path, typer.Argument(help="The monthly zip of NPPES, or its table.")],
    splink: Annotated[
        bool, typer.Option("--splink", help="Let Splink propose pairs; our rules still judge.")
    ] = False,
    record: Annotated[
        bool, typer.Option("--record", help="Record each NPI as a claim, with its evidence.")
    ] = False,
) -> None:
    """Find the NPIs of programs in the NPPES monthly file: streamed, in constant memory.

    Only organizations with a taxonomy of behavioral health or addiction treatment are read, never
    people. An NPI counts where it fits one program alone by the rules that join listings.

    Example: `waypost sources nppes NPPES_Data_Dissemination_November_2026.zip --record`
    """
    linked = _linked(file, splink=splink)
    for link in linked.links[:10]:
        print(f"{link.site_id}  {link.npi}  {link.evidence}")
    print(f"{linked.proposed:,} pairs proposed; {len(linked.links):,} programs have one NPI, "
          f"{linked.ambiguous:,} several or a shared one.")  # fmt: skip
    if record:
        print(f"Recorded {_record(linked.links):,}; they go out with the next publish.")


def _linked(file: Path, *, splink: bool) -> Linked:
    from waypost.files.archives import BadFile
    from waypost.sources.nppes.linking import link
    from waypost.sources.nppes.reading import RowsSeen, organizations
    from waypost.sources.nppes.splink_pairs import NoSplink, splink_pairs

    snapshot, seen = open_snapshot(), RowsSeen()
    try:
        linked = list(organizations(file, seen))
        print(f"{seen.rows:,} rows read; {len(linked):,} organizations of our kinds, "
              f"{seen.bad:,} inactive or unreadable.")  # fmt: skip
        sites = (site for _, site in snapshot.walk())
        return link(sites, linked, splink_pairs if splink else None)
    except NoSplink as error:
        stop(str(error), NOT_DONE)
    except (BadFile, OSError) as error:
        stop(str(error), NO_DATA)


def _record(links: tuple[NpiLink, ...]) -> int:
    """Claim each NPI that is not claimed yet; how many."""
    with_database()
    from waypost.directory.actions import claim_number
    from waypost.directory.queries import accepted_claims

    known = {
        (site_id, claim.value)
        for site_id, claims in accepted_claims().items()
        for claim in claims
        if claim.field == "npi"
    }
    new = [link for link in links if (link.site_id, link.npi) not in known]
    by, now = getpass.getuser(), timezone.now()
    for link in new:
        claim_number(
            site_id=link.site_id, kind="npi", value=link.npi, source=link.evidence, by=by, now=now
        )
    return len(new)
