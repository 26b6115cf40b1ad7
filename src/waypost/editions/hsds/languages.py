"""Languages as HSDS names them: the survey's choices with their codes of BCP 47."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES: Mapping[str, tuple[str, str]] = {
    "SP": ("Spanish", "es"),
    "AH": ("American Sign Language", "ase"),
    "F4": ("Arabic", "ar"),
    "F17": ("Chinese", "zh"),
    "F19": ("Creole", ""),
    "F25": ("Farsi", "fa"),
    "F28": ("French", "fr"),
    "F30": ("German", "de"),
    "F31": ("Greek", "el"),
    "F35": ("Hebrew", "he"),
    "F36": ("Hindi", "hi"),
    "F37": ("Hmong", "hmn"),
    "F42": ("Italian", "it"),
    "F43": ("Japanese", "ja"),
    "F47": ("Korean", "ko"),
    "F66": ("Polish", "pl"),
    "F67": ("Portuguese", "pt"),
    "F70": ("Russian", "ru"),
    "F81": ("Tagalog", "tl"),
    "F92": ("Vietnamese", "vi"),
    "N24": ("Ojibwa", "oj"),
    "N40": ("Yupik", "ypk"),
    "NX": ("American Indian or Alaska Native languages", ""),
    "FX": ("Another language", ""),
}
"""Each service code of a language: its name, and its code or ''. “Creole” may be several, and the
survey does not say which other language it means."""

NAMES: Mapping[str, str] = {"en": "English"} | {
    tag: name for name, tag in LANGUAGES.values() if tag
}
"""The names of tags of BCP 47."""

HELD_IN = "A track is held in it, as the program says."
NOTE = "By staff or interpreters, as the facility says."
