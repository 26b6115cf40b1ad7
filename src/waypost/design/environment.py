"""The Jinja2 environment of every page: translations, assets with digests, shared functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.utils import translation
from jinja2 import Environment, Template
from jinja2.ext import i18n

from waypost.design import words
from waypost.design.assets import asset
from waypost.design.icons import icon
from waypost.design.in_place import InOneLanguage


class Pages:
    """Templates in the active language: one environment for each language."""

    def __init__(self, **options: Any) -> None:
        self._speaking = {code: _environment(code, **options) for code, _ in settings.LANGUAGES}

    def get_template(self, name: str) -> Template:
        """A template; raises `jinja2.TemplateNotFound`."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        return self._speaking[language].get_template(name)


def environment(**options: Any) -> Pages:
    """Django's hook: pages with autoescaping, gettext and the shared words."""
    ours = {k: v for k, v in options.items() if k in {"loader", "auto_reload"}}
    return Pages(**ours)


def _environment(code: str, **options: Any) -> Environment:
    fixed: dict[str, Callable[..., object]] = {
        "asset": asset,
        "icon": icon,
        "language": translation.get_language,
        "prefix": site_prefix,
        "here": language_prefix,
    }
    env = InOneLanguage(
        code,
        fixed,
        extensions=[i18n],
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
        **options,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    env.globals.update(
        fixed,
        miles_text=words.miles_text,
        address_text=words.address_text,
        date_text=words.date_text,
        day_here=words.day_here,
        moment_text=words.moment_text,
        dial_text=words.dial_text,
        number_text=words.number_text,
        base_url=settings.WAYPOST_BASE_URL,
        get_messages=get_messages,  # only the private process has any
    )
    return env


def site_prefix() -> str:
    """The prefix of the public site's pages: of another origin in the private process."""
    return f"{settings.WAYPOST_PUBLIC_URL}{language_prefix()}"


def language_prefix() -> str:
    """The prefix of all our paths in the active language."""
    return "/es" if translation.get_language() == "es" else ""
