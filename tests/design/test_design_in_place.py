"""Sentences, icons and addresses stand in the compiled template, and say what they said before."""

from __future__ import annotations

import pytest
from django.utils import translation
from jinja2 import DictLoader
from jinja2.exceptions import TemplateNotFound

from waypost.design.environment import Pages, environment

TEMPLATE = """{{ _('Help now') }}|{{ _('Page %(page)s of %(pages)s', page=page, pages=9) }}|
{%- for words in (_('Search'), _('Compare')) %}{{ words }},{% endfor %}|{{ prefix() }}/find|
{{- icon('pin') }}|{{ _(said) }}|{{ 'es' if language() == 'es' else 'en' }}"""


def pages(text: str) -> Pages:
    return environment(loader=DictLoader({"page.html": text}), unknown=1)


def shown(made: Pages, language: str, **words: object) -> str:
    with translation.override(language):
        return made.get_template("page.html").render(**words)


def test_each_language_has_its_own_words_in_place() -> None:
    made = pages(TEMPLATE)
    english = shown(made, "en", page="<3>", said="Menu").split("|")
    spanish = shown(made, "es", page="<3>", said="Menu").split("|")
    assert english[:4] == ["Help now", "Page &lt;3&gt; of 9", "Search,Compare,", "/find"]
    assert spanish[:4] == ["Ayuda ahora", "Página &lt;3&gt; de 9", "Buscar,Comparar,", "/es/find"]
    assert english[4] == spanish[4] and english[4].startswith("<svg")
    assert (english[5], spanish[5]) == ("Menu", "Menú")  # a sentence known only at rendering
    assert (english[6], spanish[6]) == ("en", "es")


def test_nothing_is_looked_up_when_it_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pages("{{ _('Search') }} {{ _('Page %(page)s of %(pages)s', page=1, pages=2) }}")
    assert shown(made, "es") == "Buscar Página 1 de 2"
    monkeypatch.setattr(translation, "gettext", pytest.fail)
    assert shown(made, "es") == "Buscar Página 1 de 2"


def test_a_percent_sign_and_markup_in_a_sentence_stay_what_they_were() -> None:
    made = pages("{{ _('100%% <b>sure</b>') }} {{ _('%(n)s%%', n='<i>') }}")
    assert shown(made, "en") == "100% <b>sure</b> &lt;i&gt;%"


def test_a_missing_template_is_named() -> None:
    with pytest.raises(TemplateNotFound, match="no_page"):
        pages("").get_template("no_page.html")
