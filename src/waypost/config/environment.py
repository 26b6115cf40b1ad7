"""Every setting of Waypost, read from the environment in one place.

A malformed or missing value fails at start with a sentence that says what to set.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from waypost.config import setting_values as values
from waypost.config.secret_key import secret_key
from waypost.config.setting_values import BadSetting

__all__ = ["BadSetting", "Environment", "read_environment"]


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of this installation.

    ``data_dir`` holds the snapshot, added sources and the SQLite database; ``database_url`` is
    empty for SQLite or ``postgresql://user:password@host:port/name``; ``base_url`` is where the
    public reaches the site, for canonical addresses and the sitemap; ``texts_url`` is
    where people sign up for texts, empty where nobody can; ``tile_url`` is the pattern of a tile
    server of the operator's own, and ``tile_credit`` whom its pictures must name;
    ``noncommercial_instruments`` adds the check-ups whose licenses forbid commercial use;
    ``live_url`` is where the private process takes live questions to payers, empty for nowhere;
    ``trusted_proxies`` may tell a visitor's address, which limits how often is asked;
    ``signing_key`` is the file of the key that signs what is published here, ``signed_by`` the
    public key that must have signed a snapshot before it is read.
    """

    data_dir: Path
    secret_key: str
    debug: bool
    allowed_hosts: tuple[str, ...]
    database_url: str
    base_url: str
    texts_url: str
    tile_url: str
    tile_credit: str
    noncommercial_instruments: bool
    live_url: str
    trusted_proxies: frozenset[str]
    signing_key: Path | None
    signed_by: bytes


def read_environment(env: Mapping[str, str] | None = None) -> Environment:
    """Read all ``WAYPOST_*`` settings; raise `BadSetting` on the first that cannot be used."""
    env = os.environ if env is None else env

    def given(name: str, default: str = "") -> tuple[str, str]:
        return name, env.get(name, "").strip() or default

    data_dir = values.path(*given("WAYPOST_DATA_DIR")) or values.usual_data_dir()
    return Environment(
        data_dir=data_dir,
        secret_key=secret_key(*given("WAYPOST_SECRET_KEY"), data_dir),
        debug=values.flag(*given("WAYPOST_DEBUG")),
        allowed_hosts=values.hosts(*given("WAYPOST_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")),
        database_url=values.database_url(*given("WAYPOST_DATABASE_URL")),
        base_url=values.http_url(*given("WAYPOST_BASE_URL", "http://127.0.0.1:8000")),
        texts_url=values.http_url(*given("WAYPOST_TEXTS_URL"))
        if env.get("WAYPOST_TEXTS_URL")
        else "",
        tile_url=values.tile_url(*given("WAYPOST_TILE_URL")),
        tile_credit=given("WAYPOST_TILE_CREDIT")[1],
        noncommercial_instruments=values.flag(*given("WAYPOST_NONCOMMERCIAL_INSTRUMENTS")),
        live_url=values.http_url(*given("WAYPOST_LIVE_URL")),
        trusted_proxies=values.addresses(*given("WAYPOST_TRUSTED_PROXIES", "127.0.0.1,::1")),
        signing_key=values.path(*given("WAYPOST_SIGNING_KEY")),
        signed_by=values.public_key(*given("WAYPOST_SNAPSHOT_SIGNED_BY")),
    )
