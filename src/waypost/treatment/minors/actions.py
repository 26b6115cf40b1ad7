"""Keeps a minor's guardian with who signs, and a program's rule for minors."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from django.db import transaction

from waypost.accounts.roles import Role
from waypost.audit.actions import record_event
from waypost.treatment.minors.minor import (
    BadGuardian,
    GuardianWords,
    MinorRule,
    faults_of_guardian,
    faults_of_rule,
)
from waypost.treatment.minors.models import GuardianVersion, MinorRuleRow
from waypost.treatment.minors.queries import newest_guardian
from waypost.treatment.records.actions import locked_person
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.wall.queries import wall_day


@transaction.atomic
def keep_guardian(
    owner: Owner,
    *,
    person: str,
    words: GuardianWords,
    read_version: int,
    roles: Set[Role],
    by: str,
    now: datetime,
) -> int:
    """Keep a guardian and who signs, as a new version; its number. ``by`` is who decided.

    Raises:
        BadGuardian: a reason, a name or a signature is missing, or another than the program
            director judged the minor's capacity. ChangedMeanwhile: somebody saved first.
    """
    row = locked_person(owner, person)
    newest = newest_guardian(owner, person)
    if newest.number != read_version:
        raise ChangedMeanwhile(newest)
    before, director = GuardianWords.read(newest.words), Role.PROGRAM_DIRECTOR in roles
    today = wall_day(owner, now)
    faults = list(faults_of_guardian(words, before, today, director=director))
    if faults:
        raise BadGuardian(*faults)
    number = new_id("gua")
    GuardianVersion.objects.owned_by(owner).create(
        id=number,
        person=row,
        version=read_version + 1,
        words=GuardianVersion.sealed(number, words.sealable()),
        at=now,
        by=by,
    )
    record_event(act=f"guardian saved ({read_version + 1})", record=person, by=by, now=now)
    return read_version + 1


@transaction.atomic
def set_minor_rule(
    owner: Owner, *, rule: MinorRule, roles: Set[Role], by: str, now: datetime
) -> None:
    """Enter what the state's law says of minors; older rules stay.

    Raises:
        BadGuardian: an age or the source is missing, or somebody else than the director enters it.
    """
    faults = list(faults_of_rule(rule, director=Role.PROGRAM_DIRECTOR in roles))
    if faults:
        raise BadGuardian(*faults)
    rows = MinorRuleRow.objects.owned_by(owner)
    newest = rows.order_by("-version").values_list("version", flat=True).first() or 0
    rows.create(
        id=new_id("min"),
        version=newest + 1,
        majority=rule.majority,
        alone_from=rule.alone_from,
        source=rule.source,
        at=now,
        by=by,
    )
    record = f"organization:{owner.organization}"
    record_event(act="rule for minors set", record=record, by=by, now=now)
