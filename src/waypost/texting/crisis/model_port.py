"""A port for an operator's own model of danger in words: it can raise a tier, never lower it.

No model is shipped: none may be trained here on people's posts. An operator who has one with
consent and a license names an object with `tier` in the file of texting (``danger_model``); it is
asked within a time, and whatever goes wrong counts as tier 1.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from waypost.texting.crisis.tiers import CrisisSigns, Tier

log = logging.getLogger(__name__)

WITHIN_SECONDS = 0.5
"""How long a model may take; a slower one counts as failed."""

_POOL = ThreadPoolExecutor(4, thread_name_prefix="danger-model")


class DangerModel(Protocol):
    """An operator's model: a name with its version, and a tier for a text."""

    name: str

    def tier(self, text: str, language: str) -> Tier:
        """How urgent the model takes the text to be."""


@cache
def named_model(place: str) -> DangerModel | None:
    """The model at ``package.module:name``, loaded once a process; None for ''.

    Raises:
        AttributeError, ImportError, ValueError: there is none, or it has no `tier` and `name`.
    """
    if not place:
        return None
    module, _, name = place.partition(":")
    model = getattr(import_module(module), name)
    if not callable(getattr(model, "tier", None)) or not isinstance(model.name, str):
        raise AttributeError("it has no name, or no tier that can be asked")
    return cast(DangerModel, model)


def raised(
    signs: CrisisSigns, model: DangerModel | None, text: str, language: str = "en"
) -> CrisisSigns:
    """``signs``, or a graver reading of the same text by ``model``; a failure is tier 1."""
    if model is None:
        return signs
    try:
        tier = Tier(_POOL.submit(model.tier, text, language).result(timeout=WITHIN_SECONDS))
        reason = f"model:{model.name}"
    except Exception:  # too slow, broken, or no tier at all
        log.exception("The danger model failed; the text counts as tier 1.")
        tier, reason = Tier.HIGH, "model-failed"
    if tier >= signs.tier:
        return signs
    return CrisisSigns(tier, (reason, *signs.reasons), signs.exits or ("thoughts",))
