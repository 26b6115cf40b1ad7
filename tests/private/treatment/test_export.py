"""The whole record as PDF, JSON and FHIR R4: complete, valid, with the notice, without notes."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fhir.resources.R4B.bundle import Bundle

from waypost.levels_of_care.instruments.bam import the_bam
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.treatment.consents.notices import NOTICE
from waypost.treatment.export.fhir import as_fhir, resources
from waypost.treatment.export.pdf import as_pdf
from waypost.treatment.export.whole_record import (
    ExportedAssessment,
    ExportedEntry,
    ExportedObservation,
    ExportedPlan,
    ExportedReferral,
    ExportedSession,
    WholeRecord,
    as_json,
)
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.person import EpisodeSeen, PersonWords

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
LINE = {"problem": "Drinking", "goal": "Days without", "objective": "", "intervention": "Group",
        "who": "Jordan", "by_when": "2027-01-15", "state": "open"}  # fmt: skip
BAM = {item.id: item.choices[1].code for item in the_bam().items}
PHQ = {"phq-2-1": "several-days", "phq-2-2": "not-at-all"}
RECORD = WholeRecord(
    person="pic_1",
    organization="org_river",
    made_at=NOW,
    words=PersonWords("José <Ñandú> & Co", "Jo", "she", "1990-04-02", "(512) 555-0100", "jo@example.org",
                      "1 Main St, Austin TX 78701", "es", True, "Ana", "Quiero mis mañanas ✓"),
    episodes=(
        EpisodeSeen("epi_1", "pic_1", EpisodeState.ENDED, "iop", 1, date(2026, 1, 1), date(2026, 3, 1), "completed"),
        EpisodeSeen("epi_2", "pic_1", EpisodeState.PLANNED, "iop", 1, None, None, ""),
    ),
    referrals=(ExportedReferral(NOW, {"reason": "drinks alone"}),),
    assessments=(
        ExportedAssessment("ass_1", NOW, NOW, "person:7", {"body": {"text": "well", "concern": "none"}},
                           {"bam": BAM, "phq-2": PHQ}, {"level": "iop", "reasons": "steady home"}),
        ExportedAssessment("ass_2", NOW, None, "", {}, {"gad-7": {}}, None),
    ),
    plans=(
        ExportedPlan("plan_1", 1, NOW, {"own_words": "Mornings", "lines": [LINE]}, ("Jo, person, 2026-12-01",)),
        ExportedPlan("plan_2", 2, NOW, {"own_words": "", "lines": []}, ()),
    ),
    consents=({"kind": "one purpose", "what": "dates"},),
    sessions=(
        ExportedSession("ses_1", "Process group", NOW, NOW, "fulfilled", 75),
        ExportedSession("ses_2", "Skills", NOW, NOW, "booked"),
    ),
    observations=(
        ExportedObservation("o_1", "BAM Use", NOW, 3),
        ExportedObservation("o_2", "Drug test", NOW, None, "negative"),
    ),
)  # fmt: skip
EMPTY = WholeRecord("pic_2", "org_river", NOW, PersonWords("J"), (), (), (), (), ())


@pytest.mark.parametrize("record", [RECORD, EMPTY], ids=["full", "empty"])
def test_the_bundle_is_fhir_as_the_standards_own_models_read_it(record: WholeRecord) -> None:
    bundle = Bundle.model_validate_json(as_fhir(record, load_instruments()))
    kinds = [entry.resource.__resource_type__ for entry in bundle.entry]
    if record is RECORD:
        assert sorted(set(kinds)) == [
            "Appointment",
            "CarePlan",
            "DocumentReference",
            "EpisodeOfCare",
            "Observation",
            "Patient",
            "QuestionnaireResponse",
        ]
        assert kinds.count("QuestionnaireResponse") == 3 and kinds.count("CarePlan") == 2
    else:
        assert kinds == ["Patient"]


def test_every_resource_carries_the_labels_and_the_patient_the_notice() -> None:
    bundle = json.loads(as_fhir(RECORD, load_instruments()))
    for entry in bundle["entry"]:
        codes = {label["code"] for label in entry["resource"]["meta"]["security"]}
        assert codes == {"R", "42CFRPart2"}
    assert "42 CFR part 2" in bundle["entry"][0]["resource"]["text"]["div"]


def test_answers_are_their_codings_and_what_is_not_there_is_left_out() -> None:
    found = {r["id"]: r for r in resources(RECORD, load_instruments())}
    first = found["ass-1-phq-2"]["item"][0]["answer"][0]["valueCoding"]
    assert first["code"] == "LA6569-3"  # LOINC's answer code, where it is certain
    assert len(found["ass-1-bam"]["item"]) == len(the_bam().items)
    assert "period" not in found["epi-2"] and found["epi-1"]["period"]["end"] == "2026-03-01"
    assert found["plan-1"]["status"] == "revoked" and found["plan-2"]["status"] == "active"


def lists_of(value: object) -> list[list[object]]:
    """Every list in JSON, at any depth."""
    if isinstance(value, dict):
        return [found for part in value.values() for found in lists_of(part)]
    if isinstance(value, list):
        return [value, *(found for part in value for found in lists_of(part))]
    return []


@pytest.mark.parametrize("record", [RECORD, EMPTY], ids=["full", "empty"])
def test_no_list_of_the_bundle_is_empty(record: WholeRecord) -> None:
    bundle = json.loads(as_fhir(record, load_instruments()))
    assert all(lists_of(bundle))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("19900402", "1990-04-02"), ("1990-04-02", "1990-04-02"), ("", None), ("spring", None)],
)
def test_a_birth_date_is_written_as_fhir_writes_days_or_not_at_all(
    typed: str, said: str | None
) -> None:
    record = replace(EMPTY, words=PersonWords("J", born_on=typed))
    (patient,) = resources(record, {})
    assert patient.get("birthDate") == said
    Bundle.model_validate_json(as_fhir(record, {}))


def texts_of(value: object) -> list[str]:
    """Every text in JSON, at any depth."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in texts_of(part)]


