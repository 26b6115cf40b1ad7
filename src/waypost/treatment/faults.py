"""What can be wrong with something that staff or a person enters, as codes.

``design.program_faults`` has the sentence of each, and of the refusals of `who_may` and `when_may`.
"""

from __future__ import annotations

from enum import StrEnum


class TreatmentFault(StrEnum):
    """One code for each fault; the comment names the facts that its sentence needs."""

    MINUTES_OF_NOBODY = "minutes without coming"
    MINUTES_MISSING = "minutes missing"
    MINUTES_RANGE = "minutes out of range"  # most
    MINUTES_TWICE = "minutes at two places"  # group, most
    SESSION_AHEAD = "session to come"  # day
    GROUP_FULL = "group full"  # most
    NOTE_CHANGED = "note changed"
    DRAW_AHEAD = "draw of a day to come"  # day
    TEST_STEP = "no such step"  # was, to
    TEST_READINGS = "readings missing"
    EPISODE_OPEN = "episode not ended"
    EPISODE_MOVE = "episode cannot move"  # was, to
    EPISODE_REASON = "end without a reason"
    EPISODE_ENDED = "episode has ended"
    LEVEL_REASON = "level without a reason"
    DECISION = "no decision"
    DECISION_REASON = "decision without a reason"
    BASIS = "no basis"
    DISCLOSURE_WORDS = "disclosure without words"
    NO_CONSENT_HERE = "no such consent"
    CONSENT_FOR_OTHER = "consent for something else"
    CONSENT_OF_OTHERS = "consent names another recipient"  # recipient
    CONSENT_NO_EVENT = "consent ends at no event"
    CONSENT_PATIENT = "consent: patient"
    CONSENT_DISCLOSER = "consent: discloser"
    CONSENT_WHAT = "consent: what"
    CONSENT_RECIPIENT = "consent: recipient"
    CONSENT_PURPOSE = "consent: purpose"
    CONSENT_REVOCATION = "consent: revocation"
    CONSENT_SIGNATURE = "consent: signature"
    CONSENT_SIGNED_ON = "consent: signed on"
    CONSENT_EXPIRES_ON = "consent: expires on"
    CONSENT_EVENT = "consent: event"
    CONSENT_NO_END = "consent: no end"
    CONSENT_REDISCLOSURE = "consent: redisclosure"
    CONSENT_MINOR = "consent: who signs for a minor"
    CONSENT_GUARDIAN = "consent: guardian"
    CONSENT_ALONE = "consent: the minor alone"
    GUARDIAN_REASON = "guardian: reason"
    GUARDIAN_NAME = "guardian: name"
    GUARDIAN_AGREED = "guardian: agreed"
    GUARDIAN_THREAT = "guardian: threat"
    GUARDIAN_DIRECTOR = "guardian: director"
    MINOR_AGES = "minors: ages"
    MINOR_SOURCE = "minors: source"
    MINOR_DIRECTOR = "minors: director"
    DIMENSIONS = "dimensions missing"
    LEVEL_REASONS = "level without reasons"
    SHEET = "not a call sheet"
    SHEET_OF_OTHERS = "not on the call sheet"
    SHEET_UNREADABLE = "call sheet not understood"
    PLAN_OWN_WORDS = "plan: own words"
    PLAN_EMPTY = "plan: no line"
    PLAN_LINE = "plan: line incomplete"  # line, lacks
    PLAN_DAY = "plan: by when"  # line
    PLAN_HOURS = "plan: hours"  # least, most
    PLAN_DAYS = "plan: days"  # least, most
    PLAN_NEWER = "plan: newer version"
    SIGNATURE = "no name signed"
    SETUP_CHANGED = "setup changed"
    SETUP_TWICE = "same name twice"  # name
    SETUP_BACKWARDS = "ends before it begins"
    SETUP_FIRST = "no setup"
    SETUP_UNREADABLE = "setup cannot be read"
    WEEK_CHANGED = "week changed"
    WEEK_BREAKS = "week breaks a rule"
