"""Every sample with what it means and what is said of it, as a page for billing specialists.

`python tests/x12_samples.py` writes the made samples and `docs/reference/x12-samples.md`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from waypost.eligibility.port import Reply
from waypost.eligibility.stedi import read_stedi
from waypost.eligibility.wire import Received
from waypost.x12 import codes, places, segment_codes, service_types
from waypost.x12.answer import Answer271
from waypost.x12.envelope import BadMessage
from waypost.x12.explain import explain
from waypost.x12.in_short import in_short
from waypost.x12.read_271 import parse_271
from waypost.x12.reject_codes import REASONS
from waypost.x12.staff_words import PROBLEM
from x12_kinds import KINDS
from x12_more_kinds import MORE_KINDS

HERE = Path(__file__).parent / "x12"
SAMPLES = HERE / "samples"
PAGE = HERE.parents[1] / "docs" / "reference" / "x12-samples.md"
MEANING = yaml.safe_load((SAMPLES / "meaning.yaml").read_text("utf-8"))
DAY = date(2026, 3, 1)  # for JSON, which does not say when the payer answered

FROM = {
    "field": "made for this product after public reports of what payers send",
    "written": "written for this product",
    "public/lfh": "LinuxForHealth x12 demonstration files (Apache-2.0)",
    "public/pokitdok": "PokitDok API documentation (Apache-2.0)",
    "json/stedi": "written for this product, in the shapes of Stedi's public API description",
    "json/pokitdok": "PokitDok API documentation (Apache-2.0)",
    "kinds": "made by the script, see `tests/x12_kinds.py`",
    "benefits": "made by the script",
    "rejects": "made by the script",
}
HEAD = """# Samples of X12 271 and of Stedi's JSON, and what is said of each

Written by `python tests/x12_samples.py`; a test keeps it in step. All people in the samples
are invented. “What it means” was written by hand from the segments; a test holds what is said to it
(`tests/x12/samples/meaning.yaml`). Days are compared with the day of the answer (BHT04), for JSON
with March 1, 2026. “In full” leaves out the lines that name the payer, the program and the test
mark.
"""


def message(body: list[str]) -> str:
    """A whole 271 around the segments below the person's name."""
    blank = " " * 10
    segments = [
        "ST*271*0001*005010X279A1",
        "BHT*0022*11*REQ-1*20260301*1200",
        "HL*1**20*1",
        "NM1*PR*2*EXAMPLE PLAN*****PI*99999",
        "HL*2*1*21*1",
        "NM1*1P*2*EXAMPLE PROGRAM*****XX*1234567893",
        "HL*3*2*22*0",
        "TRN*2*TRACE-1*9EXAMPLE00",
        "NM1*IL*1*TESTPERSON*ALEX****MI*TEST000001",
        *body,
    ]
    head = (
        f"ISA*00*{blank}*00*{blank}*ZZ*{'EXAMPLEPAYER':<15}*ZZ*{'EXAMPLESENDER':<15}"
        "*260301*1200*^*00501*000000001*0*T*:"
    )
    group = "GS*HB*EXAMPLEPAYER*EXAMPLESENDER*20260301*1200*1*X*005010X279A1"
    tail = [f"SE*{len(segments) + 1}*0001", "GE*1*1", "IEA*1*000000001"]
    return "~\n".join([head, group, *segments, *tail]) + "~\n"


