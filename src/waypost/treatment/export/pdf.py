"""A person's whole record as a PDF: the notice on every page, headings, pairs and tables.

Reportlab's built-in fonts hold the letters of Western languages; another letter is printed as
"?", and the JSON and FHIR files hold it as it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from waypost.levels_of_care.level import the_levels
from waypost.treatment.consents.notices import NOTICE, SHORT
from waypost.treatment.export.whole_record import ExportedAssessment, ExportedPlan, WholeRecord

STYLES = getSampleStyleSheet()
BODY, HEADING = STYLES["BodyText"], STYLES["Heading2"]
SMALL = ParagraphStyle("small", parent=BODY, fontSize=7.5, leading=9)
GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.25, "#999999"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
)
WIDTH = 7.0 * inch


def as_pdf(record: WholeRecord) -> bytes:
    """The record as a PDF; the notice of 42 CFR 2.32 first, its short form on every page."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=LETTER,
        leftMargin=0.75 * inch,
        rightMargin=0.75 * inch,
        topMargin=0.8 * inch,
        bottomMargin=0.8 * inch,
        title="Record",  # no name: a title shows in windows and lists of files
        author="",
        invariant=True,
    )
    document.build(list(_story(record)), onFirstPage=_frame, onLaterPages=_frame)
    return out.getvalue()


def _frame(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 7.5)
    canvas.drawString(0.75 * inch, 0.5 * inch, SHORT)
    canvas.drawRightString(LETTER[0] - 0.75 * inch, 0.5 * inch, str(document.page))


def _story(record: WholeRecord) -> Iterator[Any]:
    yield Paragraph(_safe(NOTICE), SMALL)
    yield Spacer(1, 8)
    yield Paragraph(_safe(record.words.name), STYLES["Title"])
    yield _pairs(
        ("Record", record.person),
        ("Printed", _day(record.made_at)),
        ("Wants to be called", record.words.preferred_name),
        ("Birth date", record.words.born_on),
        ("Telephone", record.words.phone),
        ("E-mail", record.words.email),
        ("Address", record.words.address),
        ("Emergency contact", record.words.emergency_contact),
        ("In their own words", record.words.own_words),
    )
    yield from _care(record)
    for assessment in record.assessments:
        yield from _assessment(assessment)
    for plan in record.plans:
        yield from _plan(plan)
    yield from _consents(record)
    yield from _days(record)


def _care(record: WholeRecord) -> Iterator[Any]:
    if record.referrals:
        yield Paragraph("Referrals", HEADING)
        yield _table(
            [(_day(r.at), "; ".join(v for v in r.words.values() if v)) for r in record.referrals]
        )
    if record.episodes:
        yield Paragraph("Episodes of care", HEADING)
        yield _table(
            [
                (_level(e.level), e.state.value, _day(e.started_on), _day(e.ended_on), e.end_reason)
                for e in record.episodes
            ]
        )


def _assessment(assessment: ExportedAssessment) -> Iterator[Any]:
    yield Paragraph(f"Assessment of {_day(assessment.begun_at)}", HEADING)
    yield _table([(part, str(words.get("text", "")), str(words.get("concern", "")))
                  for part, words in assessment.parts.items()])  # fmt: skip
    for name, answers in assessment.check_ups.items():
        given = ", ".join(f"{item}: {code}" for item, code in answers.items())
        yield Paragraph(_safe(f"{name.upper()}: {given}"), SMALL)
    if assessment.decision:
        level = _level(assessment.decision.get("level", ""))
        said = f"Level decided: {level}. {assessment.decision.get('reasons', '')}"
        signed = f"Signed {_day(assessment.signed_at)} by {assessment.signed_by}."
        yield Paragraph(_safe(f"{said} {signed}"), BODY)


def _plan(plan: ExportedPlan) -> Iterator[Any]:
    yield Paragraph(f"Individual plan, version {plan.version}, {_day(plan.at)}", HEADING)
    yield Paragraph(_safe(str(plan.words.get("own_words", ""))), BODY)
    names = ("problem", "goal", "objective", "intervention", "who", "by_when", "state")
    rows = [tuple(str(line.get(n, "")) for n in names) for line in plan.words.get("lines", ())]
    yield _table([tuple(n.replace("_", " ") for n in names), *rows])
    for signature in plan.signatures:
        yield Paragraph(_safe(f"Signed: {signature}"), BODY)


def _consents(record: WholeRecord) -> Iterator[Any]:
    if not record.consents:
        return
    yield Paragraph("Consents", HEADING)
    for consent in record.consents:
        yield _pairs(*((name.replace("_", " "), str(value)) for name, value in consent.items()))


def _days(record: WholeRecord) -> Iterator[Any]:
    if record.sessions:
        yield Paragraph("Sessions", HEADING)
        yield _table(
            [
                (s.starts_at.strftime("%Y-%m-%d %H:%M"), s.title, s.status,
                 "" if s.minutes is None else f"{s.minutes} min")
                for s in record.sessions
            ]
        )  # fmt: skip
    if record.observations:
        yield Paragraph("Observations", HEADING)
        yield _table(
            [
                (_day(o.at), o.name, str(o.number) if o.number is not None else o.text)
                for o in record.observations
            ]
        )


def _pairs(*pairs: tuple[str, str]) -> Any:
    rows = [(name, value) for name, value in pairs if value]
    return _table(rows, [1.6 * inch, WIDTH - 1.6 * inch])


def _table(rows: Sequence[tuple[str, ...]], widths: list[float] | None = None) -> Any:
    if not rows:
        return Spacer(1, 1)
    columns = len(rows[0])
    cells = [[Paragraph(_safe(str(cell)), SMALL) for cell in row] for row in rows]
    columns_wide = widths or [WIDTH / columns] * columns
    # a long note is longer than a page, so that a row may go on over the page's end
    return Table(cells, colWidths=columns_wide, style=GRID, splitInRow=1)


def _safe(text: str) -> str:
    """Text as reportlab's markup, with letters that its fonts lack replaced."""
    return escape(text.encode("cp1252", "replace").decode("cp1252")).replace("\n", "<br/>")


def _day(day: date | datetime | None) -> str:
    return day.strftime("%Y-%m-%d") if day else ""


def _level(level: str) -> str:
    known = the_levels().get(level)
    return known.en.name if known else level
