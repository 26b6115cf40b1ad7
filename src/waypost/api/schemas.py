"""The shapes of the answers, used only for the API's own description.

Answers are written by orjson from plain values; tests compare them with these shapes.
"""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema


class Problem(Schema):
    """RFC 9457 problem details: what went wrong, in plain words."""

    type: str
    title: str
    status: int
    detail: str
    problems: dict[str, str] = Field(default_factory=dict)
    choices: list[PlaceOut] = Field(default_factory=list)


class PlaceOut(Schema):
    """A place; ``key`` is text that always means exactly this place."""

    kind: Literal["zip", "city", "county", "state", "point"]
    key: str
    label: str
    latitude: float
    longitude: float
    state: str
    county: str | None
    county_fips: str | None
    timezone: str
    population: int | None


class PhoneOut(Schema):
    """A published number: ``e164`` to dial, ``display`` to read."""

    kind: Literal["intake", "main", "hotline"]
    e164: str
    display: str
    extension: str | None


class FactOut(Schema):
    """Where a shown field comes from, the date of the fact, and how it got here."""

    source: str
    as_of: str
    method: str
    until: str | None = None


class SessionOut(Schema):
    """The same hours on some days, local wall time; an end not after the start is the next day."""

    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]]
    start: str
    end: str


class TrackOut(Schema):
    """A schedule that the program runs, in its own word; what is left out is not known."""

    id: str
    sessions: list[SessionOut]
    zone: str
    hours_a_week: float | None = None
    attendance: Literal["in-person", "telehealth", "either"] | None = None
    language: str = ""
    for_whom: list[str] = Field(default_factory=list)
    starts_on: str | None = None
    not_on: list[str] = Field(default_factory=list)


class OpeningOut(Schema):
    """What a program said of its places on the day ``as_of``; after 14 days it says nothing."""

    as_of: str
    places: int | None = None
    next_start: str | None = None
    waiting_days: int | None = None
    track: str = ""


class MeetingFitOut(Schema):
    """A session by the clock of who asks, in minutes after Monday's midnight; the minutes that it
    begins before, or ends after, the time that one can come."""

    start: int
    end: int
    fits: bool
    early: int
    late: int


class TrackFitOut(Schema):
    """One track: how it stands, its sessions, and what else does not fit."""

    id: str
    standing: Literal["fits", "does not", "does not say"]
    sessions: list[MeetingFitOut]
    misses: list[str]
    minutes_ahead: int


class HoursFitOut(Schema):
    """How a program's hours stand to those asked for; its tracks, the best first."""

    standing: Literal["fits", "does not", "does not say"]
    tracks: list[TrackFitOut]


class HoursCountOut(Schema):
    """Of all that fits in everything else: how many fit by their hours."""

    fit: int
    do_not: int
    unsaid: int


class SiteOut(Schema):
    """A site in short; null means not known. ``exact`` is false where only the ZIP is known."""

    id: str
    name: str
    name2: str | None
    street: str | None
    street2: str | None
    city: str
    state: str
    zip: str
    county: str | None
    county_fips: str | None
    timezone: str
    latitude: float
    longitude: float
    exact: bool
    phones: list[PhoneOut]
    website: str | None
    levels: list[str]
    current: bool
    listed_since: str
    last_listed: str
    facts: dict[str, FactOut]
    tracks: list[TrackOut]
    openings: list[OpeningOut]
    links: dict[str, str]


class ServiceOut(Schema):
    """A federal service code that the site is known to offer."""

    code: str
    name: str
    category: str


class HistoryOut(Schema):
    """What an edition changed."""

    edition: str
    what: str
    before: str
    after: str


class ClaimOut(Schema):
    """What one source says about one fact; ``chosen`` marks the claim that is shown."""

    field: str
    value: Any
    source: str
    as_of: str
    method: str
    chosen: bool
    until: str | None
    reason: str | None


