"""A made-up NPPES monthly file of the true layout: 330 quoted columns, people and organizations.

The order of the columns is that of the file which CMS publishes (version 2); every name, number and
NPI here is made up.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from archives import Archive
from waypost.sources.nppes import layout

_ADDRESS = ("First Line Business {0} Address", "Second Line Business {0} Address", "Business {0} Address City Name",
            "Business {0} Address State Name", "Business {0} Address Postal Code",
            "Business {0} Address Country Code (If outside U.S.)", "Business {0} Address Telephone Number",
            "Business {0} Address Fax Number")  # fmt: skip
_PERSON = ("Last Name (Legal Name)", "First Name", "Middle Name", "Name Prefix Text", "Name Suffix Text",
           "Credential Text")  # fmt: skip
_OTHER_PERSON = ("Last Name", "First Name", "Middle Name", "Name Prefix Text", "Name Suffix Text", "Credential Text",
                 "Last Name Type Code")  # fmt: skip
_OFFICIAL = ("Last Name", "First Name", "Middle Name", "Title or Position", "Telephone Number")
_TAXONOMY = ("Healthcare Provider Taxonomy Code", "Provider License Number", "Provider License Number State Code",
             "Healthcare Provider Primary Taxonomy Switch")  # fmt: skip
_IDENTIFIER = ("Other Provider Identifier", "Other Provider Identifier Type Code", "Other Provider Identifier State",
               "Other Provider Identifier Issuer")  # fmt: skip
HEADER = [
    "NPI", "Entity Type Code", "Replacement NPI", "Employer Identification Number (EIN)", layout.NAME,
    *(f"Provider {name}" for name in _PERSON),
    layout.OTHER_NAME, "Provider Other Organization Name Type Code",
    *(f"Provider Other {name}" for name in _OTHER_PERSON),
    *(f"Provider {name.format('Mailing')}" for name in _ADDRESS),
    *(f"Provider {name.format('Practice Location')}" for name in _ADDRESS),
    "Provider Enumeration Date", layout.UPDATED, "NPI Deactivation Reason Code", layout.DEACTIVATED, layout.REACTIVATED,
    "Provider Sex Code",
    *(f"Authorized Official {name}" for name in _OFFICIAL),
    *(f"{name}_{n}" for n in range(1, 16) for name in _TAXONOMY),
    *(f"{name}_{n}" for n in range(1, 51) for name in _IDENTIFIER),
    "Is Sole Proprietor", "Is Organization Subpart", "Parent Organization LBN", "Parent Organization TIN",
    *(f"Authorized Official {name}" for name in ("Name Prefix Text", "Name Suffix Text", "Credential Text")),
    *(f"Healthcare Provider Taxonomy Group_{n}" for n in range(1, 16)), "Certification Date",
]  # fmt: skip
TABLE = "npidata_pfile_20050523-20261108.csv"


def npi(number: int) -> str:
    """A made-up NPI whose last digit checks the others (Luhn, with 80840 before it)."""
    body = f"1{number:08}"
    digits = [int(d) for d in f"80840{body}"]
    doubled = [d if i % 2 else (d * 2 - 9 if d > 4 else d * 2) for i, d in enumerate(digits[::-1])]
    return body + str(-sum(doubled) % 10)


def row(number: int, **changes: str) -> dict[str, str]:
    """An organization's row; ``changes`` are of `waypost.sources.nppes.layout`'s names."""
    cells = dict.fromkeys(HEADER, "") | {
        layout.NPI: npi(number), layout.ENTITY: "2", layout.NAME: "RIVER HOUSE INC", layout.STREET: "12 MAIN STREET",
        layout.CITY: "DAYTON", layout.STATE: "OH", layout.ZIP: "454021234", layout.PHONE: "9375550101",
        layout.UPDATED: "08/01/2026", layout.TAXONOMIES_OF_A_ROW[0]: "261QR0405X",
    }  # fmt: skip
    return cells | {getattr(layout, name): value for name, value in changes.items()}


def lines(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """The table's lines, the header first, every cell in quotes as CMS writes it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    for cells in rows:
        writer.writerow(cells)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def member(name: str) -> zipfile.ZipInfo:
    """A member of the zip, without the present time."""
    made = zipfile.ZipInfo(name)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def write(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """A zip as CMS publishes it: the table, its header alone, and the tables beside it."""
    with Archive(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("NPPES_Data_Dissemination_Readme.pdf", b"%PDF")
        with archive.open(member(TABLE), "w", force_zip64=True) as table:
            for line in lines(rows):
                table.write(line.encode())
        header = ",".join(f'"{name}"' for name in HEADER)
        archive.writestr(TABLE.replace(".csv", "_fileheader.csv"), header)
        archive.writestr("pl_pfile_20050523-20261108.csv", '"NPI"\n')
    return path
