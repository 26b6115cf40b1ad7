"""Beginnings of plans, which ``content/treatment/plan_templates.yaml`` holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from waypost.treatment.plans.plan import PlanLine
from waypost.values.content import content_folder


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """Lines to begin with; each is to be changed with the person."""

    id: str
    name: str
    lines: tuple[PlanLine, ...]


@cache
def the_templates() -> Mapping[str, PlanTemplate]:
    """The templates that this installation carries, by id."""
    path = content_folder() / "treatment" / "plan_templates.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        row["id"]: PlanTemplate(row["id"], row["en"], tuple(map(PlanLine.read, row["lines"])))
        for row in data["templates"]
    }
