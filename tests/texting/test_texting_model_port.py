"""An operator's model raises and never lowers; a slow or broken one counts as tier 1."""

import threading

import pytest

from running import PATIENCE
from waypost.texting.crisis import model_port
from waypost.texting.crisis.model_port import raised
from waypost.texting.crisis.tiers import CrisisSigns, Tier

CALM = CrisisSigns(Tier.NONE)
GRAVE = CrisisSigns(Tier.IMMINENT, ("kill-self",), ("suicide",))


class Model:
    """A model that answers what it is given, once it is let."""

    name = "ours 1"

    def __init__(self, answer, let: threading.Event | None = None):
        self.answer, self.let = answer, let

    def tier(self, text, language):
        if self.let is not None:
            self.let.wait(PATIENCE)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_it_raises():
    signs = raised(CALM, Model(Tier.HIGH), "a text")
    assert signs == CrisisSigns(Tier.HIGH, ("model:ours 1",), ("thoughts",))


@pytest.mark.parametrize("answer", [Tier.HIGH, Tier.NONE, Tier.IMMINENT])
def test_it_never_lowers(answer):
    assert raised(GRAVE, Model(answer), "a text") == GRAVE


def test_without_a_model_nothing_changes():
    assert raised(CALM, None, "a text") is CALM


@pytest.mark.parametrize("answer", [RuntimeError("broken"), 7, "high"])
def test_a_broken_model_counts_as_high(answer):
    assert raised(CALM, Model(answer), "a text").tier is Tier.HIGH
    assert raised(GRAVE, Model(answer), "a text") == GRAVE


def test_a_slow_model_counts_as_high(monkeypatch):
    monkeypatch.setattr(model_port, "WITHIN_SECONDS", 0.01)
    let = threading.Event()
    try:
        assert raised(CALM, Model(Tier.NONE, let), "a text").tier is Tier.HIGH
    finally:
        let.set()
