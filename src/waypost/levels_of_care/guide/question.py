"""The questions of the guide, as ``questions.yaml`` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waypost.levels_of_care.guide.condition import Condition, read_condition
from waypost.levels_of_care.words import BadContent, Words, read_words

ADULT, YOUTH = "adult", "youth"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose. ``rank`` orders answers from better to worse where they are ordered.

    ``alone`` marks "none of these" and its like, which say nothing beside another choice.
    """

    id: str
    words: Words
    rank: int | None
    alone: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A plain question. ``page`` 0 is asked only where a safety exit leads to it.

    ``other`` is how it is put to someone who asks for another person.
    """

    id: str
    page: int
    many: bool
    paths: frozenset[str]
    words: Words
    other: Words
    choices: tuple[Choice, ...]
    unless: Condition | None

    def choice(self, choice_id: str) -> Choice | None:
        """The choice with this id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def spoken(self, language: str, *, for_other: bool) -> str:
        """The question as it is put."""
        return (self.other if for_other else self.words).spoken(language)

    @property
    def may_be_unknown(self) -> bool:
        """Whether "I do not know" is among the answers."""
        return self.choice(UNKNOWN) is not None


def read_question(entry: Mapping[str, object]) -> Question:
    """Read one entry of ``questions.yaml``; raise `BadContent` where it is amiss."""
    where = f"questions.yaml: {entry.get('id')}"
    words = read_words(entry, where)
    other = Words(str(entry.get("en_other", words.en)), str(entry.get("es_other", words.es)))
    kind, paths, options = entry.get("kind"), entry.get("paths"), entry.get("options")
    if kind not in ("one", "many") or not isinstance(entry.get("page"), int):
        raise BadContent(f"{where}: kind is “one” or “many”, and page a number.")
    if not isinstance(paths, list) or not set(paths) <= {ADULT, YOUTH} or not paths:
        raise BadContent(f"{where}: paths are “adult” and “youth”.")
    if not isinstance(options, list) or len(options) < 2:
        raise BadContent(f"{where}: a question has two options or more.")
    choices = tuple(_read_choice(option, where) for option in options)
    if len({choice.id for choice in choices}) != len(choices):
        raise BadContent(f"{where}: an option is there twice.")
    unless = read_condition(entry["unless"], where) if "unless" in entry else None
    return Question(
        id=str(entry["id"]),
        page=int(str(entry["page"])),
        many=kind == "many",
        paths=frozenset(paths),
        words=words,
        other=other,
        choices=choices,
        unless=unless,
    )


def _read_choice(entry: Mapping[str, object], where: str) -> Choice:
    name, rank = entry.get("id"), entry.get("rank")
    if not isinstance(name, str) or not name:
        raise BadContent(f"{where}: the option id {name!r} is not a word; put it in quotes.")
    if rank is not None and not isinstance(rank, int):
        raise BadContent(f"{where}, {name}: rank is a whole number.")
    words = read_words(entry, f"{where}, {name}")
    return Choice(name, words, rank, bool(entry.get("alone", False)))
