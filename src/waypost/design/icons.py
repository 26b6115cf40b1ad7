"""Line icons drawn for Waypost, 24 units square, inheriting the color of the text."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

_PATHS = {
    "phone": "M6.5 3.5h3l1.5 4-2 1.5a11 11 0 0 0 6 6l1.5-2 4 1.5v3a2 2 0 0 1-2 2A15 15 0 0 1 4.5 5.5a2 2 0 0 1 2-2z",
    "pin": "M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11zm0-8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "leave": "M14 4h5v16h-5M4 12h11m-4-4 4 4-4 4",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "question": "M9 9a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.9v.4M12 17.5v.1",
    "dash": "M6 12h12",
    "keep": "M7 4h10v16l-5-4-5 4z",
    "narrow": "M4 7h16M7 12h10M10 17h4",
    "chat": "M5 5h14v10h-8l-4 4v-4H5z",
    "compass": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm3.5-12.5-2 5-5 2 2-5z",
    "globe": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
    "print": "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
    "lifebuoy": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5.7 5.7l3.5 3.5m5.6 5.6 3.5 3.5m0-12.6-3.5 3.5m-5.6 5.6-3.5 3.5",
}


@cache
def icon(name: str) -> Markup:
    """An inline picture that screen readers skip, because the words beside it say the same."""
    return Markup(  # noqa: S704 - the paths above are ours
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path d="{_PATHS[name]}"/></svg>'
    )
