"""What the places of service (III, CMS's list) and procedures (EB13) of this care are called.

Places: https://www.cms.gov/medicare/coding-billing/place-of-service-codes. Procedures are HCPCS
(https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system) and the revenue
codes of the National Uniform Billing Committee; the words are ours. Others are shown as sent.
"""

PLACE = {
    "01": "pharmacy",
    "02": "telehealth, not at home",
    "03": "school",
    "04": "homeless shelter",
    "10": "telehealth at home",
    "11": "office",
    "12": "home",
    "13": "assisted living facility",
    "14": "group home",
    "15": "mobile unit",
    "18": "place of employment",
    "19": "off-campus outpatient hospital",
    "20": "urgent care facility",
    "21": "inpatient hospital",
    "22": "on-campus outpatient hospital",
    "23": "emergency room of a hospital",
    "24": "ambulatory surgical center",
    "27": "outreach site or street",
    "31": "skilled nursing facility",
    "32": "nursing facility",
    "34": "hospice",
    "49": "independent clinic",
    "50": "federally qualified health center",
    "51": "inpatient psychiatric facility",
    "52": "psychiatric facility, partial hospitalization",
    "53": "community mental health center",
    "54": "intermediate care facility",
    "55": "residential substance use treatment facility",
    "56": "psychiatric residential treatment center",
    "57": "non-residential substance use treatment facility",
    "58": "non-residential opioid treatment facility",
    "61": "comprehensive inpatient rehabilitation facility",
    "62": "comprehensive outpatient rehabilitation facility",
    "71": "public health clinic",
    "72": "rural health clinic",
    "99": "other place",
}

PROCEDURE = {
    "H0004": "counseling, 15 minutes",
    "H0005": "group counseling for substance use",
    "H0010": "detoxification, residential, sub-acute",
    "H0011": "detoxification, residential, acute",
    "H0012": "detoxification, residential addiction program",
    "H0013": "detoxification, outpatient addiction program",
    "H0014": "detoxification, ambulatory",
    "H0015": "intensive outpatient treatment for substance use",
    "H0017": "residential treatment, hospital program",
    "H0018": "residential treatment, short-term",
    "H0019": "residential treatment, long-term",
    "H0020": "methadone treatment",
    "H0035": "partial hospitalization, mental health",
    "H2036": "residential treatment program, per day",
    "G0137": "intensive outpatient services by an opioid treatment program, weekly",
    "S0201": "partial hospitalization, per day",
    "S9480": "intensive outpatient psychiatric services, per day",
    "0905": "intensive outpatient, psychiatric (revenue code)",
    "0906": "intensive outpatient, substance use (revenue code)",
    "0912": "partial hospitalization, less intensive (revenue code)",
    "0913": "partial hospitalization, intensive (revenue code)",
    "0944": "drug rehabilitation (revenue code)",
    "0945": "alcohol rehabilitation (revenue code)",
    "1002": "residential treatment, substance use (revenue code)",
}

INTENSIVE_OUTPATIENT = frozenset(("H0015", "S9480", "G0137", "0905", "0906", "905", "906"))
"""Procedures and revenue codes that are intensive outpatient care and nothing else."""
