"""The answers of a check-up, sealed into the address of its page (see `waypost.web.sealing`)."""

from __future__ import annotations

from collections.abc import Mapping

from waypost.levels_of_care.instruments.instrument import Instrument
from waypost.web.sealing import Unreadable, seal, unseal

LONGEST_CODE = 64
"""Characters of an answer that are kept; longer than any code, so that nonsense stays nonsense."""

_PURPOSE = "check-up"


def sealed_answers(instrument: Instrument, answers: Mapping[str, str]) -> str:
    """The answers as a piece of an address; an answer that is none of the choices is cut."""
    short = {name: code[:LONGEST_CODE] for name, code in answers.items()}
    return seal(_PURPOSE, [instrument.id, short])


def read_answers(instrument: Instrument, text: str) -> dict[str, str]:
    """The answers that were sealed for this check-up.

    Raises:
        Unreadable: it is not ours, too old, or of another check-up.
    """
    try:
        name, answers = unseal(_PURPOSE, text)
        given = {item.id: answers[item.id] for item in instrument.items if item.id in answers}
    except (TypeError, ValueError, KeyError) as error:
        raise Unreadable("That address is too old, or not one of ours.") from error
    if name != instrument.id or not all(isinstance(code, str) for code in given.values()):
        raise Unreadable("That address is of another check-up.")
    return given
