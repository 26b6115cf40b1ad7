"""Are two listings the same place? Rules with their reasons, the surest first.

A listing is compared by street, name and telephone. Every rule looks at both sides alike, so the
answer does not depend on which comes first, and listings are paired one to one from the surest pair
down, so it does not depend on the order of the rows either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from waypost.directory.normalize import name_key, phone_key, street_key, zip_key


@dataclass(frozen=True, slots=True)
class MatchedListing:
    """What matching looks at: ``key`` names the listing, the rest is normalized."""

    key: str
    name: str
    name2: str
    street: str
    suite: str
    city: str
    state: str
    zip: str
    phones: frozenset[str]

    @property
    def full_name(self) -> str:
        """Both lines of the name together."""
        return f"{self.name} {self.name2}".strip()


@dataclass(frozen=True, slots=True)
class Own:
    """What sets a listing apart: numbers that at most one (``sole``) or two (``rare``) listings on
    each side have, and full names that at most one listing on each side has."""

    rare: frozenset[str] = frozenset()
    sole: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, left: Sequence[MatchedListing], right: Sequence[MatchedListing]) -> Own:
        """Count numbers and names on both sides."""
        named = [Counter(row.full_name for row in side) for side in (left, right)]
        sides = [Counter(p for row in side for p in row.phones) for side in (left, right)]
        shared = sides[0].keys() & sides[1].keys()
        most = {phone: max(side[phone] for side in sides) for phone in shared}
        return cls(
            frozenset(p for p, n in most.items() if n <= 2),
            frozenset(p for p, n in most.items() if n == 1),
            frozenset(name for side in named for name, n in side.items() if n == 1)
            - frozenset(name for side in named for name, n in side.items() if n > 1),
        )


@dataclass(frozen=True, slots=True)
class Match:
    """Two listings that are the same place, by which rule, and how surely (0 to 1)."""

    a: str
    b: str
    rule: str
    confidence: float


def listing(
    key: str,
    name: str,
    name2: str,
    street: str,
    street2: str,
    city: str,
    state: str,
    zip_code: str,
    phones: Iterable[str],
) -> MatchedListing:
    """A listing from text as published."""
    first, second = street_key(street), street_key(street2)
    if first and not first[0].isdigit() and second and second[0].isdigit():
        first, second = second, first  # the building's name stands where the street should
    return MatchedListing(
        key,
        name_key(name),
        name_key(name2),
        first or second,
        name_key(f"{street} {street2}"),
        city.casefold().strip(),
        state.upper().strip(),
        zip_key(zip_code),
        frozenset(filter(None, map(phone_key, phones))),
    )


@lru_cache(maxsize=500_000)
def _ratio(a: str, b: str) -> float:
    return fuzz.token_sort_ratio(a, b) if a <= b else fuzz.token_sort_ratio(b, a)


@lru_cache(maxsize=500_000)
def _set_ratio(a: str, b: str) -> float:
    return fuzz.token_set_ratio(a, b) if a <= b else fuzz.token_set_ratio(b, a)


def forget() -> None:
    """Free the cached comparisons: another edition has different names."""
    _ratio.cache_clear()
    _set_ratio.cache_clear()


def name_likeness(a: MatchedListing, b: MatchedListing, *, loose: bool = True) -> float:
    """How alike the names are, 0 to 100: the first lines, the whole, or one line crosswise.

    ``loose`` also compares crosswise and counts a name whose words are all in the other's;
    without a shared telephone that proves too little (in Louisville many names contain it).
    """
    best = max(_ratio(a.name, b.name), _ratio(a.full_name, b.full_name))
    if loose and a.name2 and len(a.name2) > 6:
        best = max(best, _ratio(a.name2, b.name))
    if loose and b.name2 and len(b.name2) > 6:
        best = max(best, _ratio(b.name2, a.name))
    if loose and min(len(a.full_name), len(b.full_name)) >= 8:
        best = max(best, 0.97 * _set_ratio(a.full_name, b.full_name))
    return best


def second_likeness(a: MatchedListing, b: MatchedListing) -> float:
    """How alike the second lines are; 70 where one is missing, since that says little."""
    if a.name2 and b.name2:
        return _ratio(a.name2, b.name2)
    return 100.0 if not a.name2 and not b.name2 else 70.0


def same_street(a: MatchedListing, b: MatchedListing) -> bool:
    """The same street address in the same ZIP or town."""
    return bool(a.street) and a.street == b.street and (a.zip == b.zip or same_town(a, b))


def same_town(a: MatchedListing, b: MatchedListing) -> bool:
    """The same town of the same state."""
    return a.state == b.state and a.city == b.city


def nearly_same_street(a: MatchedListing, b: MatchedListing) -> bool:
    """The same house number on a street whose name is spelled slightly differently."""
    if not a.street or not b.street or not (a.zip == b.zip or same_town(a, b)):
        return False
    if a.street.split()[0] != b.street.split()[0] or not a.street[0].isdigit():
        return False
    return _ratio(a.street, b.street) >= 72 or _set_ratio(a.street, b.street) >= 90


def withheld(a: MatchedListing) -> bool:
    """Whether the program asked that its address not be published ("- - -")."""
    return not a.street


def judge(a: MatchedListing, b: MatchedListing) -> Match | None:
    """The first rule by which the two are the same place, or None."""
    if a.state != b.state:
        return None
    street, spelled = same_street(a, b), nearly_same_street(a, b)
    hidden = withheld(a) and withheld(b) and a.zip == b.zip
    if not (street or spelled or hidden):
        return None  # every rule asks for one of them: of most pairs no name need be compared
    phone = bool(a.phones & b.phones)
    names = name_likeness(a, b, loose=phone)
    rules = (
        ("same street, same name", 0.99, street and names >= 88),
        ("same street, same telephone, like name", 0.98, street and phone and names >= 55),
        ("same street, same telephone", 0.94, street and phone),
        ("same street, like name", 0.90, street and names >= 72),
        ("street spelled otherwise, same name", 0.96, spelled and names >= 88),
        ("street spelled otherwise, same telephone", 0.95, spelled and phone),
        ("address withheld, same name, ZIP and telephone", 0.93, hidden and phone and names >= 88),
    )
    return _first(a, b, rules)


def judge_moved(a: MatchedListing, b: MatchedListing, own: Own = Own()) -> Match | None:
    """Across editions: the same program at a new address, or under a new name.

    ``own`` says which numbers belong to a program alone: a number that many listings share is an
    organization's switchboard and says nothing about the place.
    """
    match = judge(a, b)
    if match or a.state != b.state:
        return match
    phone, town = bool(a.phones & b.phones), same_town(a, b) or a.zip == b.zip
    hidden = (withheld(a) or withheld(b)) and a.zip == b.zip
    if not (phone or hidden):
        return None  # every rule asks for one of them
    names, seconds = name_likeness(a, b), second_likeness(a, b)
    rare, sole = bool(a.phones & b.phones & own.rare), bool(a.phones & b.phones & own.sole)
    whole = _ratio(a.full_name, b.full_name)
    road = bool(a.street) and a.street == b.street
    alike = bool(a.street and b.street) and _ratio(a.street, b.street) >= 80
    named = a.full_name in own.names and b.full_name in own.names
    rules = (
        ("same name and telephone, new address", 0.90, phone and town and whole >= 92),
        (
            "like name and same telephone, new address",
            0.86,
            phone and town and names >= 88 and (seconds >= 85 or alike),
        ),
        ("same street and telephone, town spelled otherwise", 0.89, road and phone and names >= 88),
        ("own name, same telephone, new town", 0.86, phone and whole >= 97 and named),
        ("same name and own telephone, new town", 0.85, rare and names >= 92 and seconds >= 85),
        ("like name and own telephone, new address", 0.84, rare and town and names >= 75),
        ("same name and ZIP, address withheld", 0.82, hidden and names >= 90 and seconds >= 70),
        ("own telephone in the same town, new name", 0.80, sole and town),
    )
    return _first(a, b, rules)


def _first(
    a: MatchedListing, b: MatchedListing, rules: Iterable[tuple[str, float, bool]]
) -> Match | None:
    first, second = sorted((a.key, b.key))
    for rule, sure, holds in rules:
        if holds:
            return Match(first, second, rule, sure)
    return None


def fine_order(a: MatchedListing, b: MatchedListing) -> float:
    """Which of several possible partners fits best: names, second lines, telephones, suite.

    Houses of one program share its switchboard, so a number more in common decides.
    """
    score = _ratio(a.full_name, b.full_name) + second_likeness(a, b) + _ratio(a.suite, b.suite)
    shared = a.phones & b.phones
    return score + (60 + 20 * len(shared) / len(a.phones | b.phones) if shared else 0)


def candidates(
    left: Sequence[MatchedListing], right: Sequence[MatchedListing]
) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing, each once: they share a street and town, a ZIP and house number, a ZIP
    and a word of the name, or a telephone."""
    kinds = (_street_blocks, _number_blocks, _phone_blocks, _hidden_blocks)
    blocks_by_kind = [(keys_of, _in_blocks(right, keys_of)) for keys_of in kinds]
    for i, a in enumerate(left):
        near: set[int] = set()
        for keys_of, blocks in blocks_by_kind:
            for block in keys_of(a):
                near.update(blocks.get(block, ()))
        yield from ((i, j) for j in near)


