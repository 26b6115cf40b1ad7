"""National numbers of programs: the NPI, which has a check digit, and the tax id."""

from __future__ import annotations

import re

_NPI = re.compile(r"[12]\d{9}", re.ASCII)
_TAX_ID = re.compile(r"(\d{2})-?(\d{7})", re.ASCII)
_PREFIX = "80840"


def read_npi(text: str) -> str:
    """The ten digits of an NPI whose check digit is right, or ''."""
    plain = text.strip().replace(" ", "").replace("-", "")
    return plain if is_npi(plain) else ""


def is_npi(number: str) -> bool:
    """Whether ten digits are an NPI.

    The check is that of ISO/IEC 7812 on the number with 80840 in front (45 CFR 162.406).
    """
    if not _NPI.fullmatch(number):
        return False
    digits = [int(c) for c in reversed(_PREFIX + number)]
    doubled = (sum(divmod(2 * d, 10)) for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def read_tax_id(text: str) -> str:
    """The nine digits of an employer's tax id (EIN), or ''."""
    parts = _TAX_ID.fullmatch(text.strip())
    return parts[1] + parts[2] if parts else ""