def test_an_entry_that_says_nothing_has_no_empty_text_which_fhir_does_not_allow() -> None:
    entries = tuple(ExportedEntry("pre-screen", NOW, by, {}) for by in ("", "person:7"))
    bundle = json.loads(as_fhir(replace(EMPTY, entries=entries), {}))
    Bundle.model_validate(bundle)
    papers = [e["resource"] for e in bundle["entry"][1:]]
    assert [paper["resourceType"] for paper in papers] == ["DocumentReference"] * 2
    assert all(text.strip() for text in texts_of(bundle))


def test_every_resource_has_an_id_of_its_own_that_fhir_allows() -> None:
    noon, one = NOW, NOW.replace(hour=13)
    record = replace(
        EMPTY,
        sessions=(
            ExportedSession("ses_1", "Skills", noon, one, "noshow", 0),
            ExportedSession("ses_1", "Process", noon, one, "cancelled"),
        ),
        observations=(
            ExportedObservation("dt_1-6-MAM (heroin)/é", "Test", noon, None, "negative"),
        ),
    )
    bundle = json.loads(as_fhir(record, {}))
    Bundle.model_validate(bundle)
    found = [entry["resource"] for entry in bundle["entry"]]
    ids = [(resource["resourceType"], resource["id"]) for resource in found]
    assert len(set(ids)) == len({e["fullUrl"] for e in bundle["entry"]}) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9.-]{1,64}", number) for _kind, number in ids)
    absent, excused = found[1], found[2]
    assert absent["minutesDuration"] == 60 and absent["comment"] == "Attended 0 minutes"
    assert excused["minutesDuration"] == 60 and "comment" not in excused


def test_the_json_holds_the_notice_first_and_every_word() -> None:
    data = json.loads(as_json(RECORD))
    assert list(data) == ["notice", "record"] and data["notice"] == NOTICE
    assert data["record"]["words"]["own_words"] == "Quiero mis mañanas ✓"
    assert data["record"]["sessions"][0]["minutes"] == 75


