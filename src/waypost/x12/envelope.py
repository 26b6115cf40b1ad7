"""Bytes to segments: delimiters from ISA, hard limits, one interchange with one transaction.

Rules: ASC X12.5 and X12.6 (interchange control and application control structure), of which
CAQH CORE's connectivity rules carry exactly one 270 or 271 per real-time message
(https://www.caqh.org/core/operating-rules).
"""

from enum import StrEnum
from functools import lru_cache

import msgspec

from waypost.x12.notes import Note

MAX_BYTES = 1_048_576
TAIL = " \t\r\n\x00\x1a"  # blanks, and the end marks of older systems, behind the last segment
MAX_SEGMENTS = 5_000
MAX_ELEMENTS = 64
MAX_REPEATS = 100

CONTROLS = "\r\n\x1c\x1d\x1e\x1f"
PLAIN = bytes(range(32, 127)) + b"\r\n"
ISA_WIDTHS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1]  # ISA01 to ISA15


class MessageProblem(StrEnum):
    """Why a file is not read at all; `staff_words` has the words."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY_SEGMENTS = "too-many-segments"
    TOO_MANY_ELEMENTS = "too-many-elements"
    TOO_MANY_REPEATS = "too-many-repeats"
    ENCODING = "encoding"
    NOT_X12 = "not-x12"
    CUT = "cut"
    DELIMITERS = "delimiters"
    VERSION = "version"
    ACKNOWLEDGMENT = "acknowledgment"
    NOT_271 = "not-271"
    SEVERAL = "several"
    ORDER = "order"


class BadMessage(ValueError):
    """The bytes cannot be read as one 271; `problem` says why, and nothing of them is repeated."""

    def __init__(self, problem: MessageProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Interchange(msgspec.Struct, frozen=True):
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
        raise BadMessage(MessageProblem.NOT_X12)
    if len(text) < 20:
        raise BadMessage(MessageProblem.CUT)
    element = text[3]
    if not _fit(element):
        raise BadMessage(MessageProblem.DELIMITERS)
    fields, tail = _header(text, element)
    component, terminator = tail[0], tail[1:].lstrip(" ")[:1]
    repetition = fields[10]
    if len(repetition) != 1 or repetition == "U":  # "U" is what version 4010 says here
        repetition = ""
        notes.append((Note.NO_REPETITION, 1))
    delimiters = element + component + terminator + repetition
    if not terminator or not _fit(delimiters):
        raise BadMessage(MessageProblem.DELIMITERS)
    if [*map(len, fields)] != ISA_WIDTHS:
        notes.append((Note.ISA_WIDTH, 1))
    text = _on_one_line(text, terminator)
    segments = _split(text, terminator, notes)
    if not _printable(text, delimiters):
        segments = _cleaned(segments, delimiters, notes)
    if _padded(text, element, terminator):
        segments = _without_blanks(segments, element)
        notes.append((Note.BLANKS, 0))
    return Interchange(segments, element, repetition, component, notes)


def _text(data: bytes | str, notes: list[tuple[Note, int]]) -> str:
    """The text of a file, with a note where the encoding had to be taken to be Latin-1."""
    if len(data) > MAX_BYTES:
        raise BadMessage(MessageProblem.TOO_LARGE)
    if isinstance(data, bytes):
        if b"\0" in data[:200]:  # UTF-16, or no text at all
            raise BadMessage(MessageProblem.ENCODING)
        data = _decoded(data, notes)
    text = data.removeprefix("\ufeff")
    if len(text) != len(data):
        notes.append((Note.BYTE_ORDER_MARK, 0))
    text = text.lstrip(" \r\n\t")
    if not text:
        raise BadMessage(MessageProblem.EMPTY)
    return text.replace("\t", " ") if "\t" in text and text[3:4] != "\t" else text


def _decoded(data: bytes, notes: list[tuple[Note, int]]) -> str:
    try:
        return data.decode()
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
        raise BadMessage(MessageProblem.CUT)
    if pieces[0] != "ISA":
        raise BadMessage(MessageProblem.DELIMITERS)
    if pieces[12] != "00501":
        raise BadMessage(MessageProblem.VERSION)
    return pieces[1:16], pieces[16]


def _padded(text: str, element: str, terminator: str) -> bool:
    """Whether blanks stand around segments or elements, behind ISA, whose fields are padded."""
    begin = text.find(terminator)
    ends = (f"{terminator} ", f" {terminator}", f"{element} ", f" {element}")
    return any(text.find(end, begin) >= 0 for end in ends)


def _without_blanks(segments: list[str], element: str) -> list[str]:
    """The segments behind ISA with no blanks around them and their elements."""
    stripped = (segment.split(element) for segment in segments[1:])
    rest = [element.join(map(str.strip, elements)) for elements in stripped]
    return [segments[0], *(segment for segment in rest if segment)]


@lru_cache(maxsize=256)  # senders use a handful of sets
def _fit(used: str) -> bool:
    """Whether delimiters differ and none is a letter, a digit, a blank or an odd control."""
    return len(set(used)) == len(used) and all(
        delimiter.isascii()
        and not delimiter.isalnum()
        and delimiter != " "
        and (delimiter.isprintable() or delimiter in CONTROLS)
        for delimiter in used
    )


def _on_one_line(text: str, terminator: str) -> str:
    """The text without line ends that are not the terminator: nearly every sender adds some."""
    for line_end in "\r\n":
        if line_end in text and line_end != terminator:
            text = text.replace(line_end, "")
    return text


def _split(text: str, terminator: str, notes: list[tuple[Note, int]]) -> list[str]:
    """All segments; empty ones are dropped, with a note."""
    if text.count(terminator) > MAX_SEGMENTS:
        raise BadMessage(MessageProblem.TOO_MANY_SEGMENTS)
    segments = text.split(terminator)
    if segments.pop().strip(TAIL):
        raise BadMessage(MessageProblem.CUT)
    if terminator + terminator in text:
        segments = [segment for segment in segments if segment]
        notes.append((Note.EMPTY_SEGMENT, 0))
    return segments
