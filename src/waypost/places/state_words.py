"""What people call the states: postal codes, the newspapers' abbreviations, Spanish names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from waypost.places.spelling import plain
from waypost.places.states import STATE_NAMES

_OTHER_NAMES = """
AL ala|AZ ariz|AR ark|CA calif, cal|CO colo|CT conn|DE del, dela|FL fla
HI hawai, jawai|ID ida|IL ill, ills|IN ind|KS kan, kans|LA luisiana
MA mass, massachusets, masachusets|MI mich|MN minn, minesota|MS miss, misisipi|MO misuri
MT mont|NE neb, nebr|NV nev|NH nuevo hampshire, nueva hampshire|NJ n jersey, nueva jersey
NM n mex, new mex, nuevo mexico, nuevo mejico|NY nueva york|OK okla, oklajoma|OR ore, oreg
NC n carolina, no carolina, carolina del norte|ND n dak, n dakota, no dakota, dakota del norte
PA penn, penna, pensilvania|SC s carolina, so carolina, carolina del sur
SD s dak, s dakota, so dakota, dakota del sur|TN tenn, tenesi|TX tex, tejas|WA wash
WV w va, wva, w virginia, virginia occidental, virginia del oeste|WI wis, wisc|WY wyo
DC d c, wash dc, distrito de columbia|AS samoa americana|PR p r
MP cnmi, marianas, northern marianas, islas marianas del norte, islas marianas
NC carolina norte, carolina north, n car, north car, no car
SC carolina sur, carolina south, s car, south car, so car
ND dakota norte, dakota north, north dak, no dak
SD dakota sur, dakota south, south dak, so dak
WV west va, west virg, w virg, virginia west, virginia oeste, west v
NH n hampshire, new hamp|NY n york|RI rhode is, r island
VI us virgin islands, usvi, virgin islands, v i, islas virgenes, islas virgenes americanas
VI islas virgenes de los estados unidos, islas virgenes de estados unidos
FM micronesia, fsm|MH islas marshall|PW palaos, belau
"""
"""Plain forms beside the names and postal codes. The abbreviations are those of the Associated
Press and of the Government Publishing Office's style manual (2016, 9.47), the Spanish names those
of the Fundéu (BBVA, list of states)."""

_SPOKEN = re.compile(
    r"^(?:the )?(?:state|estado|commonwealth|territory|territorio) (?:of|de|del) (.+)$|^(.+) state$"
)
SHORTEST_MISSPELLED = 6
MOST_ERRORS = 2


@dataclass(frozen=True, slots=True)
class NamedState:
    """A state by its postal code; ``surely`` where the words say that the state is meant."""

    code: str
    surely: bool


def _others() -> dict[str, str]:
    cells = [c.split(" ", 1) for line in _OTHER_NAMES.split("\n") for c in line.split("|") if c]
    return {name.strip(): code for code, names in cells for name in names.split(",")}


@cache
def state_words() -> Mapping[str, str]:
    """Every plain name of a state and its postal code."""
    names = {plain(name): code for code, name in STATE_NAMES.items()}
    return names | {code.lower(): code for code in STATE_NAMES} | _others()


@cache
def _full_names() -> Mapping[str, str]:
    """The names that may be misspelled; abbreviations are too short to tell."""
    return {n: c for n, c in state_words().items() if len(n) >= SHORTEST_MISSPELLED}


def state_named(words: str) -> NamedState | None:
    """The state that plain words name: "texas", "tx", "state of texas", "texas state"."""
    code = state_words().get(words)
    if code:
        return NamedState(code, surely=len(words) == 2 or words in ("n y", "w a"))
    spoken = _SPOKEN.match(words)
    code = state_words().get(spoken[1] or spoken[2]) if spoken else None
    return NamedState(code, surely=True) if code else None


def misspelled_state(words: str) -> str:
    """The postal code of the state that plain words nearly name, or ''.

    Two letters may be wrong in a name, one in a short one; two swapped count as one.
    """
    if len(words) < SHORTEST_MISSPELLED - 1:
        return ""
    from rapidfuzz.distance import OSA  # here, for a worker starts sooner without it

    best, code = MOST_ERRORS + 1, ""
    for name, of in _full_names().items():
        allowed = MOST_ERRORS if len(name) >= 8 else 1
        errors = OSA.distance(words, name, score_cutoff=allowed)
        if errors <= allowed and errors < best:
            best, code = errors, of
    return code
