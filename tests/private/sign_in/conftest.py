"""Clocks of signing in that stand still, so that a slow machine gives the same answers."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache


@pytest.fixture
def still_clocks(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has tried anything yet; no limit and no code runs out; passwords are cheap to check."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    still = SimpleNamespace(time=lambda: 1.8e9, monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr(ratelimit, "time", still)
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([60_000_000]))
