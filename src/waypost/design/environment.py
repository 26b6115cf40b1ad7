"""The Jinja2 environment of every page: translations, assets with digests, shared words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import Environment
from jinja2.ext import i18n

from waypost.design import words
from waypost.design.assets import asset
from waypost.design.icons import icon


def environment(**options: Any) -> Environment:
    """Django's hook: an environment with autoescaping, gettext and the shared words."""
    options.pop("extensions", None)
    env = Environment(
        extensions=[i18n],
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
        **{k: v for k, v in options.items() if k in {"loader", "auto_reload"}},
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    env.globals.update(
        asset=asset,
        icon=icon,
        miles_text=words.miles_text,
        date_text=words.date_text,
        dial_text=words.dial_text,
        number_text=words.number_text,
        language=translation.get_language,
        base_url=settings.WAYPOST_BASE_URL,
        prefix=language_prefix,
    )
    return env


def language_prefix() -> str:
    """What stands before every path of ours in the language being spoken."""
    return "/es" if translation.get_language() == "es" else ""
