"""Whole numbers as forms send them."""

from __future__ import annotations


def whole_number(text: str, digits: int = 6) -> int:
    """A number of at most so many digits from a form; 0 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else 0
