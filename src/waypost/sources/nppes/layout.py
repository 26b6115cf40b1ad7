"""The layout of the NPPES monthly file, and which of its taxonomies may be a program.

Source: CMS, NPPES Data Dissemination, readme and code values (version 2 of the file, since March
2026 the only one): a CSV of 330 quoted columns, of which 13 are read here. Taxonomies: NUCC Health
Care Provider Taxonomy code set, version 25.0.
"""

from __future__ import annotations

MEMBER = "npidata_pfile_"
"""How the table's name begins in the zip; ``..._fileheader.csv`` beside it has the header alone."""

ORGANIZATION = "2"
"""The entity type of an organization; 1 is a person, who is never read."""

NPI = "NPI"
ENTITY = "Entity Type Code"
NAME = "Provider Organization Name (Legal Business Name)"
OTHER_NAME = "Provider Other Organization Name"
STREET = "Provider First Line Business Practice Location Address"
STREET2 = "Provider Second Line Business Practice Location Address"
CITY = "Provider Business Practice Location Address City Name"
STATE = "Provider Business Practice Location Address State Name"
ZIP = "Provider Business Practice Location Address Postal Code"
PHONE = "Provider Business Practice Location Address Telephone Number"
UPDATED = "Last Update Date"
DEACTIVATED = "NPI Deactivation Date"
REACTIVATED = "NPI Reactivation Date"
READ = (NPI, ENTITY, NAME, OTHER_NAME, STREET, STREET2, CITY, STATE, ZIP, PHONE, UPDATED,
        DEACTIVATED, REACTIVATED)  # fmt: skip
TAXONOMIES_OF_A_ROW = tuple(f"Healthcare Provider Taxonomy Code_{n}" for n in range(1, 16))

TAXONOMIES = {
    "261QR0405X": "Clinic/Center, Rehabilitation, Substance Use Disorder",
    "261QM2800X": "Clinic/Center, Methadone",
    "261QM0801X": "Clinic/Center, Mental Health",
    "261QM0850X": "Clinic/Center, Adult Mental Health",
    "261QM0855X": "Clinic/Center, Adolescent and Children Mental Health",
    "251S00000X": "Agency, Community/Behavioral Health",
    "276400000X": "Hospital Unit, Rehabilitation, Substance Use Disorder",
    "273R00000X": "Hospital Unit, Psychiatric",
    "283Q00000X": "Hospital, Psychiatric",
    "324500000X": "Residential, Substance Abuse Rehabilitation",
    "3245S0500X": "Residential, Substance Abuse Treatment, Children",
    "323P00000X": "Residential, Psychiatric",
}
"""Of which a program that treats addiction has at least one."""
