"""Makes private links and opens them with their code; takes check-ins and announced absences."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from waypost.audit.actions import record_event
from waypost.treatment.own_page.link import (
    LASTS,
    LOCKED_FOR,
    MOST_FAILURES,
    Closed,
    LinkSecrets,
    link_closed,
    new_secrets,
)
from waypost.treatment.own_page.models import CannotCome, CheckIn, PersonLink
from waypost.treatment.records.actions import locked_person
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.values.coded_fault import CodedError

TOKEN, CODE = "own_page.token", "own_page.code"


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """Whose page a link and its code opened."""

    owner: Owner
    person: str
    link: str


class LinkClosed(CodedError, PermissionError):
    """A link that does not open; ``why`` is the code."""

    def __init__(self, why: Closed) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def make_link(owner: Owner, *, person: str, by: str, now: datetime) -> LinkSecrets:
    """A new link and code, which are shown once; the person's older links stop working."""
    row = locked_person(owner, person)
    links = PersonLink.objects.owned_by(owner)
    links.filter(person=row, revoked_at=None).update(revoked_at=now)
    secrets, number = new_secrets(), new_id("link")
    links.create(
        id=number,
        person=row,
        token_digest=_digest(secrets.token, TOKEN),
        code_digest=_digest(secrets.code, f"{CODE}:{number}"),
        made_at=now,
        made_by=by,
        expires_at=now + LASTS,
    )
    record_event(act="private link made", record=person, by=by, now=now)
    return secrets


@transaction.atomic
def revoke_links(owner: Owner, *, person: str, by: str, now: datetime) -> None:
    """Make every link of a person useless at once; a second time changes nothing."""
    rows = PersonLink.objects.owned_by(owner).filter(person=person, revoked_at=None)
    if rows.update(revoked_at=now):
        record_event(act="private link revoked", record=person, by=by, now=now)


def open_link(owner: Owner | None = None, *, token: str, code: str, now: datetime) -> OpenedLink:
    """Open the page with a link's token and its code; the token says whose it is.

    A wrong code is counted, in a transaction of its own that stays; the fifth locks the link.

    Raises:
        LinkClosed: unknown, revoked, expired, locked, or the wrong code.
    """
    owner = owner or PersonLink.objects.owner_by(token_digest=_digest(token, TOKEN))
    if owner is None:
        raise LinkClosed(Closed.UNKNOWN)
    with transaction.atomic():
        rows = PersonLink.objects.owned_by(owner).select_for_update()
        row = rows.get(token_digest=_digest(token, TOKEN))
        closed = link_closed(
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            locked_until=row.locked_until,
            now=now,
        )
        if closed is None:
            closed = _tried(row, code, now)
    if closed is not None:
        raise LinkClosed(closed)
    return OpenedLink(owner, row.person_id, row.pk)


@transaction.atomic
def check_in(owner: Owner, *, person: str, answers: Mapping[str, str], now: datetime) -> None:
    """Keep a person's answers to the BAM, complete or not: what was answered is not lost."""
    row = locked_person(owner, person)
    number = new_id("chk")
    CheckIn.objects.owned_by(owner).create(
        id=number, person=row, words=CheckIn.sealed(number, {"answers": dict(answers)}), at=now
    )
    record_event(act="checked in", record=person, by=f"self:{person}", now=now)


@transaction.atomic
def cannot_come(
    owner: Owner, *, person: str, on: date, session: str, reason: str, now: datetime
) -> None:
    """Keep that a person cannot come on a day, with the session's id ('' for the whole day)."""
    row = locked_person(owner, person)
    number = new_id("abs")
    words = {"session": session, "reason": reason.strip()}
    CannotCome.objects.owned_by(owner).create(
        id=number, person=row, on=on, words=CannotCome.sealed(number, words), at=now
    )
    record_event(act="cannot come", record=person, by=f"self:{person}", now=now)


def _tried(row: PersonLink, code: str, now: datetime) -> Closed | None:
    """Compare the code, and count what was wrong."""
    given = _digest("".join(code.split()), f"{CODE}:{row.pk}")
    if hmac.compare_digest(given, row.code_digest):
        row.failures, row.locked_until = 0, None
        row.save(update_fields=["failures", "locked_until"])
        record_event(
            act="own page opened", record=row.person_id, by=f"self:{row.person_id}", now=now
        )
        return None
    row.failures += 1
    if row.failures >= MOST_FAILURES:
        row.failures, row.locked_until = 0, now + LOCKED_FOR
    row.save(update_fields=["failures", "locked_until"])
    return Closed.WRONG


def _digest(text: str, place: str) -> str:
    digest: str = settings.WAYPOST_KEYRING.digest(text, place)
    return digest
