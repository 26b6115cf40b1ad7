"""Passwords that are guessed first: those of breaches, dressed up, and the words of this place.

Django's list holds the 20,000 passwords that stand in breaches most often; nearly all are shorter
than the twelve characters that are asked for here. People make them longer with a year, a sign, a
second time or digits for letters, and so do those who guess: what a password is without these is
looked up as well. No password is sent anywhere (ASVS 5.0: 6.1.2, 6.2.11, 6.2.12).
"""

from __future__ import annotations

import re
from functools import cache
from string import digits

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_PLACE = """
waypost recovery treatment rehab sober sobriety detox clinic hospital counselor therapy addiction
program desk welcome letmein administrator operator helpline findtreatment samhsa spring summer
autumn winter january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
"""
OF_THIS_PLACE = frozenset(_PLACE.split())
"""What somebody who knows where a person works tries first."""

RUNS = ("01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
LEAST_LETTERS = 6
"""So many different characters has a password that nobody guesses."""

_LOOK_ALIKES = str.maketrans("013457@$!|", "oleastasil")
_SIGNS = "!?.,*#-_ "
_WORDS = re.compile(r"[^\W\d_]+")


class NotGuessedFirst:
    """One of `AUTH_PASSWORD_VALIDATORS`."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse a password that is a common one, dressed up.

        Raises:
            django.core.exceptions.ValidationError: with the reason.
        """
        if is_guessed_first(password):
            raise ValidationError(self.get_help_text(), code="guessed_first")

    def get_help_text(self) -> str:
        """What is asked, in the reader's language."""
        return _(
            "A common password stays common with a year, signs or digits around it. Take several "
            "words that have nothing to do with each other or with your work."
        )


def is_guessed_first(password: str) -> bool:
    """Whether a password is a common one with signs, digits or itself added, or a run of keys."""
    plain = password.casefold()
    if len(set(plain)) < LEAST_LETTERS or _is_run(plain):
        return True
    core = plain.strip(digits + _SIGNS)
    return any(_is_common(form) for form in {plain, core.translate(_LOOK_ALIKES)})


def _is_common(text: str) -> bool:
    """Whether it is on the list as it stands, by its letters alone, or by half of them twice."""
    letters = "".join(_WORDS.findall(text))
    half = letters[: len(letters) // 2]
    forms = {text.strip(_SIGNS), letters, half if letters == half * 2 else letters}
    return not letters or bool(forms & common())


def _is_run(text: str) -> bool:
    """Whether it is made of neighbors on the keyboard or in the alphabet, forth or back."""
    pairs = {run[i : i + 2] for run in RUNS for i in range(len(run) - 1)}
    pairs |= {pair[::-1] for pair in pairs}
    neighbors = sum(text[i : i + 2] in pairs for i in range(len(text) - 1))
    return neighbors >= (len(text) - 1) * 0.7


@cache
def common() -> frozenset[str]:
    """Django's list and the words of this place."""
    return frozenset(CommonPasswordValidator().passwords) | OF_THIS_PLACE
