"""What a payer's free text (MSG) says of authorization, intensive outpatient care and conditions.

Texts are read for a few things alone, and only toward caution: a text can say that something must
be authorized, is not covered, has ended or holds under a condition; it never makes an answer surer
than its codes do.
"""

import re
from collections.abc import Iterable

MENTIONS = re.compile(
    r"AUTHORI[ZS]|\bAUTHS?\b|PRE-?\s?AUTH|PRIOR AUTH|PRE-?\s?CERT|PRECERT|PRE-?\s?APPROV|"
    r"\bAPPROVAL|PRE-?\s?DETERMIN|PRE-?\s?SERVICE REVIEW|UTILIZATION REVIEW|"
    r"\bCERTIFICATION\b|\bP\.?A\.?\s+(?:(?:IS|ARE)\s+)?(?:REQ|NEEDED|MUST|MANDATORY)"
)
NOTICE = re.compile(r"\bNOTIF(?:Y|IED|ICATION)")  # a duty before care, yet no authorization
NONE_NEEDED = re.compile(
    r"\bNO\s+(?:\w+\s+){0,2}(?:AUTH\w*|PRE-?\s?(?:AUTH|CERT)\w*|PRIOR APPROVAL)"
    r"(?:\s+(?:IS\s+|ARE\s+)?(?:REQ\w*|NEEDED|NECESSARY))?"
    r"|(?:AUTH\w*|(?:PRE-?\s?)?CERT\w*|PRIOR APPROVAL)\s+(?:IS\s+|ARE\s+)?"
    r"(?:NOT\s+(?:REQ\w*|NEEDED|NECESSARY)|WAIVED)"
    r"|(?:DOES|DO)\s+NOT\s+(?:REQUIRE|NEED)\s+(?:\w+\s+){0,2}(?:AUTH\w*|(?:PRE-?\s?)?CERT\w*)"
)
NEEDED = re.compile(
    r"\bREQ\b|\bREQD|REQUIRE|\bMUST\b|NEEDED|\bNECESSARY|UNLESS|SUBJECT TO|OBTAIN|MANDATORY|"
    r"\bCALL\b|CONTACT|WITHOUT|\bIF NOT\b|PENALTY|"
    r"REDUC(?:ED|TION)|DENIED|FAILURE|\bRQD|ONLY (?:IF|WHEN|WITH)|PRIOR TO|BEFORE"
)
STRONG = re.compile(
    r"(?<!REFERRAL )(?<!REFERRAL IS )\b(?:REQ|REQD|RQD|REQUIRE[DS]?|NEEDED|MUST|MANDATORY)\b"
)
BUT = re.compile(
    r"\bEXCEPT|\bOTHER THAN|\bUNLESS|\bBUT\b|EXCLUD|\bTHEN\b|THEREAFTER|\bAFTER\b|BEYOND|"
    r"\bUP TO\b|\bFIRST\b|\bONLY\b|\bIF\b|\bWHEN\b|\bLIMIT|\bUNTIL\b|\bOVER\b|\bWITHIN\b"
)
ENDED = re.compile(
    r"\bTERMED\b|\bTERMINATED\b|\bTERMINATES?\b|CANCEL+ED|DISENROL|LAPSED?\b|SUSPEND|"
    r"\bNOT ELIGIBLE|INELIGIBLE|NO LONGER|\bNOT ACTIVE|\bINACTIVE|\bNO (?:ACTIVE )?COVERAGE|"
    r"\bNOT (?:YET )?(?:EFFECTIVE|ENROLLED|COVERED BY THIS PLAN)|"
    r"COVERAGE (?:HAS )?(?:ENDED|EXPIRED)|GRACE PERIOD|PAST DUE|DELINQUEN|"
    r"PREMIUMS? (?:IS |ARE )?(?:UNPAID|NOT PAID|DUE|OWED)|NON-?\s?PAYMENT|"
    r"CLAIMS? (?:ARE |WILL BE )?(?:PENDED|PENDING|HELD)|COBRA (?:\w+ )?(?:NOT |ELECT|PEND)|"
    r"AGED? OUT|AGING OUT|"
    r"\b(?:EMERGENCY|EMERGENCY SERVICES|FAMILY PLANNING|QMB|SLMB|QI-?1?|PREMIUMS?|INPATIENT|"
    r"PHARMACY|DENTAL|VISION|PREGNANCY|HOSPICE) ONLY|"
    r"(?:LIMITED|RESTRICTED) (?:BENEFIT|COVERAGE|SCOPE)|"
    r"FAMILY PLANNING (?:PLAN|PROGRAM|WAIVER)|SPEND-?\s?DOWN|SHARE OF COST|PRESUMPTIVE|INCARCERAT"
)
"""Coverage that is over, is not paid for, or is for other care alone; plan names say so too."""

