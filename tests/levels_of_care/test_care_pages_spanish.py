"""The guide, the levels and their neighbors speak Spanish: no sentence of theirs is left in English."""

from __future__ import annotations

import re

from waypost.cli.catalogue import held

OURS = re.compile(r"web/(templates/)?(guide|levels|checkup|week|near_or_away)")


def test_every_sentence_of_these_pages_has_spanish() -> None:
    ours = [m for m in held() if m.id and any(OURS.search(file) for file, _line in m.locations)]
    assert len(ours) > 300
    for message in ours:
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        assert all(texts), message.id
