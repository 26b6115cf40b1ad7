"""`waypost staff`: the people who work at the desk."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, stop
from waypost.cli.private import with_private_database

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="People who work at the desk."
)


@app.command()
def invite(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    role: Annotated[
        str, typer.Option(help="administrator, editor, verifier or representative.")
    ] = "administrator",
    organization: Annotated[
        str, typer.Option(help="The organization's name; it is created if there is none.")
    ] = "Operator",
    program: Annotated[
        bool, typer.Option("--program", help="The organization is a program, not the operator.")
    ] = False,
) -> None:
    """Invite someone to the desk; print the address to open, and send it by mail.

    The invitation works once, within 72 hours. The first administrator is made this way.

    Example: `waypost staff invite ana@example.org --role administrator --organization "Austin 211"`
    """
    with_private_database()
    from django.db import transaction

    from waypost.accounts.actions import found_organization
    from waypost.accounts.actions import invite as make
    from waypost.accounts.invitations import BadInvitation
    from waypost.accounts.roles import OrganizationKind
    from waypost.accounts.tasks import send_invitation
    from waypost.design.account_faults import account_words

    kind = OrganizationKind.PROGRAM if program else OrganizationKind.OPERATOR
    by, now = f"shell:{getpass.getuser()}", timezone.now()
    try:
        with transaction.atomic():  # a refused invitation must not leave a new organization behind
            number = found_organization(name=organization, kind=kind, by=by, now=now)
            token = make(email=email, role=role, organization=number, by=by, now=now)
    except BadInvitation as error:
        stop(" ".join(account_words(error)), BAD_QUESTION)
    send_invitation(email=email, token=token, desk_url=settings.WAYPOST_DESK_URL)
    print(f"{settings.WAYPOST_DESK_URL}/invitation/{token}")
    if getattr(settings, "EMAIL_FILE_PATH", None):
        print(f"No mail server is set: the message is in {settings.EMAIL_FILE_PATH}.")


@app.command("list")
def list_people() -> None:
    """List who has which role.

    Example: `waypost staff list`
    """
    with_private_database()
    from waypost.accounts.queries import colleagues, pending_invitations

    for person in colleagues():
        print(f"{person.email}  {person.role.value}  {person.organization_name}  "
              f"since {person.since:%Y-%m-%d}")  # fmt: skip
    for waiting in pending_invitations():
        print(f"{waiting.email}  {waiting.role.value}  {waiting.organization_name}  "
              f"invited {waiting.made_at:%Y-%m-%d}")  # fmt: skip


@app.command("forget-factors")
def forget_second_factors(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    reason: Annotated[str, typer.Option(help="How you made sure who asks; the audit keeps it.")],
) -> None:
    """Remove every second factor of somebody who has lost them all, recovery codes too.

    Make sure first who asks: see them, or call a number that you had before. They are signed out
    everywhere, sign in with their password, and set up a new factor before anything else.

    Example: `waypost staff forget-factors ana@example.org --reason "came to the office"`
    """
    with_private_database()
    from waypost.accounts.actions import CannotEnd, forget_factors
    from waypost.design.account_faults import account_words

    by, now = f"shell:{getpass.getuser()}", timezone.now()
    try:
        forget_factors(email=email, reason=reason, by=by, now=now)
    except CannotEnd as error:
        stop(" ".join(account_words(error)), BAD_QUESTION)
    print("Removed. They sign in with their password and set up a new second factor.")


@app.command()
def remind() -> None:
    """Ask programs by mail whether what fades soon is still right, and say which reports are late.

    Each word is asked about once, before it fades. Run it once a day.

    Example: `waypost staff remind`
    """
    with_private_database()
    from waypost.cli.ready import open_snapshot
    from waypost.cli.reminders import send_all

    asked, late = send_all(open_snapshot(), by=f"shell:{getpass.getuser()}", now=timezone.now())
    print(f"{asked:,} words were asked about; {late:,} reports are late.")
