"""Many reports decided with one reason, each an act of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from waypost.directory.actions import accept_report, reject_report
from waypost.directory.faults import DirectoryFault
from waypost.directory.reporting import BadReport, NeedsValue
from waypost.values.coded_fault import CodedFault

MOST_AT_ONCE = 250
"""What one press decides; more wait for the next one, so that no request lasts for minutes."""


@dataclass(slots=True)
class Decided:
    """How many were decided, and why each other was not, in the order in which they came."""

    done: int = 0
    refused: list[CodedFault] = field(default_factory=list)


def decide_reports(
    *,
    numbers: Iterable[int],
    accept: bool,
    by: str,
    now: datetime,
    reason: str = "",
    only_waiting: bool = True,
) -> Decided:
    """Accept or reject many reports.

    Each is a transaction and an event of its own: one that cannot be decided does not hold up the
    rest. What needs a correct value is not accepted here. With ``only_waiting`` a report that a
    colleague decided meanwhile stays as it is.
    """
    result = Decided()
    for number in dict.fromkeys(numbers):
        try:
            if accept:
                accept_report(
                    number=number,
                    value="",
                    by=by,
                    now=now,
                    reason=reason,
                    only_waiting=only_waiting,
                )
            else:
                reject_report(
                    number=number, by=by, now=now, reason=reason, only_waiting=only_waiting
                )
            result.done += 1
        except NeedsValue:
            facts = {"number": number}
            result.refused.append(CodedFault(DirectoryFault.OPEN_TO_ACCEPT, facts=facts))
        except BadReport as error:
            result.refused += error.faults
    return result
