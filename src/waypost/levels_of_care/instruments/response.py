"""Answers as a FHIR QuestionnaireResponse, and back (R4 4.0.1 and R5 5.0.0 share its shape).

The response has only answers: no name, person or date, unless the caller adds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from waypost.levels_of_care.instruments.fhir import (
    CANONICAL,
    BadQuestionnaire,
    answer_coding,
    choice_of,
    item_of,
    known_instrument,
)
from waypost.levels_of_care.instruments.instrument import Instrument
from waypost.levels_of_care.instruments.score import score


def response(instrument: Instrument, answers: Mapping[str, str]) -> dict[str, Any]:
    """Complete answers as a QuestionnaireResponse.

    Raises:
        BadInstrumentAnswers: the answers are incomplete or foreign.
    """
    score(instrument, answers)
    rows = []
    for item in instrument.items:
        choice = item.choice(answers.get(item.id, ""))
        if choice:
            answer = [{"valueCoding": answer_coding(choice)}]
            rows.append({"linkId": item.id, "text": item.words.en, "answer": answer})
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": CANONICAL + instrument.id,
        "status": "completed",
        "item": rows,
    }


def read_response(
    data: Mapping[str, Any], instruments: Mapping[str, Instrument]
) -> tuple[Instrument, dict[str, str]]:
    """The instrument and the answers of a QuestionnaireResponse, in nested groups or not.

    Rows without an answer and rows for the total (which is recalculated) are skipped.

    Raises:
        BadQuestionnaire: it is not a response, not to one of ours, or has a foreign row or answer.
    """
    if not isinstance(data, Mapping) or data.get("resourceType") != "QuestionnaireResponse":
        raise BadQuestionnaire("This is not a FHIR QuestionnaireResponse.")
    instrument = known_instrument(data.get("questionnaire"), (), instruments)
    answers: dict[str, str] = {}
    for row in _rows(data.get("item"), 0):
        row_answer = row.get("answer")
        if not row_answer or _is_total(instrument, row):
            continue
        name, code = _answer(instrument, row, row_answer)
        if answers.get(name, code) != code:
            raise BadQuestionnaire(f"{name} is answered twice, and differently.")
        answers[name] = code
    return instrument, answers


MAX_DEPTH = 8
"""Deeper groups than any published form has."""


def _rows(rows: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > MAX_DEPTH:
        raise BadQuestionnaire(f"The answers are nested more than {MAX_DEPTH} deep.")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping):
            yield row
            yield from _rows(row.get("item"), depth + 1)


def _is_total(instrument: Instrument, row: Mapping[str, Any]) -> bool:
    link = str(row.get("linkId", "")).removeprefix("/").rpartition("/")[2]
    return bool(instrument.total_loinc) and link == instrument.total_loinc


def _answer(instrument: Instrument, row: Mapping[str, Any], row_answer: object) -> tuple[str, str]:
    link = str(row.get("linkId"))[:60]
    item = item_of(instrument, row)
    if item is None:
        raise BadQuestionnaire(f"“{link}” is not an item of {instrument.name}.")
    if (
        not isinstance(row_answer, list)
        or len(row_answer) != 1
        or not isinstance(row_answer[0], Mapping)
    ):
        raise BadQuestionnaire(f"“{link}” does not have exactly one answer.")
    choice = choice_of(item, row_answer[0].get("valueCoding"))
    if choice is None:
        raise BadQuestionnaire(f"The answer to “{link}” is not one of {instrument.name}'s.")
    return item.id, choice.code
