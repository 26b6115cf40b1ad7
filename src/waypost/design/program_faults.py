"""What is wrong, or may not be done, on a program's own side: a sentence for each code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from waypost.design.days_words import step_words
from waypost.design.program_words import plan_column_words, state_words
from waypost.design.words import date_text
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.minors.minor import ContactRefusal
from waypost.treatment.when_may import TooLate
from waypost.treatment.who_may import RecordRefusal
from waypost.values.coded_fault import CodedError, CodedFault


def sentences_of(error: CodedError) -> list[str]:
    """A sentence for each fault of an error, in the language being spoken."""
    return [sentence_of(fault) for fault in error.faults]


def sentence_of(fault: CodedFault | StrEnum) -> str:
    """The sentence of one fault, or of a code that has no facts."""
    coded = fault if isinstance(fault, CodedFault) else CodedFault(fault)
    return program_sentences()[coded.code] % _facts(coded)


def _facts(fault: CodedFault) -> dict[str, object]:
    """The facts as a reader says them: states and columns are codes themselves."""
    facts = {
        n: date_text(fact) if isinstance(fact, date) else fact for n, fact in fault.facts.items()
    }
    if fault.code is TreatmentFault.EPISODE_MOVE:
        return {name: state_words(str(code)) for name, code in facts.items()}
    if fault.code is TreatmentFault.TEST_STEP:
        return {name: step_words()[str(code)] for name, code in facts.items()}
    if fault.code is TreatmentFault.PLAN_LINE:
        columns = plan_column_words()
        facts["lacks"] = ", ".join(columns[name] for name in fault.facts["lacks"])  # type: ignore[attr-defined]
    return facts


def program_sentences() -> Mapping[StrEnum, str]:
    """Every sentence by its code."""
    return (
        _refusals()
        | _of_minors()
        | _of_days()
        | _of_consents()
        | _of_records()
        | _of_plans()
        | _of_weeks()
    )


def _refusals() -> dict[StrEnum, str]:
    return {
        RecordRefusal.NOT_ON_TEAM: _(
            "You are not on this person's care team. In an emergency you can open the record with "
            "a reason, which is logged."
        ),
        RecordRefusal.NO_CLINICIAN: _(
            "A counselor, clinical supervisor or medical provider decides this."
        ),
        RecordRefusal.NO_PROVIDER: _("A medical provider checks the risk of withdrawal."),
        RecordRefusal.NOTES_APART: _(
            "Counseling notes are kept apart from the record (42 CFR 2.11). Only their author "
            "reads them, unless the person consents to that alone."
        ),
        RecordRefusal.CANNOT_BREAK: _(
            "Only a counselor, clinical supervisor or medical provider opens a record in an "
            "emergency."
        ),
        RecordRefusal.NO_REASON: _("Write what the emergency is; it is logged with your name."),
        RecordRefusal.OWN_EMERGENCY: _(
            "You opened this record yourself: somebody else looks at the emergency."
        ),
        RecordRefusal.NO_FINDING: _(
            "Write what you found, such as “asked her, the ward called” or “no emergency, talked "
            "about it”."
        ),
        TooLate.REVOKED: _("This consent was revoked; nothing more goes out on it."),
        TooLate.EXPIRED: _("This consent has expired; ask for a new one."),
        TooLate.SIGNED: _("This is signed, and is not changed any more. Begin a new version."),
        TooLate.UNCHECKED_WITHDRAWAL: _(
            "Withdrawal may be dangerous for this person. A medical provider checks it first; "
            "until then no outpatient level can be decided."
        ),
        TooLate.UNSAFE_WITHDRAWAL: _(
            "A medical provider checked withdrawal and did not write that an outpatient level is "
            "safe. Until they do, none can be decided: detox comes first."
        ),
        TooLate.OLDER_CHECK: _(
            "What is written about withdrawal is newer than the medical provider's check. The "
            "provider looks again and writes what they saw; until then no outpatient level can "
            "be decided."
        ),
        TooLate.EMERGENCY: _(
            "The newest pre-screen calls for help at once: do what it says first. Once the danger "
            "is over, answer it again, and go on."
        ),
    }


def _of_minors() -> dict[StrEnum, str]:
    return {
        ContactRefusal.ADULT: _("This person is of age: the guardian is not contacted."),
        ContactRefusal.NO_CONSENT: _(
            "Do not contact the guardian, not even to say that this person asked for help: they "
            "have not agreed to it (42 CFR 2.14)."
        ),
        TreatmentFault.GUARDIAN_REASON: _("Write why, in three words or more."),
        TreatmentFault.GUARDIAN_NAME: _("Write the guardian's name: they sign too."),
        TreatmentFault.GUARDIAN_AGREED: _(
            "Where the minor agrees to the contact, they sign with their name and the day, today "
            "or earlier."
        ),
        TreatmentFault.GUARDIAN_THREAT: _(
            "Write both: why the minor cannot decide, and the danger to life that telling the "
            "guardian may reduce (42 CFR 2.14(c))."
        ),
        TreatmentFault.GUARDIAN_DIRECTOR: _(
            "Only the program director judges that a minor cannot decide (42 CFR 2.14)."
        ),
        TreatmentFault.MINOR_AGES: _("Ages are whole years between 10 and 21."),
        TreatmentFault.MINOR_SOURCE: _(
            "Name the source: the section of your state's law, or the lawyer who read it."
        ),
        TreatmentFault.MINOR_DIRECTOR: _("The program director enters this rule."),
    }


def _of_days() -> dict[StrEnum, str]:
    return {
        TreatmentFault.MINUTES_OF_NOBODY: _("Someone who did not come has no minutes."),
        TreatmentFault.MINUTES_MISSING: _("Enter how many minutes they were there."),
        TreatmentFault.MINUTES_RANGE: _("Enter between 1 and %(most)s minutes."),
        TreatmentFault.MINUTES_TWICE: _(
            "They are marked present in %(group)s at the same time; here they can have at most "
            "%(most)s minutes. Correct one of the two."
        ),
        TreatmentFault.SESSION_AHEAD: _(
            "This session is on %(day)s, which has not come yet. Until then people can only be "
            "excused from it; keep how they came on the day itself."
        ),
        TreatmentFault.GROUP_FULL: _("This group has its %(most)s people. Choose another session."),
        TreatmentFault.NOTE_CHANGED: _("Somebody saved this note in the meantime."),
        TreatmentFault.DRAW_AHEAD: _(
            "%(day)s has not come yet. Tests are drawn on the day itself, so that nobody can know "
            "of them before."
        ),
        TreatmentFault.TEST_STEP: _("A test that is “%(was)s” cannot be “%(to)s” next."),
        TreatmentFault.TEST_READINGS: _("A result says what was seen of each substance."),
    }


def _of_consents() -> dict[StrEnum, str]:
    return {
        TreatmentFault.BASIS: _(
            "Name the consent, or the exception of 42 CFR Part 2, that allows it."
        ),
        TreatmentFault.DISCLOSURE_WORDS: _(
            "Write who receives it, what, and for what purpose: the log must say so."
        ),
        TreatmentFault.NO_CONSENT_HERE: _("There is no such consent of this person."),
        TreatmentFault.CONSENT_FOR_OTHER: _(
            "This consent is for counseling notes or legal proceedings alone (42 CFR 2.31): the "
            "record does not go out on it."
        ),
        TreatmentFault.CONSENT_OF_OTHERS: _(
            "This consent names “%(recipient)s”. Write the recipient as it does, or ask for a "
            "consent that names them."
        ),
        TreatmentFault.CONSENT_NO_EVENT: _("This consent does not end at an event."),
        TreatmentFault.CONSENT_PATIENT: _("Write the person's name."),
        TreatmentFault.CONSENT_DISCLOSER: _(
            "Write who may disclose: this program by name, or a class of people."
        ),
        TreatmentFault.CONSENT_WHAT: _(
            "Write what may be disclosed, specifically: “dates of attendance”, not “everything”."
        ),
        TreatmentFault.CONSENT_RECIPIENT: _(
            "Write who may receive it: a name, or a class of people."
        ),
        TreatmentFault.CONSENT_PURPOSE: _(
            "Write the purpose; “at my request” is enough where the person asks for it."
        ),
        TreatmentFault.CONSENT_REVOCATION: _("Write how the person can revoke it."),
        TreatmentFault.CONSENT_SIGNATURE: _("The person signs with their name."),
        TreatmentFault.CONSENT_SIGNED_ON: _(
            "Give the day on which it was signed, today or earlier."
        ),
        TreatmentFault.CONSENT_EXPIRES_ON: _(
            "Choose the day on which it ends; it must be after today."
        ),
        TreatmentFault.CONSENT_EVENT: _("Name the event or condition that ends it."),
        TreatmentFault.CONSENT_NO_END: _(
            "Only a consent for all treatment, payment and operations may have no end."
        ),
        TreatmentFault.CONSENT_MINOR: _(
            "This person is under age. First decide who signs for them: open “Guardian” in the "
            "record."
        ),
        TreatmentFault.CONSENT_GUARDIAN: _("The guardian signs too, with their name."),
        TreatmentFault.CONSENT_ALONE: _(
            "This minor consents alone: leave the guardian's signature empty (42 CFR 2.14)."
        ),
        TreatmentFault.CONSENT_REDISCLOSURE: _(
            "Say that whoever receives the records may disclose them again."
        ),
    }


def _of_records() -> dict[StrEnum, str]:
    return {
        TreatmentFault.EPISODE_OPEN: _("This person has an episode that has not ended."),
        TreatmentFault.EPISODE_MOVE: _("An episode that is “%(was)s” cannot become “%(to)s”."),
        TreatmentFault.EPISODE_REASON: _("An episode ends with one of the listed reasons."),
        TreatmentFault.EPISODE_ENDED: _("An episode that has ended keeps its level."),
        TreatmentFault.LEVEL_REASON: _("A change of level or phase needs its reason."),
        TreatmentFault.DECISION: _("Choose what you decide."),
        TreatmentFault.DECISION_REASON: _("Write the reason for the decision."),
        TreatmentFault.DIMENSIONS: _(
            "Write something on every dimension first, even “nothing to add”."
        ),
        TreatmentFault.LEVEL_REASONS: _(
            "Write the reasons for this level: others will read and act on them."
        ),
        TreatmentFault.SHEET: _(
            "This is not the address of a call sheet. Copy the whole address of the page that "
            "lists the programs to call; it ends in “shortlist?…”."
        ),
        TreatmentFault.SHEET_OF_OTHERS: _("None of this program's listings is on that call sheet."),
        TreatmentFault.SHEET_UNREADABLE: _(
            "We cannot tell what that call sheet was looking for. Copy its whole address again."
        ),
    }


def _of_plans() -> dict[StrEnum, str]:
    return {
        TreatmentFault.PLAN_OWN_WORDS: _("Write what the person wants, in their own words."),
        TreatmentFault.PLAN_EMPTY: _("A plan has at least one problem with a goal."),
        TreatmentFault.PLAN_LINE: _("Line %(line)s lacks: %(lacks)s."),
        TreatmentFault.PLAN_DAY: _("Line %(line)s: “by when” is a day such as 2027-01-31."),
        TreatmentFault.PLAN_HOURS: _("The hours a week are from %(least)s to %(most)s."),
        TreatmentFault.PLAN_DAYS: _("The days a week are from %(least)s to %(most)s."),
        TreatmentFault.PLAN_NEWER: _("A newer version was saved; read and sign that one."),
        TreatmentFault.SIGNATURE: _("Sign with your name."),
    }


def _of_weeks() -> dict[StrEnum, str]:
    return {
        TreatmentFault.SETUP_CHANGED: _("Somebody changed the setup in the meantime."),
        TreatmentFault.SETUP_TWICE: _("Two are called “%(name)s”; give each its own name."),
        TreatmentFault.SETUP_BACKWARDS: _("A session ends before it begins."),
        TreatmentFault.SETUP_FIRST: _("Enter groups, rooms and facilitators first."),
        TreatmentFault.SETUP_UNREADABLE: _("The saved setup cannot be read."),
        TreatmentFault.WEEK_CHANGED: _("Somebody saved another week in the meantime."),
        TreatmentFault.WEEK_BREAKS: _(
            "This week breaks a rule. To keep it all the same, write the reason."
        ),
    }
