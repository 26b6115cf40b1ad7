"""What can be wrong with an invitation, a role, a proof of ownership or a token, as codes.

``design.account_faults`` has the sentence of each, and of the refusals of `who_may` and `when_may`.
"""

from __future__ import annotations

from enum import StrEnum


class AccountFault(StrEnum):
    """One code for each fault; the comment names the facts that its sentence needs."""

    ORGANIZATION = "organization incomplete"
    ADDRESS = "not an e-mail address"  # address
    NO_ORGANIZATION = "no such organization"  # id
    ROLE = "no role of this organization"  # role, organization, offered
    NO_INVITATION = "no such invitation"
    NAME = "name missing"
    NO_ROLE = "nobody has the role"
    NOBODY = "nobody has the address"  # address
    OPERATOR_OWNS_NOTHING = "operator owns no listing"
    NO_REASON = "no reason given"
    OWNED = "another owns the listing"  # organization
    OWNED_JUST_NOW = "another has just become the owner"
    OWNS_NOT = "does not own the listing"
    TARGET = "listing lacks what the proof needs"
    HOW_KNOWN = "decision without a note"
    OWNED_ALREADY = "somebody owns the listing"
    ASKED_ALREADY = "asked already"
    PROOFS_WAIT = "too many proofs wait"  # most
    NEEDS_DECISION = "proof needs a decision"
    OWN_CODE = "code for whoever asked"
    CODES = "too many codes"  # most
    OWN_PROOF = "decision by whoever asked"
    PROOF_ENDED = "proof has ended"
    NO_NUMBER = "no number listed"
    OUT_OF_SERVICE = "number not in service"
    KEY_OF_PROGRAM = "token of no program"
    KEY_WORDS = "token incomplete"
    KEY_DAYS = "days of a token"  # most
    KEY_UNKNOWN = "token not known"
    KEY_REVOKED = "token revoked"
    KEY_EXPIRED = "token expired"
