"""Telephone numbers as directories write them, read and shown in one form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

REGION = "US"  # covers +1, and so Puerto Rico and the territories


@dataclass(frozen=True, slots=True)
class Phone:
    """A number: ``e164`` for ``tel:`` links, ``display`` for people, ``extension`` or ''."""

    e164: str
    display: str
    extension: str = ""
    valid: bool = True

    @property
    def href(self) -> str:
        """The ``tel:`` address of the number (RFC 3966)."""
        return tel_address(self.e164, self.extension)


def tel_address(e164: str, extension: str = "") -> str:
    """What dials a number when it is tapped: ``tel:+15125550100;ext=104`` (RFC 3966)."""
    return f"tel:{e164}" + (f";ext={extension}" if extension else "")


def read_listed_phone(text: str) -> Phone | None:
    """A number that a listing may have: valid, and of the United States' plan; None otherwise."""
    phone = read_phone(text)
    return phone if phone and phone.valid and phone.e164.startswith("+1") else None


@lru_cache(maxsize=50_000)
def read_phone(text: str) -> Phone | None:
    """Read a number such as ``512-555-0100 x104``; None where the text has no number.

    ``valid`` follows the numbering plan as the ``phonenumbers`` library knows it.
    """
    import phonenumbers  # takes a tenth of a second to import, so only when needed

    try:
        number = phonenumbers.parse(text.strip(), REGION)
    except phonenumbers.NumberParseException:
        return None
    extension = number.extension or ""
    bare = phonenumbers.PhoneNumber(
        country_code=number.country_code, national_number=number.national_number
    )
    national = phonenumbers.format_number(bare, phonenumbers.PhoneNumberFormat.NATIONAL)
    e164 = phonenumbers.format_number(bare, phonenumbers.PhoneNumberFormat.E164)
    display = f"{national} ext. {extension}" if extension else national
    return Phone(e164, display, extension, phonenumbers.is_valid_number(bare))
