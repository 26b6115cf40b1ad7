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
from waypost.files.keyring import BadKeyring, Keyring, kept_keyring
from waypost.texting.operator import BadTexting, Texting, read_texting


@dataclass(frozen=True, slots=True)
class PrivateEnvironment:
    """The settings of the private process.

    ``folder`` holds its database, its keys and the mail that is not sent; ``keyring`` seals what is
    a person's, and is kept in ``keys_file``; ``database_url`` is empty
    for SQLite; ``base_url`` is where staff reach the desk; ``smtp_url`` is the server that sends
    mail (``smtp://user:password@host:587``), empty to write it into the folder; ``openid_*`` name
    an OpenID Connect provider that staff may sign in with, ``openid_acr`` the classes of its
    sign-ins (``acr``) that mean a second factor, beside what it says in ``amr``;
    ``eligibility_file`` turns live questions to payers on, with the account's user and secret;
    ``texting`` is how texts are sent, a simulator where no file says otherwise; ``calls`` is who
    calls a listed number with a code, "" where a verifier does; ``ask_again`` is after how many
    minutes a dangerous act asks again who is there.
    """

    folder: Path
    secret_key: str = field(repr=False)
    keyring: Keyring = field(repr=False)
    keys_file: Path
    database_url: str = field(repr=False)
    base_url: str
    smtp_url: str = field(repr=False)
    mail_from: str
    openid_issuer: str
    openid_client: str
    openid_secret: str = field(repr=False)
    openid_acr: frozenset[str]
    eligibility_file: Path | None
    eligibility_user: str = field(repr=False)
    eligibility_secret: str = field(repr=False)
    texting: Texting = field(repr=False)
    calls: str = ""
    ask_again: int = 5


def read_private_environment(
    data_dir: Path, env: Mapping[str, str] | None = None
) -> PrivateEnvironment:
    """Read every ``WAYPOST_PRIVATE_*`` setting; `BadSetting` on the first that cannot be used."""
    env = os.environ if env is None else env

    def given(name: str, default: str = "") -> tuple[str, str]:
        return name, env.get(name, "").strip() or default

    folder = values.path(*given("WAYPOST_PRIVATE_DIR")) or data_dir / "private"
    keys_file = values.path(*given("WAYPOST_PRIVATE_KEYS")) or folder / "record-keys"
    return PrivateEnvironment(
        folder=folder,
        secret_key=secret_key(*given("WAYPOST_PRIVATE_SECRET_KEY"), folder),
        keyring=_keyring(keys_file),
        keys_file=keys_file,
        database_url=values.database_url(*given("WAYPOST_PRIVATE_DATABASE_URL")),
        base_url=values.http_url(*given("WAYPOST_PRIVATE_BASE_URL", "http://localhost:8001")),
        smtp_url=given("WAYPOST_PRIVATE_SMTP_URL")[1],
        mail_from=given("WAYPOST_PRIVATE_MAIL_FROM", "waypost@localhost")[1],
        openid_issuer=values.safe_url(*given("WAYPOST_PRIVATE_OPENID_ISSUER")),
        openid_client=given("WAYPOST_PRIVATE_OPENID_CLIENT")[1],
        openid_secret=given("WAYPOST_PRIVATE_OPENID_SECRET")[1],
        calls=values.choice(*given("WAYPOST_PRIVATE_CALLS"), ("", "simulator")),
        ask_again=values.count(*given("WAYPOST_PRIVATE_ASK_AGAIN", "5"), least=1, most=60),
        openid_acr=frozenset(given("WAYPOST_PRIVATE_OPENID_ACR")[1].split()),
        eligibility_file=values.path(*given("WAYPOST_ELIGIBILITY_FILE")),
        eligibility_user=env.get("WAYPOST_ELIGIBILITY_USER", ""),
        eligibility_secret=env.get("WAYPOST_ELIGIBILITY_SECRET", ""),
        texting=_texting(values.path(*given("WAYPOST_PRIVATE_TEXTING_FILE"))),
    )


def _keyring(path: Path) -> Keyring:
    """The keys of people's records, made on the first start."""
    try:
        return kept_keyring(path)
    except OSError as error:
        raise values.BadSetting(
            f"The keys of people's records cannot be kept in {path} ({error.strerror}); set "
            "WAYPOST_PRIVATE_KEYS to a file in a folder this user may read and write."
        ) from error
    except BadKeyring as error:
        raise values.BadSetting(str(error)) from error


def _texting(file: Path | None) -> Texting:
    """How texts are sent: the operator's file, or a simulator that sends nothing."""
    try:
        return Texting() if file is None else read_texting(file)
    except BadTexting as error:
        raise values.BadSetting(f"WAYPOST_PRIVATE_TEXTING_FILE: {error}") from error
