"""Plan ids as people, cards and papers write them, in the one form that the files use."""

from __future__ import annotations

import re

_GAP = r"[\s_–—-]*"
"""Cards and papers write dashes of every kind, or none."""

_CONTRACT = re.compile(
    rf"(?<![A-Z0-9])([HRSE]\d{{4}}){_GAP}(\d{{3}})(?:{_GAP}(\d{{1,3}}))?(?![A-Z0-9])", re.ASCII
)
_MARKETPLACE = re.compile(
    rf"(?<![A-Z0-9])(\d{{5}}){_GAP}([A-Z]{{2}}){_GAP}(\d{{7}})(?:{_GAP}(\d{{2}}))?(?![A-Z0-9])",
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
        plan = f"{contract[1]}_{contract[2]}"
        return f"{plan}_{int(contract[3])}" if contract[3] else plan
    if marketplace := _MARKETPLACE.search(capitals):
        plan = "".join(marketplace.group(1, 2, 3))
        return f"{plan}-{marketplace[4]}" if marketplace[4] else plan
    return ""


def canonical_id(text: str) -> str:
    """The id inside a text; any other text comes back as it is."""
    return id_in(text) or text


def card_id(plan_id: str) -> str:
    """An id as a card writes it: H0104-012-0 where the files have H0104_012_0."""
    return plan_id.replace("_", "-")


def is_version_of(plan_id: str, beginning: str) -> bool:
    """Whether an id is ``beginning`` with its segment or its variant, or the very same."""
    return plan_id == beginning or plan_id.startswith((f"{beginning}_", f"{beginning}-"))
