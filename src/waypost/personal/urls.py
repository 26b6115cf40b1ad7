"""Addresses of the private process that need no staff session."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from waypost.personal.calendars import urls as calendars
from waypost.personal.my_week import urls as my_week
from waypost.personal.texts import chat, phone, sign_up
from waypost.personal.texts.carriers import carrier_said

_SPOKEN = (
    ("texts", sign_up.texts, "texts"),
    ("texts/stop", sign_up.stop, "texts-stop"),
    ("texts/phone", phone.phone, "texts-phone"),
    ("texts/chat", chat.chat, "texts-chat"),
    ("texts/chat/start", chat.start, "texts-chat-start"),
    ("texts/chat/say", chat.say, "texts-chat-say"),
    ("texts/chat/end", chat.end, "texts-chat-end"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    *my_week.urlpatterns,
    *calendars.urlpatterns,
    path("texts/carrier/<slug:account>/<slug:what>", carrier_said, name="carrier-said"),
    *(path(address, view, {"language": "en"}, name=name) for address, view, name in _SPOKEN),
    *(path(f"es/{address}", view, {"language": "es"}) for address, view, _ in _SPOKEN),
]
