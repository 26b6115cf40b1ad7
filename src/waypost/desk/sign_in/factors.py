"""How allauth keeps the secrets of second factors: sealed, with keys outside of the database."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from waypost.accounts.sealed_factors import open_factor, seal_factor


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of authenticator apps and recovery codes, sealed as a person's words are."""

    def encrypt(self, text: str) -> str:
        """What the database keeps of a secret."""
        return seal_factor(settings.WAYPOST_KEYRING, text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; `CannotOpen` where the database came without its keys."""
        return open_factor(settings.WAYPOST_KEYRING, encrypted_text)
