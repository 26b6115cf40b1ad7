"""Every setting of Waypost, read from the environment in one place.

A malformed or missing value fails at start with a sentence that says what to set.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs


class BadSetting(ValueError):
    """A setting that cannot be used; the message says what to set."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of this installation.

    ``data_dir`` holds the snapshot, added sources and the SQLite database; ``database_url`` is
    empty for SQLite or ``postgresql://user:password@host:port/name``; ``base_url`` is where the
    public reaches the site, for canonical addresses and the sitemap; ``tile_url`` is the pattern
    of a tile server of the operator's own, and ``tile_credit`` whom its pictures must name;
    ``noncommercial_instruments`` adds the check-ups whose licenses forbid commercial use;
    ``eligibility_file`` turns live questions to payers on, with the account's user and secret;
    ``trusted_proxies`` may tell a visitor's address, which limits how often is asked.
    """

    data_dir: Path
    secret_key: str
    debug: bool
    allowed_hosts: tuple[str, ...]
    database_url: str
    base_url: str
    tile_url: str
    tile_credit: str
    noncommercial_instruments: bool
    eligibility_file: Path | None
    eligibility_user: str = field(repr=False)
    eligibility_secret: str = field(repr=False)
    trusted_proxies: frozenset[str]


def read_environment(env: Mapping[str, str] | None = None) -> Environment:
    """Read all ``WAYPOST_*`` settings; raise `BadSetting` on the first that cannot be used."""
    env = os.environ if env is None else env
    data_dir = _data_dir(env.get("WAYPOST_DATA_DIR", ""))
    debug = _flag(env, "WAYPOST_DEBUG")
    return Environment(
        data_dir=data_dir,
        secret_key=_secret(env.get("WAYPOST_SECRET_KEY", ""), data_dir),
        debug=debug,
        allowed_hosts=_hosts(env.get("WAYPOST_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")),
        database_url=_database_url(env.get("WAYPOST_DATABASE_URL", "")),
        base_url=_http_url(env, "WAYPOST_BASE_URL", "http://127.0.0.1:8000"),
        tile_url=_tiles(env),
        tile_credit=env.get("WAYPOST_TILE_CREDIT", ""),
        noncommercial_instruments=_flag(env, "WAYPOST_NONCOMMERCIAL_INSTRUMENTS"),
        eligibility_file=_file(env, "WAYPOST_ELIGIBILITY_FILE"),
        eligibility_user=env.get("WAYPOST_ELIGIBILITY_USER", ""),
        eligibility_secret=env.get("WAYPOST_ELIGIBILITY_SECRET", ""),
        trusted_proxies=_addresses(env.get("WAYPOST_TRUSTED_PROXIES", "127.0.0.1,::1")),
    )


def _data_dir(text: str) -> Path:
    if text:
        path = Path(text).expanduser()
        if not path.is_absolute():
            raise BadSetting(
                f"WAYPOST_DATA_DIR is {text!r}; set it to a whole path that begins with a slash, "
                "such as /var/lib/waypost."
            )
        return path
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists() and (checkout / "src" / "waypost").exists():
        return checkout / "var"
    return Path(platformdirs.user_data_dir("waypost", appauthor=False))


def _file(env: Mapping[str, str], name: str) -> Path | None:
    text = env.get(name, "")
    path = Path(text).expanduser()
    if text and not path.is_absolute():
        raise BadSetting(f"{name} is {text!r}; set it to a whole path that begins with a slash.")
    return path if text else None


def _addresses(text: str) -> frozenset[str]:
    try:
        return frozenset(str(ip_address(part.strip())) for part in text.split(",") if part.strip())
    except ValueError:
        raise BadSetting(
            f"WAYPOST_TRUSTED_PROXIES is {text!r}; set IP addresses with commas between them."
        ) from None


def _flag(env: Mapping[str, str], name: str) -> bool:
    text = env.get(name, "").strip().lower()
    if text in {"", "0", "false", "no", "off"}:
        return False
    if text in {"1", "true", "yes", "on"}:
        return True
    raise BadSetting(f"{name} is {text!r}; set it to 1 or 0.")


def _secret(text: str, data_dir: Path) -> str:
    if text:
        if len(text) < 32:
            raise BadSetting("WAYPOST_SECRET_KEY is too short; set at least 32 characters.")
        return text
    return _kept_secret(data_dir)


def _kept_secret(data_dir: Path) -> str:
    """A key made on first start and kept in the data folder, readable by its owner only."""
    path = data_dir / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    key = secrets.token_urlsafe(48)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with open(path, "x", encoding="ascii", opener=_private) as file:
            file.write(key)
    except FileExistsError:  # another worker was first
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise BadSetting(
            f"WAYPOST_DATA_DIR is {data_dir}, which cannot be written ({error.strerror}); set it "
            "to a folder this user may write."
        ) from error
    return key


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not hosts or any("/" in host or " " in host for host in hosts):
        raise BadSetting(
            f"WAYPOST_ALLOWED_HOSTS is {text!r}; set host names with commas between them, such as "
            "waypost.example.org,localhost (no scheme, no path)."
        )
    return hosts


def _database_url(text: str) -> str:
    if text and urlsplit(text).scheme not in {"postgresql", "postgres"}:
        raise BadSetting(
            "WAYPOST_DATABASE_URL must be like postgresql://user:password@host:5432/name, or not "
            "set at all for SQLite."
        )
    return text


def _tiles(env: Mapping[str, str]) -> str:
    text = _http_url(env, "WAYPOST_TILE_URL", "")
    whole = all(part in urlsplit(text).path for part in ("{z}", "{x}", "{y}"))
    if text and not (whole and not set(text) & set(" ;,'\"<>")):
        raise BadSetting(
            f"WAYPOST_TILE_URL is {text!r}; set it to an address with {{z}}, {{x}} and {{y}} in "
            "it, such as https://tiles.example.org/{z}/{x}/{y}.png."
        )
    return text


def _http_url(env: Mapping[str, str], name: str, default: str) -> str:
    text = env.get(name, default).rstrip("/")
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise BadSetting(
            f"{name} is {text!r}; set it to an address like https://waypost.example.org."
        )
    return text
