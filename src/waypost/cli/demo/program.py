"""`waypost demo program`: a program of made-up people over some weeks, the same for a seed."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.private import with_private_database

EXAMPLES = "Example: `WAYPOST_DATA_DIR=/tmp/demo waypost demo program`"
BY = "waypost demo program"
PROGRAM = "Example River Recovery (made up)"
STAFF = (
    ("river-director@example.org", "program director"),
    ("river-supervisor@example.org", "clinical supervisor"),
    ("river-counselor@example.org", "counselor"),
    ("river-medical@example.org", "medical provider"),
    ("river-intake@example.org", "intake coordinator"),
    ("river-biller@example.org", "biller"),
    ("river-auditor@example.org", "auditor"),
    ("river-administrator@example.org", "administrator"),
)


def made_up_program(
    people: Annotated[int, typer.Option(min=1, max=200, help="How many people, over all.")] = 60,
    weeks: Annotated[int, typer.Option(min=1, max=52, help="How many weeks.")] = 16,
    seed: Annotated[int, typer.Option(help="The same seed makes the same program.")] = 7,
) -> None:
    """Fill a desk with a clearly fictional program, to try every screen of the program's side.

    Nobody in it exists. A desk that is in use is refused: set WAYPOST_DATA_DIR to a folder first.
    """
    with_private_database()
    from waypost.accounts.actions import found_organization, invite
    from waypost.accounts.queries import organizations
    from waypost.cli.demo.story import play
    from waypost.treatment.records.owner import Owner
    from waypost.treatment.wall.queries import wall_day

    if any(organization.name == PROGRAM for organization in organizations()):
        stop("This desk has the program. Set WAYPOST_DATA_DIR to another folder first.", NOT_DONE)
    now = timezone.now()
    with transaction.atomic():  # a failure leaves nothing that would make the next try refuse
        organization = found_organization(name=PROGRAM, kind="program", by=BY, now=now)
        owner = Owner(organization)
        today = wall_day(owner, now)
        story = play(owner, people=people, weeks=weeks, seed=seed, today=today)
        links = [
            (role, invite(email=email, role=role, organization=organization, by=BY, now=now))
            for email, role in STAFF
        ]
    print(f"{story.people} people over {weeks} weeks, all made up: {story.in_care} are in care,")
    print(f"with {story.sessions} sessions and {story.tests} tests behind them.")
    print("The counselor and the medical provider see somebody once the supervisor has put them on")
    print("that person's care team. Open these to take a role, each once:")
    for role, token in links:
        print(f"{role:20} {settings.WAYPOST_DESK_URL}/invitation/{token}")
