"""Plan ids as people and papers write them, in the one form that the files use."""

from __future__ import annotations

import re

_CONTRACT = re.compile(r"([HRSE]\d{4})(\d{3})(\d{1,3})", re.ASCII)
_VARIANT = re.compile(r"(\d{5}[A-Z]{2}\d{7})(\d{2})", re.ASCII)


def canonical_id(text: str) -> str:
    """``h0104-012-000`` as ``H0104_012_0``, ``40220tx008002401`` as ``40220TX0080024-01``.

    Medicare Advantage: contract, plan and segment, as CMS's files of plans number them.
    Marketplace: the 14 characters and the variant. Any other text comes back as it is.
    """
    plain = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    if found := _CONTRACT.fullmatch(plain):
        return f"{found[1]}_{found[2]}_{int(found[3])}"
    if found := _VARIANT.fullmatch(plain):
        return f"{found[1]}-{found[2]}"
    return text
