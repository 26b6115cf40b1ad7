"""Bytes to segments: delimiters from ISA, hard limits, one interchange with one transaction.

Rules: ASC X12.5 and X12.6 (interchange control and application control structure), of which
CAQH CORE's connectivity rules carry exactly one 270 or 271 per real-time message
(https://www.caqh.org/core/operating-rules).
"""

from dataclasses import dataclass
from enum import StrEnum

from waypost.coverage.x12.answer import Note

MAX_BYTES = 1_048_576
MAX_SEGMENTS = 5_000
MAX_ELEMENTS = 64
MAX_REPEATS = 100

BOM_8 = b"\xef\xbb\xbf"
ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)


class Problem(StrEnum):
    """Why a file is not read at all. Constant words: nothing of the file is repeated."""

    EMPTY = "The file is empty."
    TOO_LARGE = "The file is larger than 1 MiB."
    TOO_MANY_SEGMENTS = "The file has more than 5,000 segments."
    TOO_MANY_ELEMENTS = "A segment has more than 64 elements."
    TOO_MANY_REPEATS = "A code is repeated more than 100 times."
    ENCODING = "The file is not plain text in UTF-8 or Latin-1."
    NOT_X12 = "The file does not begin with an ISA segment."
    CUT = "The file ends before its trailer: a part of it is missing."
    DELIMITERS = "The file's delimiters clash or are letters, digits or blanks."
    VERSION = "The file is not version 005010X279A1."
    ACKNOWLEDGMENT = "The file is an acknowledgment (TA1 or 999), not an eligibility answer."
    NOT_271 = "The file is X12, but not a 271."
    SEVERAL = "The file holds more than one message or person; only one at a time is read."
    ORDER = "The file's segments do not stand in the order of the guide."


class BadMessage(ValueError):
    """The bytes cannot be read as one 271; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Interchange:
    """The segments of one file, split once into elements; ISA first.

    `repetition` is "" where the file names none.
    """

    segments: list[list[str]]
    repetition: str
    component: str
    notes: tuple[Note, ...]


def read_interchange(data: bytes | str) -> Interchange:
    """Split a file into segments and elements. Raises `BadMessage`; never recurses."""
    text, notes = _text(data)
    if not text.startswith("ISA"):
        raise BadMessage(Problem.NOT_X12)
    if len(text) < 20:
        raise BadMessage(Problem.CUT)
    element = text[3]
    fields, tail = _header(text, element)
    component, terminator = tail[0], tail[1]
    repetition = fields[10]
    if len(repetition) != 1 or repetition == "U":  # "U" is what version 4010 says here
        repetition, notes = "", [*notes, Note.NO_REPETITION]
    _check_delimiters(element, component, terminator, repetition)
    if tuple(map(len, fields)) != ISA_WIDTHS[1:]:
        notes = [*notes, Note.ISA_WIDTH]
    return Interchange(_split(text, element, terminator), repetition, component, tuple(notes))


def _text(data: bytes | str) -> tuple[str, list[Note]]:
    """The text of a file, and a note where the encoding had to be taken to be Latin-1."""
    if len(data) > MAX_BYTES:
        raise BadMessage(Problem.TOO_LARGE)
    notes = []
    if isinstance(data, bytes):
        if b"\0" in data[:200]:  # UTF-16, or no text at all
            raise BadMessage(Problem.ENCODING)
        try:
            data = data.removeprefix(BOM_8).decode()
        except UnicodeDecodeError:
            data = data.decode("latin-1")
            notes.append(Note.LATIN_1)
    text = data.removeprefix("\ufeff").lstrip(" \r\n\t")
    if not text:
        raise BadMessage(Problem.EMPTY)
    return text, notes


def _header(text: str, element: str) -> tuple[list[str], str]:
    """ISA01 to ISA15, and the text from ISA16 on: the component separator and the terminator."""
    pieces = text[:400].split(element, 16)
    if len(pieces) < 17 or len(pieces[16]) < 2:
        raise BadMessage(Problem.CUT)
    if pieces[0] != "ISA":
        raise BadMessage(Problem.DELIMITERS)
    if pieces[12] != "00501":
        raise BadMessage(Problem.VERSION)
    return pieces[1:16], pieces[16]


def _check_delimiters(*delimiters: str) -> None:
    """Refuse delimiters that are letters, digits or blanks, or that are used twice."""
    used = [one for one in delimiters if one]
    if len(set(used)) != len(used) or any(one.isalnum() or one in " \0" for one in used):
        raise BadMessage(Problem.DELIMITERS)


def _split(text: str, element: str, terminator: str) -> list[list[str]]:
    """All segments, each a list of elements. Line ends that are not the terminator are dropped."""
    for line_end in "\r\n":
        if line_end != terminator and line_end in text:
            text = text.replace(line_end, "")
    if text.count(terminator) > MAX_SEGMENTS:
        raise BadMessage(Problem.TOO_MANY_SEGMENTS)
    segments = [piece.split(element) for piece in text.split(terminator)]
    rest = segments.pop()
    if len(rest) != 1 or rest[0].strip():
        raise BadMessage(Problem.CUT)
    segments = [one for one in segments if one != [""]]
    if max(map(len, segments)) > MAX_ELEMENTS:
        raise BadMessage(Problem.TOO_MANY_ELEMENTS)
    return segments
