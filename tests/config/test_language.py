"""What one test leaves behind does not change the next: the language of its last page."""

import pytest
from django.utils import translation


@pytest.mark.parametrize("_turn", [1, 2])
@pytest.mark.xdist_group("language")
def test_every_test_starts_in_english(_turn: int) -> None:
    assert translation.get_language() == "en"
    translation.activate("es")
