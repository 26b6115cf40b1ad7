"""How long a record is kept, and from which day it may be erased.

States ask for 5 to 10 years after the last service and differ; HIPAA asks for 6 years of
documentation (45 CFR 164.530(j)). ``content/treatment/retention.yaml`` holds the program's own
rule, which an operator sets to what their state and payers ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

from waypost.values.content import content_folder


@dataclass(frozen=True, slots=True)
class Retention:
    """Whole years: after an episode's end, and after a referral that led to none."""

    after_care: int
    after_referral: int


@cache
def the_retention() -> Retention:
    """The rule that this installation carries."""
    path = content_folder() / "treatment" / "retention.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Retention(int(data["after_care_years"]), int(data["after_referral_years"]))


def kept_until(last_day: date, *, had_care: bool, rule: Retention) -> date:
    """The first day on which a record may be erased; February 29 counts to March 1."""
    years = rule.after_care if had_care else rule.after_referral
    try:
        return last_day.replace(year=last_day.year + years)
    except ValueError:
        return date(last_day.year + years, 3, 1)
