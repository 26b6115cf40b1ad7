"""What the editions of the directory say of a site's past."""

from __future__ import annotations

from django.utils.translation import gettext as _

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
    sentence = sentences.get(entry.what, "")
    return sentence % {"edition": entry.edition, "before": entry.before, "after": entry.after}
