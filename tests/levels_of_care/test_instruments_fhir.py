"""Check-ups as FHIR resources: valid by the models of R4B and R5, and read back unchanged."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from fhir.resources.questionnaire import Questionnaire as QuestionnaireR5
from fhir.resources.questionnaireresponse import QuestionnaireResponse as ResponseR5
from fhir.resources.R4B.questionnaire import Questionnaire as QuestionnaireR4
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse as ResponseR4

from waypost.levels_of_care.instruments.fhir import (
    BadQuestionnaire,
    Release,
    questionnaire,
    read_questionnaire,
)
from waypost.levels_of_care.instruments.instrument import Instrument
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.levels_of_care.instruments.response import read_response, response
from waypost.levels_of_care.instruments.score import BadInstrumentAnswers, score

ALL = load_instruments(noncommercial=True)
NAMES = sorted(ALL)


def answers_for(instrument: Instrument, which: int) -> dict[str, str]:
    """Complete answers: each item's choice number ``which`` (the last, where it has fewer)."""
    met: set[str] = set()
    found = {}
    for item in instrument.items:
        if item.alternative and item.alternative in met:
            continue
        met.add(item.alternative)
        found[item.id] = item.choices[min(which, len(item.choices) - 1)].code
    return found


@pytest.mark.parametrize("name", NAMES)
def test_questionnaires_are_valid_in_both_releases(name: str) -> None:
    four = questionnaire(ALL[name], Release.R4)
    five = questionnaire(ALL[name], Release.R5)
    QuestionnaireR4.model_validate_json(json.dumps(four))
    QuestionnaireR5.model_validate_json(json.dumps(five))
    assert {row["type"] for row in four["item"]} == {"choice"}
    assert {row["type"] for row in five["item"]} == {"coding"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("release", list(Release))
def test_a_questionnaire_is_read_back_as_its_instrument(name: str, release: Release) -> None:
    written = json.loads(json.dumps(questionnaire(ALL[name], release)))
    assert read_questionnaire(written, ALL) is ALL[name]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", [0, 1, 2, 3, 4])
def test_answers_go_out_and_come_back(name: str, which: int) -> None:
    answers = answers_for(ALL[name], which)
    written = response(ALL[name], answers)
    text = json.dumps(written)
    ResponseR4.model_validate_json(text)
    ResponseR5.model_validate_json(text)
    instrument, read = read_response(json.loads(text), ALL)
    assert instrument is ALL[name]
    assert read == answers
    assert score(instrument, read) == score(ALL[name], answers)


def test_a_response_holds_answers_and_nothing_of_a_person() -> None:
    written = response(ALL["phq-9"], answers_for(ALL["phq-9"], 1))
    assert set(written) == {"resourceType", "questionnaire", "status", "item"}


def test_incomplete_answers_are_not_written() -> None:
    with pytest.raises(BadInstrumentAnswers):
        response(ALL["phq-9"], {})


def test_forms_of_others_are_read_by_loinc() -> None:
    """As LOINC's own form has it: codes as linkIds after a slash, rows in a group, a total."""
    answers = answers_for(ALL["gad-7"], 2)
    mine = response(ALL["gad-7"], answers)["item"]
    rows: list[dict[str, Any]] = []
    for row, item in zip(mine, ALL["gad-7"].items, strict=True):
        rows.append({"linkId": f"/{item.loinc}", "answer": row["answer"]})
    rows.append({"linkId": "/70274-6", "answer": [{"valueDecimal": 14}]})
    theirs = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://loinc.org/q/69737-5",
        "status": "completed",
        "item": [{"linkId": "group", "item": rows}],
    }
    instrument, read = read_response(theirs, ALL)
    assert (instrument.id, read) == ("gad-7", answers)
    assert score(instrument, read).total == 14


def faulty(name: str, fault: str) -> dict[str, Any]:
    data = copy.deepcopy(questionnaire(ALL[name], Release.R4))
    options = data["item"][0]["answerOption"]
    if fault == "points":
        options[1]["valueCoding"]["extension"][0]["valueDecimal"] = 2
    elif fault == "answer":
        options[1]["valueCoding"]["code"] = "LA0-0"
    elif fault == "fewer answers":
        del options[1]
    elif fault == "fewer items":
        del data["item"][0]
    elif fault == "more items":
        data["item"].append({"linkId": "extra", "type": "string"})
    elif fault == "no options":
        del data["item"][0]["answerOption"]
    return data


@pytest.mark.parametrize(
    "fault", ["points", "answer", "fewer answers", "fewer items", "more items", "no options"]
)
def test_a_questionnaire_that_differs_is_refused(fault: str) -> None:
    with pytest.raises(BadQuestionnaire):
        read_questionnaire(faulty("gad-7", fault), ALL)


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        None,
        {"resourceType": "Patient"},
        {"resourceType": "Questionnaire"},
        {"resourceType": "Questionnaire", "url": 5, "code": "x"},
        {"resourceType": "Questionnaire", "code": [{"system": "http://loinc.org", "code": ""}]},
        {"resourceType": "Questionnaire", "url": "http://loinc.org/q/69737-5", "item": [7]},
    ],
)
def test_what_is_none_of_our_forms_is_refused(data: Any) -> None:
    with pytest.raises(BadQuestionnaire):
        read_questionnaire(data, ALL)


@pytest.mark.parametrize(
    "item",
    [
        [{"linkId": "elsewhere", "answer": [{"valueCoding": {"code": "never"}}]}],
        [{"linkId": "phq-2-1", "answer": [{"valueInteger": 1}]}],
        [{"linkId": "phq-2-1", "answer": "yes"}],
        [{"linkId": "phq-2-1", "answer": [{}, {}]}],
        [
            {"linkId": "phq-2-1", "answer": [{"valueCoding": {"code": "not-at-all"}}]},
            {"linkId": "phq-2-1", "answer": [{"valueCoding": {"code": "several-days"}}]},
        ],
    ],
)
def test_a_foreign_response_is_refused(item: Any) -> None:
    data = response(ALL["phq-2"], answers_for(ALL["phq-2"], 0)) | {"item": item}
    with pytest.raises(BadQuestionnaire):
        read_response(data, ALL)


def test_endless_nesting_is_refused() -> None:
    inner: list[dict[str, Any]] = []
    for _ in range(50):
        inner = [{"linkId": "group", "item": inner}]
    data = response(ALL["phq-2"], answers_for(ALL["phq-2"], 0)) | {"item": inner}
    with pytest.raises(BadQuestionnaire, match="nested"):
        read_response(data, ALL)


def test_without_the_pack_its_forms_are_not_known() -> None:
    written = questionnaire(ALL["audit"], Release.R4)
    with pytest.raises(BadQuestionnaire, match="not one of the check-ups"):
        read_questionnaire(written, load_instruments())
