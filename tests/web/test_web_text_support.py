"""The public page on text support: what it promises, and where it leads."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/text-support", "/es/text-support"])
def test_without_an_address_it_says_that_the_service_is_off(path):
    page = Client().get(path).content.decode()
    assert "/texts/chat" not in page and "tel:988" in page and "tel:911" in page


def test_with_an_address_it_leads_there_in_the_readers_language(settings):
    settings.WAYPOST_TEXTS_URL = "https://texts.example.org"
    assert "https://texts.example.org/texts" in Client().get("/text-support?a=1").content.decode()
    page = Client().get("/es/text-support?a=1").content.decode()
    assert "https://texts.example.org/es/texts" in page


def test_no_number_can_be_given_to_the_public_process():
    page = Client().get("/text-support").content.decode()
    assert "<form" not in page and "<input" not in page
