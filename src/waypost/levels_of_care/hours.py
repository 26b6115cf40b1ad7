"""Hours of treatment a week, said once in ``hours.yaml`` and read wherever they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from waypost.levels_of_care.content_file import load_mapping
from waypost.levels_of_care.words import BadContent
from waypost.values.content import content_folder


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week, both ends included; ``most`` is None where there is no upper end."""

    least: int
    most: int | None
    source: str


@dataclass(frozen=True, slots=True)
class LevelHours:
    """The hours of an intensive program for adults and under 18, and of day treatment."""

    iop: Hours
    iop_young: Hours
    php: Hours

    def fill(self, text: str) -> str:
        """A sentence with its ``{iop_from}`` and the like filled in; other text stays as it is."""
        for name, number in self.names().items():
            text = text.replace(f"{{{name}}}", str(number))
        return text

    def names(self) -> Mapping[str, int | None]:
        """The names that a sentence may use."""
        return {
            "iop_from": self.iop.least,
            "iop_to": self.iop.most,
            "young_from": self.iop_young.least,
            "php_from": self.php.least,
        }


def read_hours(folder: Path) -> LevelHours:
    """Read ``hours.yaml``.

    Raises:
        BadContent: a level and age is missing, or its hours are not whole numbers.
    """
    data = load_mapping(folder, "hours")
    hours = {(entry["level"], entry["age"]): _hours(entry) for entry in data["hours"]}
    try:
        return LevelHours(hours["iop", "adult"], hours["iop", "young"], hours["php", "adult"])
    except KeyError as missing:
        raise BadContent(f"hours.yaml: {missing} is missing.") from missing


@cache
def the_hours() -> LevelHours:
    """The hours that this installation carries."""
    return read_hours(content_folder() / "levels_of_care")


def _hours(entry: Mapping[str, object]) -> Hours:
    least, most = entry.get("from"), entry.get("to")
    if not isinstance(least, int) or not (most is None or isinstance(most, int)):
        raise BadContent(f"hours.yaml: {entry.get('level')}: hours are whole numbers.")
    return Hours(least, most, str(entry.get("source", "")))
