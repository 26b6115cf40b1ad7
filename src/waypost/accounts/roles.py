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
    INTAKE_COORDINATOR = "intake coordinator"
    COUNSELOR = "counselor"
    CLINICAL_SUPERVISOR = "clinical supervisor"
    MEDICAL_PROVIDER = "medical provider"
    PROGRAM_DIRECTOR = "program director"
    BILLER = "biller"
    AUDITOR = "auditor"
    RESPONDER = "responder"
    SUPERVISOR = "supervisor"


class Permission(StrEnum):
    """One thing that can be done at the desk; every view names the one that it needs."""

    SEE_DESK = "see the desk"
    DECIDE_REPORTS = "decide reports"
    CHECK_LISTINGS = "check listings by telephone"
    CONFIRM_OWNERSHIP = "confirm who speaks for a listing"
    PUBLISH = "publish"
    MANAGE_PEOPLE = "manage people"
    READ_AUDIT = "read the audit"
    SPEAK_FOR_LISTING = "speak for a listing"
    MANAGE_TOKENS = "manage tokens"
    READ_RECORDS = "read records of people in care"
    KEEP_INTAKE = "keep referrals and the waiting list"
    ASSESS = "assess people"
    DECIDE_LEVEL = "decide a level of care"
    WRITE_PLANS = "write individual plans"
    SIGN_PLANS = "sign individual plans"
    KEEP_CONSENTS = "keep consents"
    DISCLOSE = "disclose records"
    READ_DISCLOSURES = "read the log of reads and disclosures"
    BREAK_GLASS = "open a record in an emergency"
    ERASE_RECORDS = "erase records"
    SEE_TIMETABLE = "see the timetable"
    KEEP_TIMETABLE = "keep the timetable"
    RECORD_ATTENDANCE = "record attendance and notes"
    KEEP_TESTS = "keep drug tests"
    DECIDE_PROGRESS = "decide on progress"
    SEE_BILLING = "see billable units"
    SEE_REPORTS = "see the program's reports"
    ANSWER_TEXTS = "answer texts"
    SUPERVISE_TEXTS = "supervise texts"
    EDIT_SERIES = "edit series of texts"
    READ_TEXT_WORDS = "read the words of texts"


ROLES_OF: Mapping[OrganizationKind, frozenset[Role]] = {
    OrganizationKind.OPERATOR: frozenset(
        {
            Role.ADMINISTRATOR,
            Role.EDITOR,
            Role.VERIFIER,
            Role.RESPONDER,
            Role.SUPERVISOR,
        }
    ),
    OrganizationKind.PROGRAM: frozenset(
        {
            Role.ADMINISTRATOR,
            Role.REPRESENTATIVE,
            Role.INTAKE_COORDINATOR,
            Role.COUNSELOR,
            Role.CLINICAL_SUPERVISOR,
            Role.MEDICAL_PROVIDER,
            Role.PROGRAM_DIRECTOR,
            Role.BILLER,
            Role.AUDITOR,
        }
    ),
}
"""Which roles an organization of each kind has."""

OF_TREATMENT = frozenset({
    Permission.READ_RECORDS,
    Permission.KEEP_INTAKE,
    Permission.ASSESS,
    Permission.DECIDE_LEVEL,
    Permission.WRITE_PLANS,
    Permission.SIGN_PLANS,
    Permission.KEEP_CONSENTS,
    Permission.DISCLOSE,
    Permission.READ_DISCLOSURES,
    Permission.BREAK_GLASS,
    Permission.ERASE_RECORDS,
    Permission.SEE_TIMETABLE,
    Permission.KEEP_TIMETABLE,
    Permission.RECORD_ATTENDANCE,
    Permission.KEEP_TESTS,
    Permission.DECIDE_PROGRESS,
    Permission.SEE_BILLING,
    Permission.SEE_REPORTS,
})  # fmt: skip
"""What concerns people in care: nobody of the operator may do any of it, whatever their role."""

