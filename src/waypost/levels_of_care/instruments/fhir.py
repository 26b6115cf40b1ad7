"""Check-ups as FHIR Questionnaires: written for R4 and R5, read back and compared.

Plain JSON values (HL7 FHIR R4 4.0.1 and R5 5.0.0, resource Questionnaire). LOINC codes are
written where they are certain; every choice carries its points as the standard extension of its
release (R4 ``ordinalValue``, R5 ``itemWeight``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from waypost.levels_of_care.instruments.instrument import Instrument, InstrumentChoice, Item

LOINC = "http://loinc.org"
CANONICAL = "urn:waypost:questionnaire:"
CHOICES = "urn:waypost:check-up-answers"
LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © "
    "Regenstrief Institute, Inc. and the LOINC Committee and is available at no cost under the "
    "license at http://loinc.org/license."
)
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"


class Release(StrEnum):
    """The FHIR release that is written."""

    R4 = "R4"
    R5 = "R5"


class BadQuestionnaire(ValueError):
    """A resource that is not one of our check-ups as published; the message says how it differs."""


def questionnaire(instrument: Instrument, release: Release) -> dict[str, Any]:
    """The instrument as a FHIR Questionnaire."""
    resource: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "id": instrument.id,
        "url": CANONICAL + instrument.id,
        "name": instrument.name.replace("-", ""),
        "title": instrument.title.en,
        "status": "active",
        "subjectType": ["Patient"],
        "language": "en",
        "description": f"{instrument.purpose.en} {instrument.instruction.en}",
        "copyright": f"{instrument.license.notice} {LOINC_NOTICE}",
        "item": [_item(item, release) for item in instrument.items],
    }
    if instrument.panel_loinc:
        coding = {"system": LOINC, "code": instrument.panel_loinc, "display": instrument.name}
        resource["code"] = [coding]
    return resource


def answer_coding(choice: InstrumentChoice) -> dict[str, str]:
    """A choice as a Coding: LOINC's answer code where it is certain, else our own."""
    if choice.loinc:
        return {"system": LOINC, "code": choice.loinc, "display": choice.words.en}
    return {"system": CHOICES, "code": choice.code, "display": choice.words.en}


def read_questionnaire(
    data: Mapping[str, Any], instruments: Mapping[str, Instrument]
) -> Instrument:
    """Which of ``instruments`` a Questionnaire is, after comparing items, answers and points.

    Raises:
        BadQuestionnaire: it is not a Questionnaire, not ours, or differs from the published one.
    """
    instrument = _named(data, instruments)
    rows = data.get("item")
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise BadQuestionnaire("The Questionnaire has no items.")
    listed = {id(item) for item in (item_of(instrument, row) for row in rows) if item}
    for row in rows:
        item = item_of(instrument, row)
        if item is None:
            raise BadQuestionnaire(
                f"“{str(row.get('linkId'))[:60]}” is not an item of {instrument.name}."
            )
        _compare(instrument, item, row)
    missing = [i.id for i in instrument.items if id(i) not in listed and not i.optional]
    if missing:
        raise BadQuestionnaire(f"{instrument.name} lacks {', '.join(missing)}.")
    return instrument


def item_of(instrument: Instrument, row: Mapping[str, Any]) -> Item | None:
    """The item a row is about: by our linkId, by LOINC as the linkId, or by its LOINC code."""
    names = {str(row.get("linkId", "")).removeprefix("/")}
    names |= set(_loinc_codes(row.get("code")))
    for item in instrument.items:
        if item.id in names or (item.loinc and item.loinc in names):
            return item
    return None


def choice_of(item: Item, coding: object) -> InstrumentChoice | None:
    """The choice that a Coding means, by our code or by LOINC's answer code."""
    if not isinstance(coding, Mapping):
        return None
    code = coding.get("code")
    system = coding.get("system", CHOICES)
    for choice in item.choices:
        if (system == LOINC and choice.loinc and code == choice.loinc) or (
            system == CHOICES and code == choice.code
        ):
            return choice
    return None


def _item(item: Item, release: Release) -> dict[str, Any]:
    row: dict[str, Any] = {
        "linkId": item.id,
        "text": item.words.en,
        "type": "choice" if release is Release.R4 else "coding",
        "required": not (item.optional or item.alternative),
        "answerOption": [_option(item, choice, release) for choice in item.choices],
    }
    if release is Release.R5:
        row["answerConstraint"] = "optionsOnly"
    if item.loinc:
        row["code"] = [{"system": LOINC, "code": item.loinc}]
    if item.words.es:
        row["_text"] = {"extension": [_translated(item.words.es)]}
    return row


def _translated(text: str) -> dict[str, Any]:
    parts = [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": text}]
    return {"url": TRANSLATION, "extension": parts}


def _option(item: Item, choice: InstrumentChoice, release: Release) -> dict[str, Any]:
    coding: dict[str, Any] = dict(answer_coding(choice))
    if item.scored:
        url = ORDINAL if release is Release.R4 else WEIGHT
        coding["extension"] = [{"url": url, "valueDecimal": choice.score}]
    return {"valueCoding": coding}


def _named(data: Mapping[str, Any], instruments: Mapping[str, Instrument]) -> Instrument:
    if not isinstance(data, Mapping) or data.get("resourceType") != "Questionnaire":
        raise BadQuestionnaire("This is not a FHIR Questionnaire.")
    return known_instrument(data.get("url"), _loinc_codes(data.get("code")), instruments)


def known_instrument(
    url: object, panels: Iterable[str], instruments: Mapping[str, Instrument]
) -> Instrument:
    """The instrument meant by a canonical address (ours or LOINC's) or by a LOINC panel code.

    Raises:
        BadQuestionnaire: neither is one of ``instruments``.
    """
    address = url.split("|")[0] if isinstance(url, str) else ""
    codes = {*panels, address.rstrip("/").rpartition("/")[2]}
    for instrument in instruments.values():
        if address == CANONICAL + instrument.id or instrument.panel_loinc in codes - {""}:
            return instrument
    raise BadQuestionnaire("This is not one of the check-ups that are offered here.")


def _loinc_codes(codings: object) -> Iterator[str]:
    for coding in codings if isinstance(codings, list) else []:
        if isinstance(coding, Mapping) and coding.get("system") == LOINC:
            yield str(coding.get("code", ""))


def _compare(instrument: Instrument, item: Item, row: Mapping[str, Any]) -> None:
    options = row.get("answerOption")
    if not isinstance(options, list):
        raise BadQuestionnaire(f"{item.id} of {instrument.name} lists no answers.")
    met = []
    for option in options:
        coding = option.get("valueCoding") if isinstance(option, Mapping) else None
        choice = choice_of(item, coding)
        if choice is None or not isinstance(coding, Mapping):
            raise BadQuestionnaire(f"{item.id} of {instrument.name} has an answer of its own.")
        if item.scored and any(points != choice.score for points in _points(coding)):
            raise BadQuestionnaire(f"“{choice.words.en}” counts other points in {item.id}.")
        met.append(choice.code)
    if sorted(met) != sorted(choice.code for choice in item.choices):
        raise BadQuestionnaire(f"The answers to {item.id} are not all of {instrument.name}'s.")


def _points(coding: Mapping[str, Any]) -> Iterator[object]:
    extensions = coding.get("extension")
    for extension in extensions if isinstance(extensions, list) else []:
        if isinstance(extension, Mapping) and extension.get("url") in (ORDINAL, WEIGHT):
            yield extension.get("valueDecimal")
