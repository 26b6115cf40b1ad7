"""What the editions of the directory say of a site's past."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from waypost.design.word_words import word_names
from waypost.design.words import date_text
from waypost.directory.program_word import CHANGED, SAID, TAKEN_BACK
from waypost.directory.site import HistoryEntry, Site


def history_lines(site: Site) -> list[str]:
    """Since when it is listed, and what changed, the newest first."""
    lines = [_line(entry) for entry in reversed(site.history)]
    return [line for line in lines if line]


def _line(entry: HistoryEntry) -> str:
    sentences = {
        "added": _("%(edition)s: first listed"),
        "gone": _("%(edition)s: no longer listed"),
        "back": _("%(edition)s: listed again"),
        "moved": _("%(edition)s: moved from %(before)s to %(after)s"),
        "renamed": _("%(edition)s: renamed from “%(before)s” to “%(after)s”"),
        "phone": _("%(edition)s: new telephone number"),
        "services": _("%(edition)s: services changed"),
    }
    if entry.what in (SAID, CHANGED, TAKEN_BACK):
        return _own_line(entry)
    sentence = sentences.get(entry.what, "")
    return sentence % {"edition": entry.edition, "before": entry.before, "after": entry.after}


def _own_line(entry: HistoryEntry) -> str:
    """ "The program changed this on December 3, 2026: Payment"."""
    sentences = {
        SAID: _("The program said this first on %(day)s: %(field)s"),
        CHANGED: _("The program changed this on %(day)s: %(field)s"),
        TAKEN_BACK: _("The program took this back on %(day)s: %(field)s"),
    }
    names = word_names()
    day = date_text(date.fromisoformat(entry.edition))
    return sentences[entry.what] % {"day": day, "field": names.get(entry.after, entry.after)}
