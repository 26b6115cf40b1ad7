"""The questions of the guide, as ``questions.yaml`` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waypost.levels_of_care.guide.condition import Condition, Facts, read_condition
from waypost.levels_of_care.safety.voice import Voiced, read_voiced
from waypost.levels_of_care.words import BadContent

ADULT, YOUTH = "adult", "youth"
UNKNOWN = "unknown"

_CHOICE = {"id", "rank", "alone", "only", "en", "es", "they", "child", "young"}
_QUESTION = {"id", "page", "kind", "paths", "source", "only", "unless", "options"}
_SPOKEN = {"en", "es", "they", "child", "young"}


@dataclass(frozen=True, slots=True)
class GuideChoice:
    """An answer to choose. ``rank`` orders answers from better to worse where they are ordered.

    ``alone`` marks "none of these" and its like, which say nothing beside another choice; ``only``
    says which answers make it be offered at all.
    """

    id: str
    words: Voiced
    rank: int | None
    alone: bool
    only: Condition | None = None

    def offered(self, answers: Facts) -> bool:
        """Whether the answers so far let it be chosen."""
        return self.only is None or self.only.holds(answers)


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A plain question. ``page`` 0 is asked only where a safety exit leads to it."""

    id: str
    page: int
    many: bool
    paths: frozenset[str]
    words: Voiced
    choices: tuple[GuideChoice, ...]
    source: str
    only: Condition | None = None
    unless: Condition | None = None

    def choice(self, choice_id: str) -> GuideChoice | None:
        """The choice with this id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def is_asked(self, path: str, answers: Facts) -> bool:
        """Whether it is put to this path after these answers."""
        if not self.page or path not in self.paths:
            return False
        if self.only and not self.only.holds(answers):
            return False
        return not (self.unless and self.unless.holds(answers))

    @property
    def may_be_unknown(self) -> bool:
        """Whether "I do not know" is among the answers."""
        return self.choice(UNKNOWN) is not None


@dataclass(frozen=True, slots=True)
class PageHeading:
    """The heading of a page of questions."""

    page: int
    words: Voiced


def read_heading(entry: Mapping[str, object]) -> PageHeading:
    """Read one heading of ``questions.yaml``; raise `BadContent` where it is amiss."""
    if not isinstance(entry.get("page"), int):
        raise BadContent("questions.yaml: a heading needs the number of its page.")
    where = f"questions.yaml: page {entry['page']}"
    return PageHeading(int(str(entry["page"])), read_voiced(entry, where))


def read_question(entry: Mapping[str, object]) -> GuideQuestion:
    """Read one entry of ``questions.yaml``; raise `BadContent` where it is amiss."""
    where = f"questions.yaml: {entry.get('id')}"
    _only_known(entry, _QUESTION | _SPOKEN, where)
    kind, paths, options = entry.get("kind"), entry.get("paths"), entry.get("options")
    if kind not in ("one", "many") or not isinstance(entry.get("page"), int):
        raise BadContent(f"{where}: kind is “one” or “many”, and page a number.")
    if not isinstance(paths, list) or not set(paths) <= {ADULT, YOUTH} or not paths:
        raise BadContent(f"{where}: paths are “adult” and “youth”.")
    if not isinstance(options, list) or len(options) < 2:
        raise BadContent(f"{where}: a question has two options or more.")
    choices = tuple(_read_choice(option, where) for option in options)
    if len({choice.id for choice in choices}) != len(choices):
        raise BadContent(f"{where}: an option appears twice.")
    return GuideQuestion(
        id=str(entry["id"]),
        page=int(str(entry["page"])),
        many=kind == "many",
        paths=frozenset(paths),
        words=read_voiced(entry, where),
        choices=choices,
        source=str(entry.get("source", "")),
        only=_condition(entry, "only", where),
        unless=_condition(entry, "unless", where),
    )


def _read_choice(entry: Mapping[str, object], where: str) -> GuideChoice:
    name, rank = entry.get("id"), entry.get("rank")
    _only_known(entry, _CHOICE, f"{where}, {name}")
    if not isinstance(name, str) or not name:
        raise BadContent(f"{where}: the option id {name!r} is not a word; put it in quotes.")
    if rank is not None and not isinstance(rank, int):
        raise BadContent(f"{where}, {name}: rank is a whole number.")
    words = read_voiced(entry, f"{where}, {name}")
    only = _condition(entry, "only", f"{where}, {name}")
    return GuideChoice(name, words, rank, bool(entry.get("alone", False)), only)


def _condition(entry: Mapping[str, object], key: str, where: str) -> Condition | None:
    return read_condition(entry[key], where) if key in entry else None


def _only_known(entry: Mapping[str, object], known: set[str], where: str) -> None:
    """A comma without quotes cuts a sentence in two: its second half shows up as a key."""
    unknown = set(entry) - known
    if unknown:
        raise BadContent(
            f"{where}: {sorted(map(str, unknown))} is not a field; quote the sentence."
        )
