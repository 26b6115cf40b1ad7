"""The sealed number of a contact, for asking a carrier about a text."""

from __future__ import annotations

from waypost.texting.models import TextContact


def number_of(contact: int) -> tuple[str, str]:
    """The number as it is stored, still sealed ('' once it was erased), and the channel."""
    rows = TextContact.objects.filter(pk=contact).values_list("number", "channel")
    return rows.first() or ("", "")