def text_of(pdf: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("record", [RECORD, EMPTY], ids=["full", "empty"])
def test_the_pdf_has_the_notice_on_its_first_page_and_its_short_form_on_every_page(
    record: WholeRecord,
) -> None:
    pdf = as_pdf(replace(record, words=replace(record.words, own_words="word " * 1_900)))
    assert pdf.startswith(b"%PDF-") and b"Jos" not in pdf.split(b"stream")[0]
    text = text_of(pdf)
    assert "General authorization" in text or "general authorization" in text.replace("\n", " ")
    assert text.count("prohibits unauthorized use or disclosure") >= 2
    if record is RECORD:
        assert "José <Ñandú> & Co" in text and "Process group" in text


def test_the_same_record_makes_the_same_pdf() -> None:
    assert as_pdf(RECORD) == as_pdf(RECORD)


def test_a_word_that_is_longer_than_a_line_is_printed_whole_and_inside_the_page() -> None:
    word = "".join(f"{number:04d}x" for number in range(380))
    pdf = as_pdf(replace(EMPTY, words=PersonWords(word[:200], own_words=word)))
    assert word in text_of(pdf).replace("\n", "")
    lines = [line for line in text_of(pdf).splitlines() if line.count("x") > 5]
    assert len(lines) > 10 and max(map(len, lines)) < 130


def test_the_file_says_to_whom_it_goes_and_on_what_basis() -> None:
    scope = {"Disclosed to": "Dr. Ada", "On the basis of": "Consent signed on 2026-12-01"}
    record = replace(EMPTY, disclosed=scope)
    text = text_of(as_pdf(record))
    assert "Dr. Ada" in text and "Consent signed on 2026-12-01" in text
    assert json.loads(as_json(record))["record"]["disclosed"] == scope
    patient = next(resources(record, {}))["text"]["div"]
    assert "Disclosed to: Dr. Ada" in patient and "42 CFR part 2" in patient


SCRIPTS = {
    "Vietnamese": "Nguyễn Thị Ánh Đào",
    "Polish": "Łucja Żółć-Święcicka",
    "Cyrillic": "Олександр Ґалаґан",
    "Greek": "Γιώργος Παπαδόπουλος",
    "Chinese": "王小明",
    "Japanese": "さくら山田",
    "Korean": "김철수",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_is_printed_in_the_letters_it_was_written_in(script: str) -> None:
    name = SCRIPTS[script]
    text = text_of(as_pdf(replace(EMPTY, words=PersonWords(name, own_words=f"{name} wrote this"))))
    assert text.count(name) == 2 and "?" not in text and "cannot be printed" not in text
    told = "fonts of the program that opens this file" in text.replace("\n", " ")
    assert told is (script in ("Chinese", "Japanese", "Korean"))


@pytest.mark.parametrize("name", ["שרה כהן", "مريم بنت أحمد"], ids=["Hebrew", "Arabic"])
def test_a_name_from_right_to_left_stands_in_that_order(name: str) -> None:
    text = text_of(as_pdf(replace(EMPTY, words=PersonWords(name))))
    lines = [unicodedata.normalize("NFKC", line).strip() for line in text.splitlines()]
    assert name in lines and "cannot be printed" not in text


def test_a_long_text_from_right_to_left_begins_on_its_first_line() -> None:
    words = " ".join(f"אב{chr(0x5D0 + number)}" for number in range(22)) * 6
    text = text_of(as_pdf(replace(EMPTY, words=PersonWords("Ann", own_words=words))))
    lines = [line for line in text.splitlines() if "אב" in line]
    assert len(lines) > 1 and lines[0].startswith("אבא")


def test_letters_that_no_font_has_are_numbers_and_the_file_says_so() -> None:
    name = "สมชาย 👩🏽‍⚕️ <b>Ann</b> \u202eevil"
    text = text_of(as_pdf(replace(EMPTY, words=PersonWords(name)))).replace("\n", " ")
    assert "[U+0E2A][U+0E21]" in text and "[U+1F469]" in text and "<b>Ann</b> evil" in text
    assert "Some letters of this record cannot be printed here" in text
