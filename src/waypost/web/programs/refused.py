"""A form of a program's page that was not taken: why, and what was typed, sealed into an address.

The form is answered by a redirect to that address (see `waypost.web.sealing`), whose page has the
status of the refusal and the form with everything in it: Back and Reload never send it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from django.http import HttpResponse

from waypost.design.caching import PRIVATE
from waypost.design.environment import language_prefix
from waypost.web.sealing import Unreadable, seal, unseal

LONGEST_ADDRESS = 5_000
"""Characters of a sealed form; a private search seals it once more, and browsers take 8,000."""

_PURPOSE = "refused form"


class FormRefusal(StrEnum):
    """Why a form of a program's page is not taken."""

    UNCHECKED = "unchecked"
    NO_KIND = "no kind"
    NO_WORDS = "no words"
    TOO_LONG = "too long"
    NO_ANSWER = "no answer"
    MANY_FROM_ONE = "many from one connection"
    MANY_TODAY = "many today"
    NOT_STORED = "not stored"


STATUS = {FormRefusal.UNCHECKED: 403, FormRefusal.MANY_FROM_ONE: 429, FormRefusal.MANY_TODAY: 429,
          FormRefusal.NOT_STORED: 503}  # fmt: skip
"""Any other is a bad request: 400."""


@dataclass(frozen=True, slots=True)
class RefusedForm:
    """The form as it was typed; ``again_at`` is when it can be sent (seconds since 1970, or 0)."""

    refusal: FormRefusal
    kind: str = ""
    text: str = ""
    again_at: float = 0

    @property
    def status(self) -> int:
        """The status code of its page."""
        return STATUS.get(self.refusal, 400)

    def wait(self, now: float) -> int:
        """Seconds until it can be sent again."""
        return max(0, ceil(self.again_at - now))


def sealed_form(form: RefusedForm) -> str | None:
    """The form as a piece of an address; None if it is longer than an address can be."""
    sealed = seal(_PURPOSE, [form.refusal, form.kind, form.text, form.again_at])
    return sealed if len(sealed) <= LONGEST_ADDRESS else None


def read_form(text: str) -> RefusedForm:
    """The form that was sealed.

    Raises:
        Unreadable: it is not ours, too old, or of an earlier version of the pages.
    """
    try:
        refusal, kind, typed, again_at = unseal(_PURPOSE, text)
        return RefusedForm(FormRefusal(refusal), str(kind), str(typed), float(again_at))
    except (TypeError, ValueError) as error:
        raise Unreadable("That address is too old, or not one of ours.") from error


def see(page: str) -> HttpResponse:
    """A redirect to a page of a program, in the language of this one."""
    address = f"{language_prefix()}/site/{page}"
    return HttpResponse(status=303, headers={"Location": address, "Cache-Control": PRIVATE})
