"""Reads the values of settings, or refuses them with a sentence."""

from __future__ import annotations

import re
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")


class BadSetting(ValueError):
    """A setting that cannot be used; the message says what to set."""


def flag(name: str, text: str) -> bool:
    """True for 1 or a word like it, False for 0 or nothing."""
    if text.lower() in {"", "0", "false", "no", "off"}:
        return False
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    raise BadSetting(f"{name} is {text!r}; set it to 1 or 0.")


def choice(name: str, text: str, offered: tuple[str, ...]) -> str:
    """One of a few words."""
    if text not in offered:
        words = ", ".join(word or "nothing" for word in offered)
        raise BadSetting(f"{name} must be one of: {words}; it is {text!r}.")
    return text


def count(name: str, text: str, *, least: int, most: int) -> int:
    """A whole number within its bounds."""
    if text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most:
        return int(text)
    raise BadSetting(f"{name} must be a whole number from {least} to {most}, not {text!r}.")


def path(name: str, text: str) -> Path | None:
    """An absolute path; None where nothing is set."""
    if not text:
        return None
    try:
        absolute = Path(text).expanduser()
    except RuntimeError:  # ~somebody, who is not a user of this machine
        absolute = Path()
    if not absolute.is_absolute():
        raise BadSetting(
            f"{name} is {text!r}; set it to a full path that begins with a slash, such as "
            "/var/lib/waypost."
        )
    return absolute


def usual_data_dir() -> Path:
    """``var`` in a checkout, else the user's own data folder."""
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists() and (checkout / "src" / "waypost").exists():
        return checkout / "var"
    import platformdirs  # imported here: a worker is given its folder and asks for none

    return Path(platformdirs.user_data_dir("waypost", appauthor=False))


def hosts(name: str, text: str) -> tuple[str, ...]:
    """Host names, separated by commas."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if not names or not all(map(_HOST.fullmatch, names)):
        raise BadSetting(
            f"{name} is {text!r}; set host names separated by commas, such as "
            "waypost.example.org,localhost (no scheme, no port, no path)."
        )
    return names


def addresses(name: str, text: str) -> frozenset[str]:
    """IP addresses, separated by commas."""
    try:
        return frozenset(str(ip_address(part.strip())) for part in text.split(",") if part.strip())
    except ValueError:
        raise BadSetting(f"{name} is {text!r}; set IP addresses separated by commas.") from None


def public_key(name: str, text: str) -> bytes:
    """A public key that signs snapshots; b"" where nothing is set."""
    if not text:
        return b""
    from waypost.files.keys import BadKey, public_bytes

    try:
        return public_bytes(text)
    except BadKey as error:
        raise BadSetting(f"{name}: {error}") from None


def database_url(name: str, text: str) -> str:
    """The URL of a PostgreSQL database; '' means SQLite."""
    if not text:
        return ""
    parts = _split(text)
    kind_fits = parts is not None and parts.scheme in {"postgresql", "postgres"}
    if parts is None or not kind_fits or not parts.hostname or not parts.path.strip("/"):
        raise BadSetting(
            f"{name} must be like postgresql://user:password@host:5432/name, or unset for SQLite."
        )
    if find_spec("psycopg") is None:
        raise BadSetting(
            f"{name} names PostgreSQL, whose driver is not installed; run "
            "pip install 'psycopg[binary]', or unset it."
        )
    return text


def http_url(name: str, text: str) -> str:
    """A web address without its final slash; '' if there is none."""
    parts = _split(text)
    if text and (parts is None or parts.scheme not in {"http", "https"} or not parts.hostname):
        raise BadSetting(
            f"{name} is {text!r}; set it to an address like https://waypost.example.org."
        )
    return text.rstrip("/")


def safe_url(name: str, text: str) -> str:
    """A web address over TLS, or on this machine; '' if there is none."""
    address = http_url(name, text)
    parts = _split(address)
    here = parts is not None and parts.hostname in ("localhost", "127.0.0.1", "::1")
    if address and not address.startswith("https://") and not here:
        raise BadSetting(f"{name} is {text!r}; set it to an address that begins with https://.")
    return address


def tile_url(name: str, text: str) -> str:
    """The pattern of a tile server's addresses; '' if there is none."""
    parts = _split(text)
    whole = parts is not None and all(part in parts.path for part in ("{z}", "{x}", "{y}"))
    if text and not (whole and not set(text) & set(" ;,'\"<>")):
        raise BadSetting(
            f"{name} is {text!r}; set it to an address with {{z}}, {{x}} and {{y}} in it, such as "
            "https://tiles.example.org/{z}/{x}/{y}.png."
        )
    return http_url(name, text)


def _split(text: str) -> SplitResult | None:
    """An address split into its parts; None where it has no readable host or port."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts
