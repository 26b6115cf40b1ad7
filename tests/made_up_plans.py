"""Made-up files in the published layouts, for the tests of the importers and the benchmark."""

from __future__ import annotations

import csv
import random
import zipfile
from pathlib import Path

from waypost.plans.imports.marketplace_columns import BENEFIT_COLUMNS, PLAN_COLUMNS

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
WHEN = ("", " Copay after deductible", " Copay with deductible", " Copay per Stay after deductible")
SHARES = [
    ("$0.00", "0.00%"),
    ("No Charge after deductible", ""),
    *((f"${n * 5}.00{when}", "Not Applicable") for n in range(1, 93) for when in WHEN),
    *(("Not Applicable", f"{n}.00% Coinsurance after deductible") for n in range(5, 65)),
]
"""As many wordings as the files of 2026 have: some 430."""

NOTE = "Cost sharing shown applies to outpatient office visits only. Other outpatient services of "
STATES = "AK AL AR AZ DE FL HI IA IN KS LA MI MO MS MT NC ND NE NH OH OK OR SC SD TN TX UT WI WV WY"


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


def full_size(folder: Path, plans: int, seed: int = 26) -> list[Path]:
    """Benefits, attributes, service area and network files of ``plans`` plans.

    As varied as the real ones: 66 benefits a plan, its own name and address, notes by issuer.
    """
    chance = random.Random(seed)
    states = STATES.split()
    ids = [
        f"{10000 + n % 320:05d}{states[n % 320 % 30]}{n // 320 % 999:03d}{n % 9999:04d}-{n % 7:02d}"
        for n in range(plans)
    ]
    ids = list(dict.fromkeys(ids))
    write_csv(folder / "attributes.csv", PLAN_HEADER, (_varied_plan(k, chance) for k in ids))
    names = [*BENEFITS, *(f"Benefit number {n}" for n in range(60))]
    with (folder / "benefits.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADER)
        writer.writeheader()
        for plan_id in ids:
            for benefit in names:
                share, note = chance.choice(SHARES), chance.randrange(40)
                text = f"{NOTE}{plan_id[:5]} may cost otherwise (rule {note})." if note < 16 else ""
                writer.writerow(benefit_row(plan_id, benefit, *share, Explanation=text))
    return [folder / "benefits.csv", folder / "attributes.csv", *_places(folder, ids)]


def _varied_plan(plan_id, chance):
    issuer, metal = plan_id[:5], chance.choice(["Bronze", "Silver", "Gold"])
    return plan_row(
        plan_id,
        IssuerMarketPlaceMarketingName=f"Vandelay Health {issuer}",
        PlanMarketingName=f"Vandelay {metal} {chance.randrange(9999)} HMO, {plan_id[5:7]}",
        NetworkId=f"{plan_id[5:7]}N001",
        ServiceAreaId=f"{plan_id[5:7]}S00{chance.randrange(1, 6)}",
        URLForSummaryofBenefitsCoverage=f"https://www.vandelay.co/{issuer}/sbc/{plan_id}.en.pdf",
        MEHBDedInnTier1Individual=f"${chance.randrange(0, 9_000):,}",
    )


def _places(folder: Path, ids) -> list[Path]:
    issuers = sorted({(k[:5], k[5:7]) for k in ids})
    area = [
        {"IssuerId": i, "ServiceAreaId": f"{s}S00{n}", "StateCode": s, "County": f"48{c:03d}",
         "CoverEntireState": "No"}
        for i, s in issuers for n in range(1, 6) for c in range(n, 60, 5)
    ]  # fmt: skip
    network = [
        {"IssuerId": i, "NetworkId": f"{s}N001", "NetworkName": f"Choice {i}",
         "NetworkURL": f"https://www.vandelay.co/{i}/doctors"}
        for i, s in issuers
    ]  # fmt: skip
    return [
        write_csv(folder / "service-area.csv", list(area[0]), area),
        write_csv(folder / "network.csv", list(network[0]), network),
    ]
