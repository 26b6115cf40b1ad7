"""What people type in Spanish finds the article that answers it, and a danger shows help first."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from waypost.articles.search_words import lines_in_danger
from waypost.web.articles.search import article_index, words_to_look_for

TYPED = {
    "medication-in-an-iop": [
        "suboxone", "Suboxon", "metadona", "vivitrol", "fentanilo", "chiva", "heroína", "antojos",
        "ganas de consumir", "antabuse", "embarazada", "medicamentos asistidos", "pastillas",
    ],
    "detox-and-iop": [
        "desintoxicar", "desintoxicarme", "síndrome de abstinencia", "malilla", "temblores",
        "tembladera", "insomnio", "mota", "marihuana", "yerba", "xanax", "barras", "xilacina",
        "dejar de tomar", "borrachera", "cruda", "¿cómo me desintoxico de golpe?",
    ],
    "therapies": ["cristal", "metanfetamina", "coca", "perico", "piedra", "crack", "doble A", "padrino",
                  "narcóticos anónimos", "12 pasos", "doce pasos", "terapia", "premios"],
    "iop-and-inpatient": ["rehabilitación", "centro de rehabilitación", "anexo", "granja", "internar",
                          "internado", "quiero internarlo", "hospitalización parcial"],
    "for-families": ["mi hijo", "mi hija", "mi esposo toma mucho", "mi mamá", "mi novio", "familia",
                     "mi hermano", "un amigo", "cárcel"],
    "cost-and-insurance": ["aseguranza", "seguro", "sin seguro", "no tengo dinero", "cuánto cuesta",
                           "gratis", "Medi-Cal", "medicaid", "sin papeles", "indocumentado"],
    "privacy-and-42-cfr-part-2": ["privacidad", "confidencial", "migración", "la migra", "policía",
                                  "corte", "CPS", "me quitaron a mis hijos"],
    "after-an-iop": ["DUI", "probatoria", "libertad condicional", "manejar borracho",
                     "después del programa"],
    "rights-at-work": ["trabajo", "me despiden", "patrón", "incapacidad", "FMLA", "permiso del trabajo"],
    "relapse-in-an-iop": ["recaída", "recaí", "volví a usar", "volvió a tomar", "recaídas"],
    "groups-for-people-like-you": ["mujeres", "hombres", "veterano", "lesbiana", "tercera edad",
                                   "adolescente", "jóvenes", "por video"],
    "drug-testing": ["antidoping", "doping", "prueba de orina", "examen de orina"],
    "the-weekly-schedule": ["horario", "de noche", "guardería", "universidad", "zoom", "raite"],
    "near-home-or-away": ["lejos", "otro estado", "transporte", "casa de recuperación"],
    "warning-signs": ["estafa", "fraude", "denunciar", "queja", "casa de sobriedad"],
    "how-long-it-lasts": ["cuánto dura", "cuánto tiempo"],
    "what-is-an-iop": ["en español", "¿hablan español?"],
    "what-happens-in-an-iop": ["psicólogo", "nervios", "salud mental"],
    "choosing-a-program": ["consejero"],
    "who-an-iop-suits": ["ansiedad", "depresión"],
}  # fmt: skip
NEAR_THE_TOP = 4
DANGERS = ["temblores", "temblores fuertes", "tembladera", "tremors", "the shakes", "mi papá tiembla mucho",
           "delirios", "ve cosas que no existen"]  # fmt: skip


@pytest.mark.parametrize("slug", TYPED)
def test_what_is_typed_finds_its_article_near_the_top(slug: str) -> None:
    for typed in TYPED[slug]:
        hits = article_index("es").search(typed).articles
        assert slug in [hit.article.slug for hit in hits[:NEAR_THE_TOP]], typed
        assert all(hit.article.language == "es" for hit in hits)


@pytest.mark.parametrize(
    "typed", ["suboxone", "temblores", "sin papeles", "mi hijo", "anexo", "estafa"]
)
def test_a_spanish_word_finds_something_on_the_english_pages_too(typed: str) -> None:
    assert article_index("en").search(typed).articles


@pytest.mark.parametrize("typed", DANGERS)
def test_signs_of_a_dangerous_withdrawal_show_help_first(typed: str) -> None:
    assert lines_in_danger(typed) == ("911", "988")


def test_little_words_are_left_out_with_or_without_their_accents() -> None:
    assert words_to_look_for("¿Cómo consigo metadona?") == ["consigo", "metadona"]
    assert words_to_look_for("qué es más") == ["más"]
    assert words_to_look_for("¿qué?") == ["qué"]


def test_every_phrase_of_the_list_can_be_reached() -> None:
    """A phrase with a little word in it would never be looked up: it is left out when typed."""
    text = (files("waypost.articles") / "data" / "search_words.yaml").read_text("utf-8")
    for entry in yaml.safe_load(text)["words"]:
        for word in entry["words"]:
            assert " ".join(words_to_look_for(word)) == word
