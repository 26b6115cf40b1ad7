"""The settings of the private process; the public one never reads them.

`waypost serve` starts the public process without these variables in its environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from waypost.config import setting_values as values
from waypost.config.secret_key import secret_key


@dataclass(frozen=True, slots=True)
class PrivateEnvironment:
    """The settings of the private process.

    ``folder`` holds its database, its key and the mail that is not sent; ``database_url`` is empty
    for SQLite; ``base_url`` is where staff reach the desk; ``smtp_url`` is the server that sends
    mail (``smtp://user:password@host:587``), empty to write it into the folder; ``openid_*`` name
    an OpenID Connect provider that staff may sign in with.
    """

    folder: Path
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    base_url: str
    smtp_url: str = field(repr=False)
    mail_from: str
    openid_issuer: str
    openid_client: str
    openid_secret: str = field(repr=False)


def read_private_environment(
    data_dir: Path, env: Mapping[str, str] | None = None
) -> PrivateEnvironment:
    """Read every ``WAYPOST_PRIVATE_*`` setting; `BadSetting` on the first that cannot be used."""
    env = os.environ if env is None else env

    def given(name: str, default: str = "") -> tuple[str, str]:
        return name, env.get(name, "").strip() or default

    folder = values.path(*given("WAYPOST_PRIVATE_DIR")) or data_dir / "private"
    return PrivateEnvironment(
        folder=folder,
        secret_key=secret_key(*given("WAYPOST_PRIVATE_SECRET_KEY"), folder),
        database_url=values.database_url(*given("WAYPOST_PRIVATE_DATABASE_URL")),
        base_url=values.http_url(*given("WAYPOST_PRIVATE_BASE_URL", "http://localhost:8001")),
        smtp_url=given("WAYPOST_PRIVATE_SMTP_URL")[1],
        mail_from=given("WAYPOST_PRIVATE_MAIL_FROM", "waypost@localhost")[1],
        openid_issuer=given("WAYPOST_PRIVATE_OPENID_ISSUER")[1],
        openid_client=given("WAYPOST_PRIVATE_OPENID_CLIENT")[1],
        openid_secret=given("WAYPOST_PRIVATE_OPENID_SECRET")[1],
    )
