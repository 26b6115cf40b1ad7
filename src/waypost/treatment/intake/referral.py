"""A referral: typed, or from the address of a call sheet of the public search.

The sheet's address holds what was looked for and the programs that were kept; nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from waypost.files.digests import text_digest
from waypost.navigation.need import BadNeed
from waypost.navigation.need_url import need_from_query
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.sealed_words import SealedWords
from waypost.values.coded_fault import CodedError

MOST_CHARACTERS = 8_000


class CameBy(StrEnum):
    """How a referral came."""

    TYPED = "typed"
    CALL_SHEET = "call sheet"


@dataclass(frozen=True, slots=True)
class ReferralWords(SealedWords):
    """What was said when somebody was referred; sealed at rest."""

    referred_by: str = ""
    reason: str = ""
    wants: str = ""
    sheet: str = ""
    sheet_says: str = ""


def referral_number(once: str, by: str, words: PersonWords, referral: ReferralWords) -> str:
    """The id of what one form says: the same form that is sent twice by one person says it once.

    ``once`` is a secret of the form, so that the id tells nothing of what it was made from. Who
    changes a form that was sent, and sends it again, says something new.
    """
    said = json.dumps([once, by, asdict(words), referral.sealable()])
    return f"ref_{text_digest(said)[:16]}"


class BadSheet(CodedError, ValueError):
    """An address that is no call sheet, or not one with this program on it."""


def sheet_says(address: str, own_sites: Collection[str]) -> str:
    """What a call sheet says was looked for, as "place; level: iop; language: es".

    Raises:
        BadSheet: it is no call sheet, or none of this program's listings is on it.
    """
    try:
        parts = urlsplit(address.strip()[:MOST_CHARACTERS])
    except ValueError as error:  # such as a bracket that nothing closes
        raise BadSheet(TreatmentFault.SHEET) from error
    if not parts.path.endswith("/shortlist"):
        raise BadSheet(TreatmentFault.SHEET)
    query = parse_qs(parts.query)
    on_sheet = {site for value in query.get("site", ()) for site in value.split(",")}
    if own_sites and not on_sheet & set(own_sites):
        raise BadSheet(TreatmentFault.SHEET_OF_OTHERS)
    try:
        need = need_from_query(query)
    except BadNeed as error:
        raise BadSheet(TreatmentFault.SHEET_UNREADABLE) from error
    said = [need.place] if need.place else []
    said += [f"{facet}: {', '.join(options)}" for facet, options in need.choices]
    return "; ".join(said)