NOT_COVERED = re.compile(
    r"\bNOT (?:A )?(?:COVERED|BENEFIT|PROVIDED|PAYABLE|INCLUDED|AVAILABLE)|"
    r"NON-?\s?COVERED|\bNO (?:BENEFITS?|COVERAGE)\b|\bEXCLUDED\b|"
    r"\bEXCLUDES\b|\bEXCLUSION|\b(?:IS|ARE)N'?T COVERED"
)
OUTSIDE = re.compile(
    r"(?:OUT[- ]OF[- ]NETWORK|\bOON\b|NON-?\s?PAR\w*)[^.;,]{0,40}?"
    r"(?:NOT (?:A )?COVERED|NON-?\s?COVERED|EXCLUDED)|"
    r"\bNO (?:OUT[- ]OF[- ]NETWORK|OON) (?:BENEFITS?|COVERAGE)"
)
INTENSIVE = re.compile(
    r"INTENSIVE\s+(?:OUT-?\s?PATIENT|OUT-?\s?PT|OP\b)|\bI\.?O\.?P\b|\bH0015\b|\bS9480\b|\b090[56]\b"
)
CONDITION = re.compile(
    r"UNLESS|EXCEPT|\bONLY\b|SUBJECT TO|WITHOUT|\bIF\b|\bAFTER\b|\bWHEN\b|PROVIDED|MUST|REQUIRE"
)
BEHAVIORAL = re.compile(
    r"BEHAVIORAL|MENTAL|SUBSTANCE|PSYCH|CHEMICAL DEPEND|ADDICTION|ALCOHOL|DRUG REHAB|\bMHSA\b|"
    r"\bSUD\b|\bMH/?S[AU]|OUTPATIENT PROGRAM|PARTIAL HOSP|\bALL SERVICES\b|"
    r"\bB\.?H\b|\bMH\b|CARVED?[ -]OUT|DETOX"
)


def requires_authorization(text: str) -> bool:
    """Whether a text says that something must be authorized first.

    What it says is not needed ("no authorization required for office visits") is taken out
    first, so that a second half of the text ("authorization required for IOP") still counts.
    """
    upper = text.upper()
    rest = NONE_NEEDED.sub(" ", upper)
    if MENTIONS.search(rest) and NEEDED.search(rest):
        return True
    if rest == upper:
        return False
    exception = BUT.search(rest)  # "no authorization needed except for IOP"
    for_intensive = exception is not None and INTENSIVE.search(rest, exception.start())
    return bool(STRONG.search(rest) or for_intensive)


def mentions_authorization(text: str) -> bool:
    """Whether a text speaks of authorization at all, whatever it says."""
    upper = text.upper()
    return bool(MENTIONS.search(upper) or NOTICE.search(upper))


def leaves_authorization_open(text: str) -> bool:
    """Whether a text speaks of authorization other than to say that none is needed.

    "None needed for the first 8 visits" leaves the ninth open.
    """
    upper = text.upper()
    rest = NONE_NEEDED.sub(" ", upper)
    goes_on = rest != upper and (BUT.search(rest) or STRONG.search(rest))
    return mentions_authorization(rest) or bool(goes_on)


def doubts_coverage(text: str) -> bool:
    """Whether a text says that coverage ended, is unpaid or is limited, whatever a code says."""
    return bool(ENDED.search(text.upper()))


def says_not_covered(text: str) -> bool:
    """Whether a text calls something not covered, other than care outside the network."""
    return bool(NOT_COVERED.search(OUTSIDE.sub(" ", text.upper())))


def names_intensive_outpatient(texts: Iterable[str]) -> bool:
    """Whether a text names intensive outpatient care, in words or by a code."""
    return any(INTENSIVE.search(text.upper()) for text in texts)


def names_behavioral_care(text: str) -> bool:
    """Whether a text is about mental health or substance use care, or about all services."""
    upper = text.upper()
    return bool(BEHAVIORAL.search(upper) or INTENSIVE.search(upper))


def has_a_condition(text: str) -> bool:
    """Whether a text sets a condition, as "not covered unless prior authorized" does."""
    return bool(CONDITION.search(text.upper()))
