"""Whether two people may be the same person, from what is known of both.

Nothing here joins two records: staff see who is there already, and say whether it is the same
person. What is not known of one of them speaks neither for nor against it.
"""

from __future__ import annotations

import re

from waypost.treatment.records.person import PersonWords
from waypost.values.letters import without_accents
from waypost.values.phone import read_phone


def alike(typed: PersonWords, kept: PersonWords) -> bool:
    """Two of name, birth date and telephone are the same; or the name, and no birth date differs.

    A name is the same in capitals or small letters, with or without accents and hyphens, and in
    whichever order; "Jo" is the same as a record's "wants to be called Jo".
    """
    born = _same(typed.born_on, kept.born_on)
    phone = _same(_number(typed.phone), _number(kept.phone))
    if _letters(typed.name) == _letters(kept.name) != "" and born is None:
        return True
    return [bool(_names(typed) & _names(kept)), born, phone].count(True) >= 2


def _same(typed: str, kept: str) -> bool | None:
    """None where one of them is not known."""
    return typed == kept if typed and kept else None


def _names(words: PersonWords) -> set[str]:
    return {_letters(words.name), _letters(words.preferred_name)} - {""}


def _letters(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", without_accents(name))))


def _number(phone: str) -> str:
    """A telephone number in one form; its digits where it is not a whole one."""
    read = read_phone(phone)
    if read is not None:
        return f"{read.e164}x{read.extension}"
    return "".join(re.findall(r"\d", phone))
