"""What the codes of a 271 mean, in plain words; a code that is not here is shown as sent.

Meanings follow ASC X12 005010X279A1 and X12's public code lists (https://x12.org/codes); the
service types are the list "Health Care Service Type Codes" there. The words are ours: where
X12's own words would label a person, the care is named instead.
"""

BENEFIT = {
    "1": "Active coverage",
    "2": "Active, full risk capitation",
    "3": "Active, services capitated",
    "4": "Active, services capitated to the primary care physician",
    "5": "Active, pending investigation (often a premium grace period)",
    "6": "Inactive",
    "7": "Inactive, pending an eligibility update",
    "8": "Inactive, pending investigation",
    "A": "Coinsurance",
    "B": "Copayment",
    "C": "Deductible",
    "CB": "Coverage basis",
    "D": "Benefit description",
    "E": "Exclusion",
    "F": "Limitation",
    "G": "Out-of-pocket maximum",
    "H": "Unlimited",
    "I": "Not covered",
    "J": "Cost containment",
    "K": "Reserve",
    "L": "Primary care provider",
    "M": "Pre-existing condition",
    "MC": "Managed care coordinator",
    "N": "Services restricted to the following provider",
    "O": "Not deemed a medical necessity",
    "P": "Benefit disclaimer",
    "Q": "Second surgical opinion required",
    "R": "Other or additional payer",
    "S": "Prior year's history",
    "T": "Card reported lost or stolen",
    "U": "Contact the following entity for this benefit",
    "V": "The payer cannot process this",
    "W": "Other source of data",
    "X": "Health care facility",
    "Y": "Spend down",
}

LEVEL = {
    "IND": "one person",
    "FAM": "the family",
    "EMP": "the employee",
    "ESP": "the employee and spouse",
    "ECH": "the employee and children",
    "CHD": "the children",
    "SPO": "the spouse",
    "SPC": "the spouse and children",
    "DEP": "the dependents",
}

SERVICE = {
    "1": "medical care",
    "30": "the plan as a whole",
    "33": "chiropractic care",
    "35": "dental care",
    "45": "hospice",
    "47": "hospital care",
    "48": "inpatient hospital care",
    "50": "outpatient hospital care",
    "86": "emergency services",
    "88": "pharmacy",
    "98": "office visits",
    "A4": "psychiatric care",
    "A5": "psychiatric room and board",
    "A6": "psychotherapy",
    "A7": "inpatient psychiatric care",
    "A8": "outpatient psychiatric care",
    "AI": "substance use treatment",
    "AJ": "alcohol use treatment",
    "AK": "drug use treatment",
    "AL": "vision care",
    "BB": "psychiatric partial hospitalization",
    "BC": "psychiatric day care",
    "CE": "mental health provider, inpatient",
    "CF": "mental health provider, outpatient",
    "CG": "mental health facility, inpatient",
    "CH": "mental health facility, outpatient",
    "CI": "substance use facility, inpatient",
    "CJ": "substance use facility, outpatient",
    "CK": "screening X-ray",
    "CL": "screening laboratory",
    "MH": "mental health care",
    "UC": "urgent care",
}

INSURANCE = {
    "EP": "exclusive provider organization (EPO)",
    "HM": "health maintenance organization (HMO)",
    "MA": "Medicare Part A",
    "MB": "Medicare Part B",
    "MC": "Medicaid",
    "PR": "preferred provider organization (PPO)",
    "PS": "point of service (POS)",
    "QM": "Qualified Medicare Beneficiary",
}

PERIOD = {
    "6": "per hour",
    "7": "per day",
    "22": "per service year",
    "23": "per calendar year",
    "24": "year to date",
    "25": "per contract",
    "26": "per episode",
    "27": "per visit",
    "29": "left",
    "32": "in a lifetime",
    "33": "left in a lifetime",
    "34": "per month",
    "36": "per admission",
}

QUANTITY = {
    "DY": "days",
    "HS": "hours",
    "LA": "lifetime reserve days (actual)",
    "LE": "lifetime reserve days (estimated)",
    "P6": "services or procedures",
    "S7": "age, high value",
    "VS": "visits",
}

NETWORK = {
    "Y": "in network",
    "N": "out of network",
    "W": "network makes no difference or does not apply",
    "U": "network unknown",
}

AUTHORIZATION = {
    "Y": "authorization required",
    "N": "no authorization required",
    "U": "authorization unknown",
}

DATE = {
    "096": "discharge",
    "102": "issue",
    "152": "effective date of change",
    "193": "period start",
    "194": "period end",
    "291": "plan",
    "292": "benefit",
    "307": "eligibility",
    "342": "premium paid to date begin",
    "343": "premium paid to date end",
    "346": "plan begin",
    "347": "plan end",
    "348": "benefit begin",
    "349": "benefit end",
    "356": "eligibility begin",
    "357": "eligibility end",
    "435": "admission",
    "472": "service",
}

PLACE = {
    "02": "telehealth, not at home",
    "10": "telehealth at home",
    "11": "office",
    "19": "off-campus outpatient hospital",
    "21": "inpatient hospital",
    "22": "on-campus outpatient hospital",
    "51": "inpatient psychiatric facility",
    "52": "psychiatric facility, partial hospitalization",
    "53": "community mental health center",
    "55": "residential substance use treatment facility",
    "56": "psychiatric residential treatment center",
    "57": "non-residential substance use treatment facility",
    "58": "non-residential opioid treatment facility",
}
