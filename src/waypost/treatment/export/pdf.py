"""A person's whole record as a PDF: the notice on every page, headings, pairs and tables.

What people wrote is printed in the letters they wrote it in (`letters`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from waypost.levels_of_care.level import the_levels
from waypost.treatment.consents.notices import NOTICE, SHORT
from waypost.treatment.export.letters import SANS, Letters, the_sans
from waypost.treatment.export.whole_record import ExportedAssessment, ExportedPlan, WholeRecord

STYLES = getSampleStyleSheet()
HEADING = STYLES["Heading2"]
BODY = ParagraphStyle("body", parent=STYLES["BodyText"], fontName=SANS, fontSize=9, leading=12)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=7, leading=9)
NAME = ParagraphStyle("name", parent=STYLES["Title"], fontName=SANS)
GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.25, "#999999"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
)
WIDTH = 7.0 * inch
SIDE = [1.0 * inch, WIDTH - 1.0 * inch]
"""Two columns: a day, and what is said of it."""

PADDING = 6
"""Points that reportlab leaves free on the right of a cell."""


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
    the_sans()
    document.build(_Printer(record).parts(), onFirstPage=_frame, onLaterPages=_frame)
    return out.getvalue()


def _frame(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 7.5)
    canvas.drawString(0.75 * inch, 0.5 * inch, SHORT)
    canvas.drawRightString(LETTER[0] - 0.75 * inch, 0.5 * inch, str(document.page))


@dataclass
class _Printer:
    """One record on its way to paper, with the letters that it needs."""

    record: WholeRecord
    letters: Letters = field(default_factory=Letters)

    def parts(self) -> list[Any]:
        """What reportlab lays out: the notice and the remarks on letters stand first."""
        story = list(self._story())
        remarks = [self._text(remark, BODY) for remark in self.letters.remarks()]
        return [self._text(NOTICE, SMALL), *remarks, Spacer(1, 8), *story]

    def _text(self, text: str, style: ParagraphStyle, width: float = WIDTH) -> Any:
        return Paragraph(self.letters.markup(text, style.fontSize, width - PADDING), style)

    def _story(self) -> Iterator[Any]:
        record = self.record
        if record.disclosed:
            yield self._pairs(*record.disclosed.items())
        yield self._text(record.words.name, NAME)
        yield self._pairs(
            ("Record", record.person),
            ("Printed", _day(record.made_at)),
            ("Wants to be called", record.words.preferred_name),
            ("Pronouns", record.words.pronouns),
            ("Birth date", record.words.born_on),
            ("Telephone", record.words.phone),
            ("E-mail", record.words.email),
            ("Address", record.words.address),
            ("Language", record.words.language),
            ("Text messages", "agreed" if record.words.may_text else "not agreed"),
            ("Emergency contact", record.words.emergency_contact),
            ("In their own words", record.words.own_words),
        )
        if record.guardian:
            yield Paragraph("Guardian", HEADING)
            yield self._pairs(*((n.replace("_", " "), said) for n, said in record.guardian.items()))
        yield from self._care()
        yield from self._work()
        for assessment in record.assessments:
            yield from self._assessment(assessment)
        for plan in record.plans:
            yield from self._plan(plan)
        yield from self._consents()
        yield from self._days()
        yield from self._entries()

    def _care(self) -> Iterator[Any]:
        record = self.record
        if record.referrals:
            yield Paragraph("Referrals", HEADING)
            yield self._table(
                [
                    (_day(r.at), "; ".join(v for v in r.words.values() if v))
                    for r in record.referrals
                ]
            )
        if record.episodes:
            yield Paragraph("Episodes of care", HEADING)
            yield self._table(
                [
                    (
                        _level(e.level),
                        e.state.value,
                        _day(e.started_on),
                        _day(e.ended_on),
                        e.end_reason,
                    )
                    for e in record.episodes
                ]
            )

    def _work(self) -> Iterator[Any]:
        """Who cares for the person, what staff had to do, and by whose clocks."""
        record = self.record
        if record.team:
            yield Paragraph("Care team", HEADING)
            yield self._table(
                [
                    (self._name(s.staff), s.role, _day(s.since), _day(s.until))
                    for s in record.team
                ]
            )  # fmt: skip
        if record.tasks:
            yield Paragraph("Tasks for staff", HEADING)
            yield self._table(
                [
                    (
                        _day(t.made_at),
                        t.kind,
                        f"due {_day(t.due_on)}",
                        f"done {_day(t.done_at)}" if t.done_at else "not done",
                        self._name(t.done_by),
                    )
                    for t in record.tasks
                ]
            )
        if record.reviews:
            yield Paragraph("Reviews of the plan", HEADING)
            yield self._pairs(*record.reviews.items())

    def _assessment(self, assessment: ExportedAssessment) -> Iterator[Any]:
        yield Paragraph(f"Assessment of {_day(assessment.begun_at)}", HEADING)
        said = [
            (part, str(words.get("text", "")), _judged(words))
            for part, words in assessment.parts.items()
        ]
        yield self._table(said)
        for name, answers in assessment.check_ups.items():
            given = ", ".join(f"{item}: {code}" for item, code in answers.items())
            yield self._text(f"{name.upper()}: {given}", SMALL)
        if assessment.decision:
            level = _level(assessment.decision.get("level", ""))
            decided = f"Level decided: {level}. {assessment.decision.get('reasons', '')}"
            signed = f"Signed {_day(assessment.signed_at)} by {self._name(assessment.signed_by)}."
            yield self._text(f"{decided} {signed}", BODY)
            wanted = assessment.decision.get("own_words", "")
            if wanted:
                yield self._text(f"In the person's own words: {wanted}", BODY)

    def _plan(self, plan: ExportedPlan) -> Iterator[Any]:
        yield Paragraph(f"Individual plan, version {plan.version}, {_day(plan.at)}", HEADING)
        yield self._text(str(plan.words.get("own_words", "")), BODY)
        names = ("problem", "goal", "objective", "intervention", "who", "by_when", "state")
        rows = [tuple(str(line.get(n, "")) for n in names) for line in plan.words.get("lines", ())]
        yield self._table([tuple(n.replace("_", " ") for n in names), *rows])
        week = plan.words.get("week", {})
        yield self._pairs(*((name.replace("_", " "), _said(week[name])) for name in week))
        for signature in plan.signatures:
            yield self._text(f"Signed: {signature}", BODY)

    def _consents(self) -> Iterator[Any]:
        if self.record.consents:
            yield Paragraph("Consents", HEADING)
        for consent in self.record.consents:
            yield self._pairs(
                *((name.replace("_", " "), str(value)) for name, value in consent.items())
            )

    def _days(self) -> Iterator[Any]:
        record = self.record
        if record.sessions:
            yield Paragraph("Sessions", HEADING)
            yield self._table(
                [
                    (s.starts_at.strftime("%Y-%m-%d %H:%M"), s.title, s.status,
                     "" if s.minutes is None else f"{s.minutes} min")
                    for s in record.sessions
                ]
            )  # fmt: skip
        if record.observations:
            yield Paragraph("Observations", HEADING)
            yield self._table(
                [
                    (_day(o.at), o.name, str(o.number) if o.number is not None else o.text)
                    for o in record.observations
                ]
            )

    def _entries(self) -> Iterator[Any]:
        if self.record.check_ins:
            yield Paragraph("Check-ins", HEADING)
            yield self._table([(_day(c.at), _list(c.answers)) for c in self.record.check_ins], SIDE)
        if self.record.entries:
            yield Paragraph("Other entries", HEADING)
            yield self._table(
                [
                    (_day(e.at), f"{e.title}: {_list(e.words)}", self._name(e.by))
                    for e in self.record.entries
                ],
                [SIDE[0], SIDE[1] - SIDE[0], SIDE[0]],
            )

    def _name(self, by: str) -> str:
        """Who signed or wrote, by name; the person themselves by that word."""
        own = "the person" if by.startswith("self:") else by
        return self.record.staff.get(by, own)

    def _pairs(self, *pairs: tuple[str, str]) -> Any:
        rows = [(name, value) for name, value in pairs if value]
        return self._table(rows, [1.6 * inch, WIDTH - 1.6 * inch])

    def _table(self, rows: Sequence[tuple[str, ...]], widths: list[float] | None = None) -> Any:
        if not rows:
            return Spacer(1, 1)
        columns = len(rows[0])
        columns_wide = widths or [WIDTH / columns] * columns
        cells = [
            [self._text(cell, SMALL, wide) for cell, wide in zip(row, columns_wide, strict=True)]
            for row in rows
        ]
        # a long note is longer than a page, so that a row may go on over the page's end
        return Table(cells, colWidths=columns_wide, style=GRID, splitInRow=1)


def _judged(words: Mapping[str, Any]) -> str:
    """How serious a part is, or whether a medical provider called it safe."""
    if "safe" in words:
        return f"safe for an outpatient level: {words['safe']}"
    return str(words.get("concern", ""))


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _list(words: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in words.items())


def _day(day: date | datetime | None) -> str:
    return day.strftime("%Y-%m-%d") if day else ""


def _level(level: str) -> str:
    known = the_levels().get(level)
    return known.en.name if known else level
