"""Removes the words that people put around a place ("near Austin, TX, USA")."""

from __future__ import annotations

import re

_COUNTRY = (
    r"u ?s ?a|u ?s(?! ?v)|united states(?: of america)?|america|e ?e ?u ?u|estados unidos|eua"
)
_WHO = (  # "we are in", "my son lives near"
    r"(?:i|we|he|she|they|my \w+) (?:am|are|is|lives?|living|stays?|staying)|"
    r"im|were|hes|shes|theyre|living|located|based"
)
_WHAT_FOR = (  # "looking for help in", "busco tratamiento cerca de"
    r"(?:(?:i |we )?(?:am |are )?(?:looking|searching) for|need|i need|we need|find|busco|buscamos|"
    r"necesito|quiero) (?:\w+ ){0,4}?\w+|(?:treatment|rehabs?|programs?|help|detox|iops?|therapy|"
    r"counseling|clinics?|meetings|ayuda|tratamientos?|programas?|clinicas?|terapia)"
)
_BEFORE = re.compile(
    r"^(?:(?:all|any part|every part|anywhere|somewhere|the whole|whole) of|"
    r"(?:(?:the )?(?:entire|whole) )?(?:state|estado) of|todo(?: el estado de)?|"
    rf"(?:{_WHO}) (?:now )?(?:in|near|at|around|outside|just outside)|"
    rf"(?:{_WHAT_FOR}) (?:in|near|around|close to|en|cerca de)|"
    r"looking in|anywhere (?:near|in|around)|"
    r"somewhere (?:near|in|around)|"
    r"(?:right )?(?:outside|north|south|east|west)(?: side)? of|just outside(?: of)?|close to|"
    r"closest to|nearest(?: to)?|next to|near to|near|nearby|around|within|in|at|by|from|"
    r"(?:the )?(?:greater|metro|metropolitan|downtown|uptown|midtown|inner|central)|"
    r"(?:the )?(?:city|village|borough|municipality|town|townships?|twp) of|"
    r"zip ?codes?|zip|postal code|codigo postal|c p|"
    r"cerca de la ciudad de|cerca del|cerca de|cerca a|cerca|junto a|alrededor de|alrededores de|"
    r"(?:en )?el centro de|afueras de|(?:la )?ciudad de|(?:el )?pueblo de|(?:la )?villa de|"
    r"(?:vivo|vivimos|vive|estoy|estamos|esta|mi \w+ (?:vive|esta)) (?:en|cerca de)|"
    r"dentro de|en|por|desde) (?=\S)"
)
_AFTER = re.compile(
    r"(?<=\S) (?:(?:greater |metro(?:politan)? )?area|metro(?:plex|politan area)?|zip ?codes?|zip|"
    r"region|vicinity|(?:and )?surrounding areas?|or nearby|and nearby|nearby|downtown|"
    r"proper|please|all|statewide|state wide|todo|y alrededores|centro)$"
)
_COUNTRY_AFTER = re.compile(rf"(?<=\S) (?:{_COUNTRY})$")
_COUNTRY_BEFORE = re.compile(rf"^(?:{_COUNTRY}) (?=\S)")
_ONLY_COUNTRY = re.compile(rf"^(?:the )?(?:{_COUNTRY})$")
_TOWNSHIP = re.compile(r"^(?:town|townships?|twp) of (?=\S)|(?<=\S) (?:township|twp|twsp)$")
_RESERVATION = re.compile(
    r"(?<=\S) (?:(?:indian|apache|tribal) )?(?:reservation|reserve|rez|tribe|nation|lands?)$|"
    r"^(?:reservacion|reserva)(?: india| indigena)?(?: de(?: los)?)? (?=\S)"
)
_COUNTY_FIRST = re.compile(
    r"^(?:(?:el )?condado|county|(?:la )?parroquia|parish|(?:el )?municipio|borough) "
    r"(?:de |of )?(?=\S)"
)
_COUNTY_WORDS = {"condado": "county", "parroquia": "parish"}
_HERE = re.compile(
    r"^(?:(?:near|around|by|close to|nearest to) )?(?:me|my (?:location|area|house|home)|"
    r"here|where i (?:am|live)|current location|mi(?: ubicacion| casa)|aqui)$|"
    r"^(?:cerca de|cerca a) (?:mi|aqui|mi casa)$|^near ?by$|^nearme$|"
    r".* (?:near me|near here|close to me|cerca de mi|cerca de aqui)$"
)
_EVERYWHERE = re.compile(
    r"^(?:anywhere|everywhere|any ?place|nationwide|all states|any state|"
    r"cualquier (?:lugar|parte)|todo el pais|en todas partes)$"
)
_ONLINE = re.compile(
    r"^(?:online|virtual|telehealth|tele ?health|zoom|video|remote|telemedicine|"
    r"en linea|telesalud|por video|internet)(?: (?:only|iop|program|programs))?$"
)


def is_here(words: str) -> bool:
    """Whether plain words mean where the person is: "near me", "cerca de mí"."""
    return bool(_HERE.match(words))


def is_country(words: str) -> bool:
    """Whether plain words name the whole country."""
    return bool(_ONLY_COUNTRY.match(words))


def is_everywhere(words: str) -> bool:
    """Whether plain words mean any place at all: "anywhere", "nationwide"."""
    return bool(_EVERYWHERE.match(words))


def is_online(words: str) -> bool:
    """Whether plain words mean no place but a screen: "online", "telehealth"."""
    return bool(_ONLINE.match(words))


def without_country(words: str) -> str:
    """Plain words without the country before or after them."""
    return _COUNTRY_BEFORE.sub("", _COUNTRY_AFTER.sub("", words))


def without_words_around(words: str) -> str:
    """Plain words without the words around a place's name, removed until none are left."""
    while True:
        less = _BEFORE.sub("", _AFTER.sub("", words))
        if less == words:
            return words
        words = less


def says_township(words: str) -> bool:
    """Whether plain words say "town of", "township" or "twp": a village may have the same name."""
    return bool(_TOWNSHIP.search(words))


def without_township(words: str) -> str:
    """Plain words without "town of" or "township"."""
    return _TOWNSHIP.sub("", words)


def without_reservation(words: str) -> str:
    """Plain words without "reservation", "tribe" or "nation"."""
    return _RESERVATION.sub("", words)


def county_first(words: str) -> tuple[str, ...]:
    """ "condado de orange" is "orange county", else "orange"; nothing where no such word comes
    first."""
    match = _COUNTY_FIRST.match(words)
    if not match:
        return ()
    word = match[0].split()[-2 if match[0].split()[-1] in ("de", "of") else -1]
    bare = words[match.end() :]
    kinds = (_COUNTY_WORDS.get(word, word), "county", "parish", "municipio", "borough")
    return (*(f"{bare} {kind}" for kind in dict.fromkeys(kinds)), bare)