CLINICAL = OF_TREATMENT - {
    Permission.KEEP_TIMETABLE,
    Permission.READ_DISCLOSURES,
    Permission.ERASE_RECORDS,
    Permission.SEE_BILLING,
}
"""What every clinician of a program may do."""

PERMISSIONS: Mapping[tuple[OrganizationKind, Role], frozenset[Permission]] = {
    (OrganizationKind.OPERATOR, Role.ADMINISTRATOR): frozenset(Permission)
    - {Permission.SPEAK_FOR_LISTING, Permission.ANSWER_TEXTS, Permission.SUPERVISE_TEXTS}
    - OF_TREATMENT,
    (OrganizationKind.OPERATOR, Role.EDITOR): frozenset({
        Permission.SEE_DESK,
        Permission.DECIDE_REPORTS,
        Permission.CHECK_LISTINGS,
        Permission.CONFIRM_OWNERSHIP,
        Permission.PUBLISH,
        Permission.EDIT_SERIES,
        Permission.READ_TEXT_WORDS,
    }),
    (OrganizationKind.OPERATOR, Role.VERIFIER): frozenset({
        Permission.SEE_DESK,
        Permission.CHECK_LISTINGS,
    }),
    (OrganizationKind.OPERATOR, Role.RESPONDER): frozenset({
        Permission.SEE_DESK,
        Permission.ANSWER_TEXTS,
        Permission.READ_TEXT_WORDS,
    }),
    (OrganizationKind.OPERATOR, Role.SUPERVISOR): frozenset({
        Permission.SEE_DESK,
        Permission.ANSWER_TEXTS,
        Permission.SUPERVISE_TEXTS,
        Permission.EDIT_SERIES,
        Permission.READ_TEXT_WORDS,
    }),
    (OrganizationKind.PROGRAM, Role.ADMINISTRATOR): frozenset({
        Permission.SPEAK_FOR_LISTING,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_TOKENS,
    }),
    (OrganizationKind.PROGRAM, Role.REPRESENTATIVE): frozenset({Permission.SPEAK_FOR_LISTING}),
    (OrganizationKind.PROGRAM, Role.INTAKE_COORDINATOR): frozenset({
        Permission.READ_RECORDS,
        Permission.KEEP_INTAKE,
        Permission.ASSESS,
        Permission.KEEP_CONSENTS,
        Permission.SEE_TIMETABLE,
        Permission.KEEP_TIMETABLE,
        Permission.SEE_REPORTS,
    }),
    (OrganizationKind.PROGRAM, Role.COUNSELOR): CLINICAL,
    (OrganizationKind.PROGRAM, Role.MEDICAL_PROVIDER): CLINICAL,
    (OrganizationKind.PROGRAM, Role.CLINICAL_SUPERVISOR): OF_TREATMENT
    - {Permission.ERASE_RECORDS, Permission.SEE_BILLING},
    (OrganizationKind.PROGRAM, Role.PROGRAM_DIRECTOR): frozenset({
        Permission.READ_RECORDS,
        Permission.KEEP_INTAKE,
        Permission.KEEP_CONSENTS,
        Permission.DISCLOSE,
        Permission.READ_DISCLOSURES,
        Permission.ERASE_RECORDS,
        Permission.SEE_TIMETABLE,
        Permission.KEEP_TIMETABLE,
        Permission.SEE_BILLING,
        Permission.SEE_REPORTS,
        Permission.SPEAK_FOR_LISTING,
    }),
    (OrganizationKind.PROGRAM, Role.BILLER): frozenset({Permission.SEE_BILLING}),
    (OrganizationKind.PROGRAM, Role.AUDITOR): frozenset({
        Permission.READ_RECORDS,
        Permission.READ_DISCLOSURES,
        Permission.SEE_REPORTS,
    }),
}  # fmt: skip
"""What each role may do; nothing else is allowed."""
