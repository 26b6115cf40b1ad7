"""Places in other countries, which a search of the United States cannot find."""

from __future__ import annotations

import re

_COUNTRIES = frozenset({
    "canada", "mexico", "mejico", "england", "united kingdom", "great britain", "uk", "scotland",
    "ireland", "france", "germany", "alemania", "italy", "italia", "spain", "espana", "portugal",
    "japan", "japon", "south korea", "korea", "corea", "china", "india", "philippines",
    "filipinas", "australia", "new zealand", "brazil", "brasil", "colombia", "venezuela", "cuba",
    "dominican republic", "republica dominicana", "haiti", "jamaica west indies", "bahamas",
    "guatemala", "honduras", "el salvador", "nicaragua", "costa rica", "panama", "ecuador", "peru",
    "argentina", "chile", "bolivia", "uruguay", "paraguay", "ukraine", "russia", "nigeria",
    "ghana", "kenya", "south africa", "egypt", "israel", "iraq", "afghanistan", "pakistan",
    "vietnam", "thailand", "poland", "netherlands", "belgium", "switzerland", "austria", "sweden",
    "norway", "denmark", "greece", "turkey", "bermuda", "europe", "europa", "asia", "africa",
})  # fmt: skip
_PARTS = frozenset({
    "ontario", "quebec", "british columbia", "bc", "alberta", "manitoba", "saskatchewan",
    "nova scotia", "new brunswick canada", "newfoundland", "on", "qc", "ab", "mb", "sk", "ns",
    "baja california", "bcn", "chihuahua", "sonora", "tamaulipas", "nuevo leon", "jalisco",
    "coahuila", "cdmx", "sinaloa", "oaxaca", "puebla", "yucatan", "quintana roo",
})  # fmt: skip
"""Provinces and states of the two neighbors, as they stand after a city's name."""

_CITIES = frozenset({
    "toronto", "montreal", "calgary", "edmonton", "winnipeg", "ottawa canada", "tijuana",
    "ciudad juarez", "juarez", "mexicali", "nogales sonora", "nuevo laredo", "reynosa",
    "matamoros", "monterrey", "guadalajara", "cancun", "ensenada", "hermosillo", "mexico city",
    "ciudad de mexico", "london uk", "londres", "santo domingo", "port au prince", "la habana",
    "tegucigalpa", "san pedro sula", "bogota colombia", "toronto canada",
})  # fmt: skip
"""Cities abroad that are asked for; one whose name a town here has is that town."""

_CANADIAN_CODE = re.compile(r"^[a-z]\d[a-z] ?\d[a-z]\d$")


def ends_abroad(parts: tuple[str, ...]) -> bool:
    """Whether the last of several parts is a country or a neighbor's province."""
    return len(parts) > 1 and parts[-1] in _COUNTRIES | _PARTS


def is_another_country(words: str) -> bool:
    """Whether plain words are a country's name or a Canadian postal code."""
    return words in _COUNTRIES or bool(_CANADIAN_CODE.match(words))


def is_foreign_capital(words: str) -> bool:
    """Whether plain words are a city abroad that says so itself: "ciudad de Mexico"."""
    return words in ("ciudad de mexico", "mexico city", "ciudad juarez", "cd juarez")


def is_abroad(words: str) -> bool:
    """Whether plain words are a country, a city abroad or a Canadian postal code.

    The last word may be the country: "toronto canada".
    """
    if words in _CITIES or is_another_country(words):
        return True
    head, _, tail = words.rpartition(" ")
    return bool(head) and (tail in ("canada", "mexico", "england", "uk", "germany", "japan"))
