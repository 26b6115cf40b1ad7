"""Lines that answer day and night."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _


class HelpLine(NamedTuple):
    """Who answers, what for, and how; ``text`` and ``chat`` are '' where there is none."""

    name: str
    words: str
    call: str
    call_words: str
    text: str = ""
    text_words: str = ""
    chat: str = ""


def help_lines() -> list[HelpLine]:
    """988, SAMHSA's helpline, the Veterans Crisis Line and Poison Help."""
    return [
        HelpLine(
            _("988 Suicide and Crisis Lifeline"),
            _("Call or text 988, any hour. For Spanish press 2."),
            "tel:988",
            _("Call 988"),
            "sms:988",
            _("Text 988"),
            "https://988lifeline.org/",
        ),
        HelpLine(
            _("SAMHSA National Helpline"),
            _(
                "Free, private, day and night, in English and Spanish. Finds treatment near you. "
                "TTY: 1-800-487-4889."
            ),
            "tel:18006624357",
            "1-800-662-4357",
            "sms:435748",
            _("Text your ZIP to 435748 (in English)"),
        ),
        HelpLine(
            _("Veterans Crisis Line"),
            _("Call 988, then press 1; or text 838255."),
            "tel:988",
            _("Call 988, then 1"),
            "sms:838255",
            _("Text 838255"),
            "https://www.veteranscrisisline.net/chat",
        ),
        HelpLine(
            _("Poison Help"),
            _("Someone took too much of something and is awake."),
            "tel:18002221222",
            "1-800-222-1222",
        ),
    ]
