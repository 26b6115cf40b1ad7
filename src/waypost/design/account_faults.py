"""What is wrong, or may not be done, with accounts and ownership: a sentence for each code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext as _

from waypost.accounts.faults import AccountFault
from waypost.accounts.when_may import NotNow
from waypost.accounts.who_may import Refusal
from waypost.values.coded_fault import CodedError, CodedFault


def account_words(error: CodedError) -> list[str]:
    """A sentence for each fault of an error, in the language being spoken."""
    return [account_sentence(fault) for fault in error.faults]


def account_sentence(fault: CodedFault | StrEnum) -> str:
    """The sentence of one fault, or of a code that has no facts."""
    coded = fault if isinstance(fault, CodedFault) else CodedFault(fault)
    return account_sentences()[coded.code] % dict(coded.facts)


def account_sentences() -> Mapping[StrEnum, str]:
    """Every sentence by its code."""
    return _refusals() | _of_people() | _of_owners() | _of_proofs() | _of_tokens()


def _refusals() -> dict[StrEnum, str]:
    return {
        Refusal.NOT_SIGNED_IN: _("Sign in first."),
        Refusal.NO_SECOND_FACTOR: _(
            "Set up a passkey or an authenticator app first: every role needs a second factor."
        ),
        Refusal.NO_SEAT: _(
            "You have no role here any more. Ask an administrator of your organization."
        ),
        Refusal.OTHER_ORGANIZATION: _("This belongs to another organization."),
        Refusal.NOT_THIS_ROLE: _(
            "Your role does not include this. Ask an administrator of your organization."
        ),
        NotNow.USED: _("This invitation has been used. Sign in, or ask for a new one."),
        NotNow.EXPIRED: _("This invitation is older than 72 hours. Ask for a new one."),
        NotNow.WITHDRAWN: _("This invitation was withdrawn. Ask whoever invited you."),
        NotNow.LAST_ADMINISTRATOR: _(
            "This is the organization's last administrator; name another first."
        ),
    }


def _of_people() -> dict[StrEnum, str]:
    return {
        AccountFault.ORGANIZATION: _(
            "An organization needs a name and a kind: operator or program."
        ),
        AccountFault.ADDRESS: _("“%(address)s” is not an e-mail address."),
        AccountFault.NO_ORGANIZATION: _("There is no organization with the id “%(id)s”."),
        AccountFault.ROLE: _(
            "“%(role)s” is not a role of %(organization)s; there are %(offered)s."
        ),
        AccountFault.NO_INVITATION: _(
            "There is no such invitation. Check the link, or ask for a new one."
        ),
        AccountFault.NAME: _("Please write your name, as your colleagues know you."),
        AccountFault.NO_ROLE: _("Nobody has this role now."),
        AccountFault.NOBODY: _("Nobody here has the address “%(address)s”."),
    }


def _of_owners() -> dict[StrEnum, str]:
    return {
        AccountFault.OPERATOR_OWNS_NOTHING: _(
            "Choose a program's organization: the operator speaks for no listing."
        ),
        AccountFault.NO_REASON: _(
            "Say in a few words why: whoever looks at it later needs to know."
        ),
        AccountFault.OWNED: _("%(organization)s speaks for this listing now; end that first."),
        AccountFault.OWNED_JUST_NOW: _(
            "Somebody else has just confirmed an owner of this listing."
        ),
        AccountFault.OWNS_NOT: _("Nobody speaks for this listing by that confirmation now."),
    }


def _of_proofs() -> dict[StrEnum, str]:
    return {
        AccountFault.TARGET: _(
            "The listing does not have what this proof needs; choose another one."
        ),
        AccountFault.HOW_KNOWN: _("Say in a few words how the operator can know that you may."),
        AccountFault.OWNED_ALREADY: _(
            "Somebody speaks for this listing already. Ask the operator."
        ),
        AccountFault.ASKED_ALREADY: _("Your organization has asked for this listing already."),
        AccountFault.PROOFS_WAIT: _(
            "%(most)s of your listings are waiting already; prove those first."
        ),
        AccountFault.NEEDS_DECISION: _("This proof needs a decision, not a code."),
        AccountFault.OWN_CODE: _(
            "Whoever asked cannot get the code from the desk: another person has to call."
        ),
        AccountFault.CODES: _("%(most)s codes were made for this listing; try again tomorrow."),
        AccountFault.OWN_PROOF: _("Whoever asked cannot decide: another person has to."),
        AccountFault.PROOF_ENDED: _("This proof has ended. Ask again if it is still needed."),
        AccountFault.NO_NUMBER: _("No number is listed that could be called."),
        AccountFault.OUT_OF_SERVICE: _("The carrier says that this number is not in service."),
    }


def _of_tokens() -> dict[StrEnum, str]:
    return {
        AccountFault.KEY_OF_PROGRAM: _("Choose a program's organization."),
        AccountFault.KEY_WORDS: _(
            "A token needs a name, and what it may change: tracks, openings or both."
        ),
        AccountFault.KEY_DAYS: _("A token lasts from 1 to %(most)s days."),
        AccountFault.KEY_UNKNOWN: _("This token is not known. Make one at the desk."),
        AccountFault.KEY_REVOKED: _("This token was revoked. Make a new one at the desk."),
        AccountFault.KEY_EXPIRED: _("This token has expired. Make a new one at the desk."),
    }
