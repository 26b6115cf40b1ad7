"""The words that the service acts on by itself, in English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from waypost.texting.readings.folding import folded
from waypost.texting.words.mistyped import mistyped, without_politeness
from waypost.texting.words.times import time_named


class Keyword(StrEnum):
    """What a text that is a keyword asks for."""

    START = "start"
    YES = "yes"
    NO = "no"
    HELP = "help"
    TALK = "talk"
    FIND = "find"
    CRAVE = "crave"
    SLIP = "slip"
    MORE = "more"
    LESS = "less"
    PAUSE = "pause"
    RESUME = "resume"
    TIME = "time"
    SPANISH = "spanish"
    ENGLISH = "english"
    LEAVE = "leave"
    CLEAR = "clear"
    LINES = "988"
    ERASE = "erase"
    WRONG_NUMBER = "wrong number"


@dataclass(frozen=True, slots=True)
class KeywordAsked:
    """A keyword with what follows it: the series of START or LEAVE (''), the days of PAUSE
    ("7"), the time of TIME as "19:00", the question of FIND."""

    keyword: Keyword
    argument: str = ""


_ALONE: Mapping[Keyword, str] = {
    Keyword.YES: "y|yes|yes please|yes ok|yes i do|yeah i do|i do|yep|yeah|yea|ya|yup|sure|ok yes|"
    "si|s|si por favor|claro|claro que si|bueno|simon",
    Keyword.NO: "n|no|nope|nah|not now|not today|not really|no im ok|no im fine|no im good|im ok|"
    "im fine|im good|im doing ok|im doing good|no not today|no i dont|no thank u|no im doing ok|"
    "no im doing good|no im doing fine|no i am fine|no i am ok|no help needed|nah im good|"
    "nah im ok|estoy bien|todo bien|ahora no|hoy no|por ahora no|no todo bien|no necesito|"
    "no necesito ayuda",
    Keyword.HELP: "help|info|information|helpme|commands|menu|what is this|ayuda|informacion|"
    "comandos|que es esto",
    Keyword.TALK: "talk|talk now|person|human|agent|counselor|someone|call me|i want to talk|"
    "can i talk to someone|talk to someone|talk to a person|i need to talk|real person|"
    "is this a bot|are you a bot|are you real|hablar|persona|consejero|quiero hablar|"
    "necesito hablar|hablar con alguien|hablar con una persona|llamame|llameme",
    Keyword.CRAVE: "crave|craving|cravings|i have a craving|urge|urges|antojo|antojos|ganas|ansias|"
    "tengo ganas|tengo ganas de usar|tengo ganas de consumir|tengo antojo",
    Keyword.SLIP: "slip|slipped|i slipped|relapse|relapsed|i relapsed|i used|i drank|recaida|recai|"
    "tuve una recaida|consumi|tome",
    Keyword.MORE: "more|more texts|next|more please|mas|siguiente|mas por favor|mas textos",
    Keyword.LESS: "less|fewer|less texts|fewer texts|less often|slower|menos|menos textos|"
    "menos mensajes|mas despacio",
    Keyword.RESUME: "resume|unpause|go on|continue|back|im back|keep going|seguir|sigue|sigan|"
    "continuar|reanudar|ya volvi",
    Keyword.SPANISH: "espanol|spanish|espaol|en espanol|habla espanol|hablan espanol|"
    "spanish please|castellano|espanol por favor",
    Keyword.ENGLISH: "english|ingles|in english|en ingles|english please",
    Keyword.CLEAR: "clear|clear texts|hide|how to clear|borrar textos|limpiar|ocultar",
    Keyword.LINES: "988|911|hotline|lifeline|crisis line|numbers|linea de crisis|numeros",
    Keyword.ERASE: "delete|delete me|delete my data|erase|erase me|erase my data|delete everything|"
    "forget me|delete my info|delete my information|borrar|borrame|borreme|borrar mis datos|"
    "borren mis datos|eliminar mis datos|eliminar",
    Keyword.WRONG_NUMBER: "wrong number|wrong person|who is this|who dis|whos this|whose number|"
    "who are you|new phone who dis|you have the wrong number|u have the wrong number|"
    "this is the wrong number|i think you have the wrong number|wrong num|wrong #|"
    "you got the wrong number|u got the wrong number|wrong number sorry|sorry wrong number|"
    "you got the wrong person|you have the wrong person|numero equivocado|equivocado|"
    "persona equivocada|quien es|quien eres|quien habla|"
    "se equivoco de numero|se equivocaron de numero",
}
_WITH_REST: Mapping[Keyword, str] = {
    Keyword.START: "start|join|unstop|begin|restart|subscribe|sign up|empezar|comenzar|iniciar|"
    "unirme|inscribirme|suscribir|inicio",
    Keyword.FIND: "find|search|buscar|busco|encontrar|busca",
    Keyword.LEAVE: "leave|exit|dejar|salir de|dejo",
}
_HELP_LIKE = re.compile(r"^(?:please |pls )*(?:help|ayuda)(?: please| pls| por favor)*$")
_NUMBER_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
                 "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
                 "siete": 7}  # fmt: skip
_PAUSE = re.compile(
    r"^(?:pause|pausa|pausar|hold|break|descanso|espera)"
    r"(?: (?:for |me |por )?(?P<many>\d{1,3}|[a-z]+)(?: ?(?P<unit>d|day|days|dia|dias|w|week|weeks|"
    r"semana|semanas|month|months|mes|meses))?)?$"
)
_UNITS = {"w": 7, "week": 7, "weeks": 7, "semana": 7, "semanas": 7, "month": 30, "months": 30,
          "mes": 30, "meses": 30}  # fmt: skip
LONGEST_PAUSE = 90
"""Days; a longer pause is asked for again."""
USUAL_PAUSE = 7
"""Days, where PAUSE names none."""
_TIME = re.compile(r"^(?:time|at|hora|horario|a las|hora:|time:)\s+(?P<when>.+)$")
_UNCLEAR = KeywordAsked(Keyword.TIME)
"""TIME without a time that can be read: the answer asks for one."""
_WORDS: Mapping[str, Keyword] = {
    words: asked for asked, list_of in _ALONE.items() for words in list_of.split("|")
}


def keyword(text: str, language: str = "en") -> KeywordAsked | None:
    """The keyword that a text is, or begins with; None for anything else.

    Keywords of both languages are understood, whatever ``language`` the person is answered in.
    Only START, FIND, LEAVE, PAUSE and TIME take more words; "help me, he is not breathing" is no
    keyword, and the reading for danger comes first in any case.
    """
    plain = _plain(text)
    bare = without_politeness(plain)
    return _read(bare, text) or _read(plain, text) or _mistyped(bare)


def _read(plain: str, text: str) -> KeywordAsked | None:
    if _HELP_LIKE.match(plain):
        return KeywordAsked(Keyword.HELP)
    if plain in _WORDS:
        return KeywordAsked(_WORDS[plain])
    return _pause(plain) or _time(plain) or _with_rest(plain, text)


def _mistyped(plain: str) -> KeywordAsked | None:
    """A keyword by itself with a slip of the finger; not of those that end or erase something."""
    meant = mistyped(plain, _FORGIVEN)
    return _read(meant, meant) if meant else None


def _plain(text: str) -> str:
    kept = re.sub(r"['’`´]", "", folded(text))
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s:#]+", " ", kept)).strip()


def _pause(plain: str) -> KeywordAsked | None:
    asked = _PAUSE.match(plain)
    if asked is None:
        return None
    many = asked["many"]
    if many is None:
        return KeywordAsked(Keyword.PAUSE, str(USUAL_PAUSE))
    if many.isdigit() or many in _NUMBER_WORDS:
        count = int(many) if many.isdigit() else _NUMBER_WORDS[many]
        days = count * _UNITS.get(asked["unit"] or "", 1)
    elif many in _UNITS:
        days = _UNITS[many]
    else:
        return None
    return KeywordAsked(Keyword.PAUSE, str(max(1, min(days, LONGEST_PAUSE))))


def _time(plain: str) -> KeywordAsked | None:
    asked = _TIME.match(plain)
    if asked is None:
        return _UNCLEAR if plain in ("time", "hora", "horario") else None
    minute = time_named(asked["when"])
    if minute is None:
        return None if plain.startswith(("time to", "time for", "at", "a las")) else _UNCLEAR
    return KeywordAsked(Keyword.TIME, f"{minute // 60:02}:{minute % 60:02}")


def _with_rest(plain: str, text: str) -> KeywordAsked | None:
    for asked, list_of in _WITH_REST.items():
        for word in list_of.split("|"):
            if plain == word or plain.startswith(f"{word} "):
                return _argument(asked, plain[len(word) :].strip(), text)
    return None


def _argument(asked: Keyword, rest: str, text: str) -> KeywordAsked | None:
    """START and LEAVE take a short name; a whole sentence ("leave me alone") is no keyword."""
    if asked is Keyword.FIND:
        match = re.match(r"\s*\S+\s+(.*)", text, re.DOTALL)
        return KeywordAsked(asked, match[1].strip() if match else "")
    if len(rest.split()) > 3 or rest.split(" ", maxsplit=1)[0] in _NO_NAME:
        return None
    return KeywordAsked(asked, rest)


_FORGIVEN = (
    *("start", "join", "help", "talk", "find", "crave", "craving", "slip", "more", "less", "pause"),
    *("resume", "time", "english", "spanish", "espanol", "clear", "empezar", "ayuda", "hablar"),
    *("buscar", "antojo", "recaida", "menos", "pausa", "reanudar", "hora", "ingles"),
)
_NO_NAME = frozenset(["me", "him", "her", "us", "my", "this", "the", "a", "to", "de", "mi", "using",
                      "drinking", "treatment", "over", "tomar", "beber"])  # fmt: skip
