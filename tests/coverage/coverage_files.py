"""Made-up files in the published layouts, for the tests of the importers and the benchmark."""

from __future__ import annotations

import csv
import random
import zipfile
from pathlib import Path

from waypost.coverage.imports.marketplace_columns import BENEFIT_COLUMNS, PLAN_COLUMNS

HEADER = [name.removesuffix("?") for name in BENEFIT_COLUMNS]
PLAN_HEADER = [name.removesuffix("?") for name in PLAN_COLUMNS]
BENEFITS = [
    "Substance Abuse Disorder Outpatient Services",
    "Substance Use Disorder Outpatient Other Services",
    "Substance Abuse Disorder Inpatient Services",
    "Partial Hospitalization",
    "Outpatient Facility Fee (e.g., Ambulatory Surgery Center)",
    "Mental/Behavioral Health Outpatient Services",
]
SHARES = [
    ("$40.00", "Not Applicable"),
    ("$0.00", "0.00%"),
    ("Not Applicable", "50.00% Coinsurance after deductible"),
    ("No Charge after deductible", ""),
    ("$500.00 Copay per Stay after deductible", "Not Applicable"),
    ("$25.00 Copay with deductible", "Not Applicable"),
]
NOTE = "Cost sharing shown applies to outpatient office visits only."


def benefit_row(plan_id, benefit, copay="$30.00", coinsurance="Not Applicable", **changes):
    """One row of the benefits file, by its header."""
    row = dict.fromkeys(HEADER, "")
    row |= {
        "BusinessYear": "2026",
        "PlanId": plan_id,
        "BenefitName": benefit,
        "CopayInnTier1": copay,
        "CoinsInnTier1": coinsurance,
        "CopayOutofNet": "Not Applicable",
        "CoinsOutofNet": "100.00%",
        "IsCovered": "Covered",
    }
    return row | changes


def plan_row(plan_id, **changes):
    """One row of the plan attributes file, by its header."""
    row = dict.fromkeys(PLAN_HEADER, "")
    row |= {
        "BusinessYear": "2026",
        "PlanId": plan_id,
        "StateCode": plan_id[5:7],
        "IssuerMarketPlaceMarketingName": "Vandelay Health",
        "IssuerId": plan_id[:5],
        "PlanMarketingName": "Vandelay Gold",
        "DentalOnlyPlan": "No",
        "URLForSummaryofBenefitsCoverage": "https://www.vandelay.co/sbc.pdf",
        "MedicalDrugDeductiblesIntegrated": "No",
        "TEHBDedInnTier1Individual": "$0",
        "MEHBDedInnTier1Individual": "$1,500",
        "MedicalDrugMaximumOutofPocketIntegrated": "Yes",
        "TEHBInnTier1IndividualMOOP": "$9,000",
        "MEHBInnTier1IndividualMOOP": "Not Applicable",
    }
    return row | changes


def write_csv(path: Path, header, rows) -> Path:
    """A comma-separated file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, header)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_tabs(archive: zipfile.ZipFile, name, rows) -> None:
    """A member of a plan benefit package: tabs, CRLF, Windows-1252."""
    lines = ["\t".join(rows[0])] + ["\t".join(row.values()) for row in rows]
    archive.writestr(name, ("\r\n".join(lines) + "\r\n").encode("cp1252"))


def full_size(folder: Path, plans: int, seed: int = 26) -> tuple[Path, Path]:
    """A benefits and an attributes file of ``plans`` plans with 66 benefits each."""
    chance = random.Random(seed)
    others = [f"Benefit number {n}" for n in range(60)]
    ids = [
        f"{10000 + n % 320:05d}TX{n // 320 % 999:03d}{n % 9999:04d}-{n % 7:02d}"
        for n in range(plans)
    ]
    ids = list(dict.fromkeys(ids))
    write_csv(folder / "attributes.csv", PLAN_HEADER, (plan_row(k) for k in ids))
    with (folder / "benefits.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADER)
        writer.writeheader()
        for plan_id in ids:
            for benefit in (*BENEFITS, *others):
                copay, coinsurance = chance.choice(SHARES)
                writer.writerow(benefit_row(plan_id, benefit, copay, coinsurance, Explanation=NOTE))
    return folder / "benefits.csv", folder / "attributes.csv"