class WholeSiteOut(SiteOut):
    """A site with everything known about it. A choice in neither list is not known.

    ``said`` is what the program says of itself, by field; the search does not count it. A value of
    ``says:plans`` is a plan, its payer after a bar ("Example PPO | Example Health"), or both.
    """

    surveys: list[Literal["SU", "MH"]]
    services: list[ServiceOut]
    offered: list[str]
    not_listed: list[str]
    said: dict[str, list[str]]
    history: list[HistoryOut]
    claims: list[ClaimOut]


class ReasonOut(Schema):
    """A requested choice, and whether the site offers it."""

    choice: str
    label: str
    standing: Literal["offered", "not listed", "unknown"]


class ResultOut(Schema):
    """A ranked site; ``approximate`` where the distance is to the middle of its ZIP."""

    number: int
    miles: float | None
    approximate: bool
    score: int
    reasons: list[ReasonOut]
    hours: HoursFitOut | None
    site: SiteOut


class ChangeOut(Schema):
    """A change to the need that would find ``total`` programs."""

    kind: Literal[
        "telehealth",
        "telehealth alone",
        "level",
        "wider",
        "beyond",
        "any of",
        "open facet",
        "open hours",
        "allow",
        "open state",
        "drop text",
        "open all",
    ]
    detail: str
    total: int
    need: dict[str, Any]
    link: str = ""


class SearchOut(Schema):
    """A page of ranked sites; ``nearest`` is the nearest that fits where none is within reach.

    ``counts`` maps each choice to what it would find: alone in an "any" facet, together with what
    is chosen there in an "all" facet.
    """

    version: str
    need: dict[str, Any]
    place: PlaceOut | None
    corrected: bool
    total: int
    page: int
    pages: int
    page_size: int
    links: dict[str, str]
    results: list[ResultOut]
    changes: list[ChangeOut]
    nearest: ResultOut | None
    hours: HoursCountOut | None
    counts: dict[str, int] = Field(default_factory=dict)


class ChoiceOut(Schema):
    """A choice of a facet: any of the service codes ``codes`` and none of ``absent``."""

    key: str
    column: str
    label: str
    label_es: str
    codes: list[str]
    absent: list[str]


class FacetOut(Schema):
    """A group of choices. ``join`` is what several choices mean by default; ``public`` is false
    where no public list has the answer, so that a choice is shown with each program and hides none.
    """

    key: str
    label: str
    label_es: str
    help: str
    help_es: str
    join: Literal["any", "all"]
    public: bool
    choices: list[ChoiceOut]


class CodeOut(Schema):
    """A federal service code, as SAMHSA names it, and the surveys that ask about it."""

    code: str
    name: str
    description: str
    category: str
    surveys: list[Literal["SU", "MH"]]


class FacetsOut(Schema):
    """All facets and codes. The Spanish awaits review by a native speaker."""

    es_reviewed: bool
    facets: list[FacetOut]
    codes: list[CodeOut]


class PlacesOut(Schema):
    """What a text means: one place, several (the likeliest first), or none with guesses.

    ``others`` may be meant instead of the one; ``why`` says why several or none match the text.
    """

    text: str
    answer: Literal["found", "ambiguous", "unknown"]
    corrected: bool
    why: str
    places: list[PlaceOut]
    others: list[PlaceOut]


class SuggestionOut(Schema):
    """A place whose name begins with the text."""

    label: str
    key: str


class SuggestionsOut(Schema):
    """Places as you type, the largest first."""

    places: list[SuggestionOut]


class SourceOut(Schema):
    """An edition of outside data."""

    id: str
    title: str
    publisher: str
    edition: str
    as_of: str
    license: str
    file: str
    sha256: str
    url: str
    note: str


class ManifestOut(Schema):
    """What the published snapshot says about itself."""

    version: str
    built_at: str
    edition: str
    format: int
    sources: list[SourceOut]
    counts: dict[str, int]
    level_counts: dict[str, int]
    state_counts: dict[str, int]
    quality: dict[str, Any]
    changes: list[dict[str, Any]]
    downloads: dict[str, str]
