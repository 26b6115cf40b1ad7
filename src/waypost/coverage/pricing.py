"""The price of one day of care: given, published for the plan or its insurer, or unknown.

A price counts only for plans of the entity that published it. Insurers must publish theirs for
marketplace and employer plans (45 CFR 147.212, 29 CFR 2590.715-2715A3); Medicare, Medicaid and the
federal programs are not in those files, so no file is ever used for them.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from waypost.coverage.asked import Asked
from waypost.coverage.listing import ProgramListing
from waypost.coverage.medicare import PriceGuide, medicare_guide
from waypost.coverage.sentences import day_codes, say
from waypost.plans.imported import PriceFile, PublishedPrice
from waypost.plans.insurance import Insurance
from waypost.plans.issuer_names import is_named
from waypost.plans.plan import Plan
from waypost.values.money import dollars_text
from waypost.values.saying import Sentence, SourceNote, Sure

PUBLISHING = frozenset({Insurance.MARKETPLACE, Insurance.EMPLOYER})
"""Kinds of insurance whose insurers must publish what they have agreed with each program."""

_INSURER, _PRODUCT = 5, 10
"""How many characters of a HIOS id name the insurer, and how many its product."""

FEWEST_PROGRAMS = 3
"""A median of fewer programs' prices says nothing about another program."""


def price_guide(asked: Asked, plan: Plan | None) -> PriceGuide | None:
    """The closest known price; None if there is none, and then there is no interval."""
    stated = asked.question.believed_price
    if stated is not None:
        return PriceGuide(stated, stated, say("cost-price-told", price=dollars_text(stated)))
    if asked.insurance is Insurance.MEDICARE:
        return medicare_guide(asked)
    if plan is None or plan.insurance not in PUBLISHING:
        return None
    own, insurer = _files_of(plan, asked.knowledge.price_files())
    for key, files, sure in (
        ("cost-price-plan", own, Sure.MEDIUM),
        ("cost-price-insurer", insurer, Sure.LOW),
    ):
        prices = _here(asked, files)
        if prices:
            return _between(key, prices, sure)
    return _middle(asked, plan, (*own, *insurer))


def _files_of(
    plan: Plan, files: Sequence[PriceFile]
) -> tuple[tuple[PriceFile, ...], tuple[PriceFile, ...]]:
    """The files that name the plan, and those of its insurer for other plans or for none."""
    own = tuple(file for file in files if any(_is_of(plan, named) for named in file.plans))
    insurers = (file for file in files if file not in own and _is_insurers(plan, file))
    return own, tuple(insurers)


def _is_of(plan: Plan, named: str) -> bool:
    """An id of 10 characters is a product, of 14 a plan, of 16 a variant: each begins the next."""
    return len(named) >= _PRODUCT and plan.id.startswith(named)


def _is_insurers(plan: Plan, file: PriceFile) -> bool:
    """By name, or by the five digits with which each of an insurer's ids begins."""
    number = plan.id[:_INSURER]
    return is_named(plan.issuer, file.issuers) or any(k.startswith(number) for k in file.plans)


def _here(asked: Asked, files: Sequence[PriceFile]) -> tuple[PublishedPrice, ...]:
    site = asked.site
    if site is None or not site.numbers or not files:
        return ()
    codes = day_codes(asked.care)
    return asked.knowledge.prices(codes, asked.today, programs=site.numbers, files=files)


def _between(key: str, prices: Sequence[PublishedPrice], sure: Sure) -> PriceGuide:
    low, high = prices[0].cents, prices[-1].cents
    sentence = say(
        key,
        *_sources(prices),
        sure=sure,
        price=_span(low, high),
        entity=prices[0].entity,
        code=_codes(prices),
    )
    return PriceGuide(low, high, sentence)


def _middle(asked: Asked, plan: Plan, files: Sequence[PriceFile]) -> PriceGuide | None:
    """The middle half of the insurer's prices at other programs, where there are enough of them."""
    codes = day_codes(asked.care)
    prices = asked.knowledge.prices(codes, asked.today, files=files) if files else ()
    medians = _by_program(prices)
    if len(medians) < FEWEST_PROGRAMS:
        return None
    low, middle, high = statistics.quantiles(medians, n=4, method="inclusive")
    sentence = say(
        "cost-price-middle",
        *_sources(prices),
        sure=Sure.LOW,
        insurer=plan.issuer,
        count=str(len(medians)),
        middle=dollars_text(round(middle)),
        price=_span(round(low), round(high)),
    )
    return PriceGuide(round(low), round(high), sentence)


def _by_program(prices: Iterable[PublishedPrice]) -> list[int]:
    """One price per program, so that one with many rows counts no more than another."""
    of_program: dict[str, list[int]] = {}
    for price in prices:
        of_program.setdefault(price.program, []).append(price.cents)
    return [round(statistics.median(cents)) for cents in of_program.values()]


def published_lines(asked: Asked, site: ProgramListing) -> list[Sentence]:
    """Prices published for this program by the plan's insurer or, without a plan, by every insurer.

    Without a plan, a price is only shown beside its insurer's name; nothing is calculated from it.
    """
    plan = asked.plan
    if asked.insurance not in PUBLISHING or not site.numbers:
        return []
    files = asked.knowledge.price_files()
    if plan is not None:
        own, insurer = _files_of(plan, files)
        files = own or insurer
    by_entity: dict[str, list[PublishedPrice]] = {}
    for price in _here(asked, files):
        by_entity.setdefault(price.entity, []).append(price)
    key = "network-price" if plan is not None else "network-price-if"
    return [
        say(
            key,
            *_sources(prices),
            sure=Sure.MEDIUM if plan is not None else Sure.LOW,
            entity=entity,
            amount=_span(prices[0].cents, prices[-1].cents),
            code=_codes(prices),
        )
        for entity, prices in by_entity.items()
    ]


def _sources(prices: Iterable[PublishedPrice]) -> tuple[SourceNote, ...]:
    return tuple(dict.fromkeys(price.file.source for price in prices))


def _codes(prices: Iterable[PublishedPrice]) -> str:
    return ", ".join(dict.fromkeys(f"{p.code} {p.modifiers}".strip() for p in prices))


def _span(low: int, high: int) -> str:
    return " – ".join(dict.fromkeys((dollars_text(low), dollars_text(high))))
