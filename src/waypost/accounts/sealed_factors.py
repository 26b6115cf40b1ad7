"""How the secrets of second factors are sealed at rest: authenticator apps and recovery codes."""

from __future__ import annotations

from collections.abc import Mapping

from waypost.files.keyring import Keyring

PLACE = "authenticator.data"
SECRETS = ("secret", "seed")
"""Where allauth keeps them in a row's JSON: of an authenticator app, of recovery codes."""


def seal_factor(keyring: Keyring, text: str) -> str:
    """A secret as the database keeps it: opened with the keys, which lie outside of it."""
    return keyring.seal(text, PLACE)


def open_factor(keyring: Keyring, sealed: str) -> str:
    """What was sealed.

    Raises:
        CannotOpen: none of the keys opens it: a database without its keys signs nobody in.
    """
    return keyring.open(sealed, PLACE)


def with_newest_seal(keyring: Keyring, data: Mapping[str, object]) -> dict[str, object]:
    """A row's JSON with the secrets that an older key sealed sealed by the newest."""
    older = {
        name: text
        for name in SECRETS
        if isinstance(text := data.get(name), str) and not keyring.is_newest(text)
    }
    opened = {name: open_factor(keyring, text) for name, text in older.items()}
    return {**data, **{name: seal_factor(keyring, text) for name, text in opened.items()}}
