"""What an answer to a question for programs says around the programs, by language."""

from __future__ import annotations

SENTENCES = {
    "en": {
        "none": (
            "No place in the list fits within 25 miles of {place}. Try fewer "
            "words, or call 1-800-662-4357, any time."
        ),
        "last": (
            "That is all within 25 miles of {place}. FIND + another town or ZIP. "
            "Any time: 1-800-662-4357."
        ),
        "which": "Which one? Reply FIND {choices}",
        "or": " or FIND ",
        "more": "MORE for next.",
        "unknown": (
            "We can't find {place} on the map. Text FIND and a ZIP, or a town "
            "with its state, like FIND Austin, TX."
        ),
        "country": (
            "The list has places in the United States. Text FIND and a ZIP or a town "
            "there. Any time: 1-800-662-4357."
        ),
        "military": (
            "{place} is a military address abroad, and the list ends at the border. Military "
            "OneSource, any time: 1-800-342-9647. In the US: FIND and a ZIP."
        ),
        "near": "Near {place}:",
        "miles": "mi",
    },
    "es": {
        "none": (
            "Nada en la lista a menos de 25 millas de {place}. Pruebe con menos "
            "palabras, o llame al 1-800-662-4357, a toda hora."
        ),
        "last": (
            "Es todo a menos de 25 millas de {place}. BUSCAR y otra ciudad o "
            "código. A toda hora: 1-800-662-4357."
        ),
        "which": "¿Cuál? Responda BUSCAR {choices}",
        "or": " o BUSCAR ",
        "more": "MAS para otros.",
        "unknown": (
            "No encontramos {place} en el mapa. Envíe BUSCAR y un código "
            "postal, o la ciudad con su estado: BUSCAR Austin, TX."
        ),
        "country": (
            "La lista es de los Estados Unidos. Envíe BUSCAR y un código postal o "
            "una ciudad de allí. A toda hora: 1-800-662-4357."
        ),
        "military": (
            "{place} es una dirección militar en el extranjero y la lista no llega allí. "
            "Military OneSource, a toda hora: 1-800-342-9647. En EE. UU.: BUSCAR y un código "
            "postal."
        ),
        "near": "Cerca de {place}:",
        "miles": "mi",
    },
}  # fmt: skip
"""Each sentence by its key; ``{place}`` and ``{choices}`` are filled in."""
