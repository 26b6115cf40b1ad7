"""Bytes to segments: delimiters from ISA, hard limits, one interchange with one transaction.

Rules: ASC X12.5 and X12.6 (interchange control and application control structure), of which
CAQH CORE's connectivity rules carry exactly one 270 or 271 per real-time message
(https://www.caqh.org/core/operating-rules).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from waypost.x12.filling import filled
from waypost.x12.notes import Note

MAX_BYTES = 1_048_576
MAX_SEGMENTS = 5_000
MAX_ELEMENTS = 64
MAX_REPEATS = 100

CONTROLS = "\r\n\x1c\x1d\x1e\x1f"
PLAIN = bytes(range(32, 127)) + b"\r\n"
BOM_8 = b"\xef\xbb\xbf"
ISA_WIDTHS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1]  # ISA01 to ISA15


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


@dataclass(frozen=True)
class Interchange:
    """The segments of one file as text, ISA first, and how they are divided.

    `repetition` is "" where the file names none.
    """

    segments: list[str]
    element: str
    repetition: str
    component: str
    notes: list[tuple[Note, int]]


def read_interchange(data: bytes | str) -> Interchange:
    """Split a file into segments. Raises `BadMessage`; never recurses.

    Characters that do not print are taken out (and noted), so that nothing behind this point
    can carry escapes, NUL or direction marks to a reader.
    """
    notes: list[tuple[Note, int]] = []
    text = _text(data, notes)
    if not text.startswith("ISA"):
        raise BadMessage(Problem.NOT_X12)
    if len(text) < 20:
        raise BadMessage(Problem.CUT)
    element = text[3]
    if not _fit(element):
        raise BadMessage(Problem.DELIMITERS)
    fields, tail = _header(text, element)
    component, terminator = tail[0], tail[1]
    repetition = fields[10]
    if len(repetition) != 1 or repetition == "U":  # "U" is what version 4010 says here
        repetition = ""
        notes.append((Note.NO_REPETITION, 1))
    delimiters = element + component + terminator + repetition
    if not _fit(delimiters):
        raise BadMessage(Problem.DELIMITERS)
    if [*map(len, fields)] != ISA_WIDTHS:
        notes.append((Note.ISA_WIDTH, 1))
    segments = _split(text, terminator)
    if not _printable(text, delimiters):
        segments = _cleaned(segments, delimiters, notes)
    made = {
        "segments": segments,
        "element": element,
        "repetition": repetition,
        "component": component,
        "notes": notes,
    }
    return filled(Interchange, made)


def _text(data: bytes | str, notes: list[tuple[Note, int]]) -> str:
    """The text of a file, with a note where the encoding had to be taken to be Latin-1."""
    if len(data) > MAX_BYTES:
        raise BadMessage(Problem.TOO_LARGE)
    if isinstance(data, bytes):
        if b"\0" in data[:200]:  # UTF-16, or no text at all
            raise BadMessage(Problem.ENCODING)
        data = _decoded(data, notes)
    text = data.removeprefix("\ufeff").lstrip(" \r\n\t")
    if not text:
        raise BadMessage(Problem.EMPTY)
    return text


def _decoded(data: bytes, notes: list[tuple[Note, int]]) -> str:
    try:
        return data.removeprefix(BOM_8).decode()
    except UnicodeDecodeError:
        notes.append((Note.LATIN_1, 0))
        return data.decode("latin-1")


def _printable(text: str, delimiters: str) -> bool:
    """Whether all but delimiters and line ends is printable ASCII (one pass in C)."""
    rest = text.encode(errors="replace").translate(None, PLAIN)
    return not rest or not rest.translate(None, delimiters.encode())


def _cleaned(segments: list[str], kept: str, notes: list[tuple[Note, int]]) -> list[str]:
    """The segments with a blank for each character that does not print, and notes of where."""
    cleaned = []
    for place, segment in enumerate(segments, 1):
        plain = "".join(c if c in kept or c.isprintable() else " " for c in segment)
        if plain != segment:
            notes.append((Note.CONTROL_CHARACTERS, place))
        cleaned.append(plain)
    return cleaned


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


@lru_cache(maxsize=256)  # senders use a handful of sets
def _fit(used: str) -> bool:
    """Whether delimiters differ and none is a letter, a digit, a blank or an odd control."""
    return len(set(used)) == len(used) and all(
        one.isascii()
        and not one.isalnum()
        and one != " "
        and (one.isprintable() or one in CONTROLS)
        for one in used
    )


def _split(text: str, terminator: str) -> list[str]:
    """All segments. Line ends that are not the terminator are dropped."""
    for line_end in "\r\n":
        if line_end in text and line_end != terminator:
            text = text.replace(line_end, "")
    if text.count(terminator) > MAX_SEGMENTS:
        raise BadMessage(Problem.TOO_MANY_SEGMENTS)
    segments = text.split(terminator)
    if segments.pop().strip():
        raise BadMessage(Problem.CUT)
    if terminator + terminator in text:
        segments = [segment for segment in segments if segment]
    return segments
