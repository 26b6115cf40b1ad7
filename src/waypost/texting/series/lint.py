"""What a series may not say, and how long its texts may be; every finding names its step.

Rules: no method of self-harm and no substance by name (Action Alliance, safe messaging; carriers
filter controlled substances), person-first words (NIDA, "Words Matter"), no claim to be therapy
(Illinois PA 104-0054), no promise, 988 wherever a dark moment is spoken of, one segment in
English and two in Spanish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waypost.articles.avoided_words import uses
from waypost.texting.segments import Encoding, count_segments, in_plain_letters
from waypost.texting.series.series import Series, Step, StepKind

MOST_SEGMENTS = {"en": 1, "es": 2}
_METHODS = re.compile(
    r"\b(overdose|hang|hanging|gun|guns|pills?|bridge|razor|knife|cut yourself|jump|rope|"
    r"sobredosis|pistola|pastillas|puente|cuchillo|soga|ahorcar\w*)\b",
    re.IGNORECASE,
)
_SUBSTANCES = re.compile(
    r"\b(heroin|fentanyl|cocaine|meth|crack|weed|marijuana|opioids?|oxy\w*|xanax|alcohol|beer|vodka|"
    r"heroína|fentanilo|cocaína|marihuana|opioides?|cerveza|droga\w*)\b",
    re.IGNORECASE,
)
_THERAPY = re.compile(
    r"\b(therapy|therapist|therapeutic|diagnos\w+|treats?|terapia|terapeuta|terapéutic\w+|diagnóstic\w+)\b",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"\b(guarantee\w*|promise you|you will (?:get|feel|be|never)|always works|cures?|100 ?%|"
    r"garantiz\w+|le prometemos|siempre funciona|cura)\b",
    re.IGNORECASE,
)
_DARK = re.compile(r"\b(dark thoughts|suicid\w+|hopeless|pensamientos oscuros)\b", re.IGNORECASE)
_RULES = (
    (_METHODS, "names a method or means"),
    (_SUBSTANCES, "names a substance"),
    (_THERAPY, "claims to be therapy or a diagnosis"),
    (_PROMISES, "promises what nobody can"),
)


def lint(series: Series) -> list[str]:
    """Every finding in ``series``, as sentences; an empty list where there is none."""
    findings = [finding for step in series.steps for finding in _of_step(step)]
    ids = [step.id for step in series.steps]
    findings += [f"{id_}: stands twice." for id_ in sorted(set(ids)) if ids.count(id_) > 1]
    if not series.steps:
        findings.append("There is no step.")
    return list(dict.fromkeys(findings))


def _of_step(step: Step) -> Iterator[str]:
    if step.kind is StepKind.CHECK_IN and not (step.answer_hours and step.task_hours):
        yield f"{step.id}: a check-in says how long it waits and when its task is due."
    if step.minute is not None and not 9 * 60 <= step.minute < 20 * 60:
        yield f"{step.id}: a set time lies from 9:00 to 20:00."
    for text in step.texts:
        for language in MOST_SEGMENTS:
            yield from (
                f"{step.id} ({language}): {why}."
                for why in _of_text(text.spoken(language), language)
            )
        if not text.es:
            yield f"{step.id}: the Spanish is missing."


def _of_text(text: str, language: str) -> Iterator[str]:
    sent = count_segments(in_plain_letters(text))
    if sent.segments > MOST_SEGMENTS[language] or sent.encoding is not Encoding.GSM_7:
        yield f"{sent.units} units of {sent.encoding} take {sent.segments} segments"
    yield from lint_words(text)
    if "{" in text or "}" in text:
        yield "has a blank, and a series has none"


def lint_words(text: str) -> Iterator[str]:
    """What these words may not say, whoever writes them: series, broadcasts, canned replies."""
    for word, why in _unfit(text):
        yield f"“{word}” {why}"


def unfit_words(text: str) -> list[str]:
    """The words of a text that no series, broadcast or canned reply may say."""
    return list(dict.fromkeys(word for word, _why in _unfit(text)))


def _unfit(text: str) -> Iterator[tuple[str, str]]:
    for pattern, why in _RULES:
        match = pattern.search(text)
        if match:
            yield match.group(), why
    for use in uses(text):
        yield use.found, f"(write {use.avoided.instead})"
    dark = _DARK.search(text)
    if dark and "988" not in text:
        yield dark.group(), "speaks of a dark moment without 988"