def made_samples() -> dict[str, str]:
    """The kinds, one file for each benefit code and reject code, one for each table of codes."""
    made = {f"kinds/{name}": message(body) for name, body in (KINDS | MORE_KINDS).items()}
    for code in codes.BENEFIT:
        figure = {"A": "*****.2", "B": "***27*40", "C": "***23*500", "G": "***29*1500"}
        made[f"benefits/EB01_{code}"] = message([f"EB*{code}*IND*AI{figure.get(code, '')}"])
    tables = {
        "EB02_levels": [f"EB*C*{code}*30***23*500" for code in codes.LEVEL],
        "EB03_services": [f"EB*1**{code}" for code in service_types.SERVICE],
        "EB04_insurance": [f"EB*1**30*{code}" for code in codes.INSURANCE],
        "EB06_periods": [f"EB*F**AI***{code}***VS*20" for code in codes.PERIOD],
        "EB09_quantities": [f"EB*F**AI***22***{code}*20" for code in codes.QUANTITY],
        "EB11_authorization": [f"EB*B**AI***27*40****{code}" for code in codes.AUTHORIZATION],
        "EB12_network": [f"EB*B**AI***27*40*****{code}" for code in codes.NETWORK],
        "EB13_procedures": [f"EB*A*******.2****Y*HC:{code}" for code in places.PROCEDURE],
        "DTP_dates": ["EB*1**30"] + [f"DTP*{code}*D8*20260101" for code in segment_codes.DATE],
        "REF_references": ["EB*1**30"] + [f"REF*{code}*N1" for code in segment_codes.REFERENCE],
        "III_places": ["EB*1**AI"] + [f"III*ZZ*{code}" for code in places.PLACE],
        "unknown_codes": ["EB*ZZ*QQQ*Z9^AI*Z8*PLAN*99*40**Q9*3*X*Q", "DTP*999*D8*20260101"],
        "left_over_total": ["EB*1**30", "EB*C*IND*30***23*500*****Y", "EB*C*IND*30***29*900*****Y"],
    }
    made |= {f"benefits/{name}": message(body) for name, body in tables.items()}
    for code, reason in REASONS.items():
        made[f"rejects/AAA_{code}"] = message([f"AAA*N**{code}*{'R' if reason.retry else 'C'}"])
    made["rejects/AAA_unknown"] = message(["AAA*N**ZZ*Q"])
    return made


def samples() -> dict[str, bytes]:
    """Every sample by its folder and name."""
    paths = sorted([*SAMPLES.glob("*/*.edi"), *SAMPLES.glob("*/*.json")])
    return {f"{path.parent.name}/{path.stem}": path.read_bytes() for path in paths}


def read(data: bytes) -> Answer271 | str:
    """The answer of a sample, or why it is not read."""
    if data.startswith(b"{"):
        reply = read_stedi(Received(data, "application/json"))
        return reply.answer if isinstance(reply, Reply) else f"Not read: {reply.why}."
    try:
        return parse_271(data)
    except BadMessage as error:
        return f"Not read: {PROBLEM[error.problem]}"


def said(data: bytes) -> tuple[list[str], list[str]]:
    """What is said of a sample in short and in full."""
    answer = read(data)
    if isinstance(answer, str):
        return [answer], []
    skip = ("Payer:", "Asked by:", "About:", "This file is marked")
    full = [line.strip() for line in explain(answer) if not line.startswith(skip)]
    return in_short(answer, answer.day_asked or DAY), full


def page() -> str:
    """The page, in Markdown."""
    all_samples = samples()
    lines = [
        HEAD,
        "## Reviewed",
        "",
        "| sample | what it means | in short | in full |",
        "|---|---|---|---|",
    ]
    for name, entry in MEANING.items():
        short, full = said(all_samples[name])
        cells = (name, entry["means"], "<br>".join(short), "<br>".join(full))
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    rest = [name for name in all_samples if name not in MEANING]
    lines += ["", "## Codes, and what is not read", "", "| sample | says |", "|---|---|"]
    for name in rest:
        short, full = said(all_samples[name])
        lines.append(f"| {name} | {_cell('<br>'.join(full or short))} |")
    lines += ["", "## Where the samples come from", "", "| samples | source |", "|---|---|"]
    lines += [f"| {start} | {source} |" for start, source in FROM.items()]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def write() -> None:
    """Write the made samples and the page."""
    for folder in ("kinds", "benefits", "rejects"):
        for path in (SAMPLES / folder).glob("*.edi"):
            path.unlink()
    for name, text in made_samples().items():
        path = SAMPLES / f"{name}.edi"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    write()
