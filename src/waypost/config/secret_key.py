"""The key that signs what Waypost gives out: the operator's, or one made on the first start."""

from __future__ import annotations

import secrets
from pathlib import Path

from waypost.config.setting_values import BadSetting
from waypost.files.writing import write_once

SHORTEST = 32


def secret_key(name: str, text: str, data_dir: Path) -> str:
    """The key that the setting gives, else the one kept in the data folder.

    Raises:
        BadSetting: the key is too short, or none can be stored in the folder.
    """
    if text and len(text) < SHORTEST:
        raise BadSetting(f"{name} is too short; set at least {SHORTEST} characters.")
    return text or _kept(data_dir)


def _kept(data_dir: Path) -> str:
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_once(path, secrets.token_urlsafe(48))
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise BadSetting(
            f"WAYPOST_DATA_DIR is {data_dir}, where the secret key cannot be kept "
            f"({error.strerror}); set it to a folder this user may read and write."
        ) from error
    except UnicodeDecodeError:
        key = ""
    if len(key) < SHORTEST:
        raise BadSetting(f"{path} is damaged; delete it, and a new key will be made.")
    return key