def _in_blocks(
    listings: Sequence[MatchedListing], keys_of: Callable[[MatchedListing], list[Hashable]]
) -> dict[Hashable, list[int]]:
    blocks: dict[Hashable, list[int]] = {}
    for j, b in enumerate(listings):
        for block in keys_of(b):
            blocks.setdefault(block, []).append(j)
    return blocks


def _street_blocks(a: MatchedListing) -> list[Hashable]:
    if not a.street:
        return []
    return [(a.street, a.zip), (a.street, a.state, a.city)]


def _number_blocks(a: MatchedListing) -> list[Hashable]:
    number = a.street.split()[0] if a.street else ""
    return [(number, a.zip), (number, a.state, a.city)] if number.isdigit() else []


def _phone_blocks(a: MatchedListing) -> list[Hashable]:
    return [(phone, a.state) for phone in a.phones]


def _hidden_blocks(a: MatchedListing) -> list[Hashable]:
    return [(a.zip, word) for word in a.name.split()[:2]]


def pair_up(
    left: Sequence[MatchedListing], right: Sequence[MatchedListing], *, moved: bool = False
) -> list[Match]:
    """Pair listings one to one, from the surest pair down. A match's ``a`` is from ``left``."""
    own = Own.of(left, right) if moved else Own()
    matches = []
    for i, j in candidates(left, right):
        match = judge_moved(left[i], right[j], own) if moved else judge(left[i], right[j])
        if match:
            fit = fine_order(left[i], right[j])
            matches.append((-match.confidence, -fit, left[i].key, right[j].key, match))
    # Confidence is rounded so that a better fit of name and suite beats a slightly surer rule.
    matches.sort(key=lambda f: (round(f[0] * 4), f[1], f[0], f[2], f[3]))
    taken_left: set[str] = set()
    taken_right: set[str] = set()
    chosen = []
    for _, _, a, b, match in matches:
        if a not in taken_left and b not in taken_right:
            taken_left.add(a)
            taken_right.add(b)
            chosen.append(Match(a, b, match.rule, match.confidence))
    return chosen


def repeats(rows: Sequence[MatchedListing]) -> Mapping[str, str]:
    """Listings of one directory that repeat another word for word: the later key to the first."""
    first: dict[Hashable, str] = {}
    first_key = {}
    for row in sorted(rows, key=lambda r: r.key):
        same = (row.name, row.name2, row.suite, row.zip, row.phones)
        if same in first:
            first_key[row.key] = first[same]
        else:
            first[same] = row.key
    return first_key
