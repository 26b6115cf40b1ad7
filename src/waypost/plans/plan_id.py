"""Reads plan ids as people, cards and papers write them into the form that files use."""

from __future__ import annotations

import re

_DIVIDERS = r"[\s_.:/–—-]"
_GAP = f"{_DIVIDERS}*"
"""Cards and papers write dashes of every kind, points and slashes, or nothing."""

_CONTRACT = re.compile(
    rf"(?<![A-Z0-9])(?P<contract>[HRSE]\d{{4}})"
    rf"(?:{_GAP}(?:(?:PBP|PLAN){_GAP})?(?P<plan>\d{{3}})|{_DIVIDERS}+(?P<short>\d{{1,2}}))"
    rf"(?:{_GAP}(?P<segment>\d{{1,3}}))?(?![A-Z0-9])",
    re.ASCII,
)
"""A plan's zero in front is left out only where a divider shows that the number begins."""

_MARKETPLACE = re.compile(
    rf"(?<![A-Z0-9])(\d{{5}}){_GAP}([A-Z]{{2}}){_GAP}(\d{{3}}){_GAP}(\d{{4}})"
    rf"(?:{_GAP}(\d{{2}}))?(?![A-Z0-9])",
    re.ASCII,
)


def id_in(text: str) -> str:
    """The id inside a text as a card writes it: “Humana Gold Plus H1036-065” has ``H1036_065``.

    Medicare Advantage: contract and plan, and the segment where it is written, as CMS's files of
    plans number them (``H0104_012_0``). Marketplace: the 14 characters, and the variant after a
    dash where it is written (``40220TX0080024-01``). '' where the text has neither.
    """
    capitals = text.upper()
    if contract := _CONTRACT.search(capitals):
        number = contract["plan"] or contract["short"].zfill(3)
        plan = f"{contract['contract']}_{number}"
        return f"{plan}_{int(contract['segment'])}" if contract["segment"] else plan
    if marketplace := _MARKETPLACE.search(capitals):
        plan = "".join(marketplace.group(1, 2, 3, 4))
        return f"{plan}-{marketplace[5]}" if marketplace[5] else plan
    return ""


def canonical_id(text: str) -> str:
    """The id inside a text; any other text unchanged."""
    return id_in(text) or text


def card_id(plan_id: str) -> str:
    """An id as a card writes it: H0104-012-0 where the files have H0104_012_0."""
    return plan_id.replace("_", "-")


def is_version_of(plan_id: str, beginning: str) -> bool:
    """Whether an id is ``beginning`` with its segment or its variant, or the very same."""
    return plan_id == beginning or plan_id.startswith((f"{beginning}_", f"{beginning}-"))


def without_version(plan_id: str) -> str:
    """An id without its segment or variant: ``H1036_065`` of ``H1036_065_0``."""
    contract, _, rest = plan_id.partition("_")
    return f"{contract}_{rest.split('_')[0]}" if rest else plan_id.partition("-")[0]
