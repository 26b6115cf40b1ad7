"""Organizations, the roles that people have in them, and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class OrganizationKind(StrEnum):
    """Who runs this installation, and who is listed in it."""

    OPERATOR = "operator"
    PROGRAM = "program"


class Role(StrEnum):
    """What a person does for an organization."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    VERIFIER = "verifier"
    REPRESENTATIVE = "representative"


class Permission(StrEnum):
    """One thing that can be done at the desk; every view names the one that it needs."""

    SEE_DESK = "see the desk"
    DECIDE_REPORTS = "decide reports"
    CHECK_LISTINGS = "check listings by telephone"
    CONFIRM_OWNERSHIP = "confirm who speaks for a listing"
    PUBLISH = "publish"
    MANAGE_PEOPLE = "manage people"
    MANAGE_PROGRAMS = "manage programs"
    READ_AUDIT = "read the audit"
    SPEAK_FOR_LISTING = "speak for a listing"
    MANAGE_TOKENS = "manage tokens"


ROLES_OF: Mapping[OrganizationKind, frozenset[Role]] = {
    OrganizationKind.OPERATOR: frozenset({Role.ADMINISTRATOR, Role.EDITOR, Role.VERIFIER}),
    OrganizationKind.PROGRAM: frozenset({Role.ADMINISTRATOR, Role.REPRESENTATIVE}),
}
"""Which roles an organization of each kind has."""

PERMISSIONS: Mapping[tuple[OrganizationKind, Role], frozenset[Permission]] = {
    (OrganizationKind.OPERATOR, Role.ADMINISTRATOR): frozenset(Permission)
    - {Permission.SPEAK_FOR_LISTING},
    (OrganizationKind.OPERATOR, Role.EDITOR): frozenset({
        Permission.SEE_DESK,
        Permission.DECIDE_REPORTS,
        Permission.CHECK_LISTINGS,
        Permission.CONFIRM_OWNERSHIP,
        Permission.PUBLISH,
    }),
    (OrganizationKind.OPERATOR, Role.VERIFIER): frozenset({
        Permission.SEE_DESK,
        Permission.CHECK_LISTINGS,
    }),
    (OrganizationKind.PROGRAM, Role.ADMINISTRATOR): frozenset({
        Permission.SPEAK_FOR_LISTING,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_TOKENS,
    }),
    (OrganizationKind.PROGRAM, Role.REPRESENTATIVE): frozenset({Permission.SPEAK_FOR_LISTING}),
}  # fmt: skip
"""What each role may do; nothing else is allowed."""
