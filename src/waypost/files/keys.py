"""Keys that sign: made, kept where only their owner reads, named by their public half."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LENGTH = 32


class BadKey(ValueError):
    """A file or a text that is no key; the message says what would be one."""


def make_key(path: Path) -> str:
    """Write a new private key where no file is; its public half in base64.

    Raises:
        FileExistsError: a key is never written over.
    """
    # read here: forms of keys are a twentieth of a worker's start, which reads none
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    return public_text(key.public_key().public_bytes_raw())


def read_key(path: Path) -> Ed25519PrivateKey:
    """The private key that `make_key` wrote; OSError where the file cannot be read.

    Raises:
        BadKey: the file holds no Ed25519 key without a password.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise BadKey(f"{path} holds no private key; `waypost snapshot key` makes one.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(f"{path} holds a key of another kind; `waypost snapshot key` makes one.")
    return key


def public_text(key: bytes) -> str:
    """A public key as people copy it: 44 letters."""
    return base64.b64encode(key).decode()


def public_bytes(text: str) -> bytes:
    """The public key of such a text.

    Raises:
        BadKey: it is none.
    """
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _LENGTH:
        raise BadKey(f"{text!r} is not a public key: one has 44 letters, as `waypost snapshot key` "
                     "prints it.")  # fmt: skip
    return key
