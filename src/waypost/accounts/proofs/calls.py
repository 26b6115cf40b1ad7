"""A telephone call that says a code: one port, and a twin that writes each call into a folder.

No carrier is built in: a verifier reads the code out, or the twin stands in for trying the desk.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Protocol

from waypost.accounts.faults import AccountFault
from waypost.values.coded_fault import CodedError


class CallRefused(CodedError):
    """The carrier did not take the call, with the codes of why."""


class CallCarrier(Protocol):
    """Whoever calls a number and says a few words."""

    def call(self, e164: str, words: str) -> str:
        """Call a number (E.164) and say ``words`` twice; the carrier's own id of the call.

        Raises `CallRefused` where the carrier does not take it.
        """


class FolderCarrier:
    """The twin: a call is a file. A number that ends in 0000 is refused, as a dead one would be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def call(self, e164: str, words: str) -> str:
        """Write the call down; its id is the file's name."""
        if e164.endswith("0000"):
            raise CallRefused(AccountFault.OUT_OF_SERVICE)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"call-{secrets.token_hex(6)}"
        text = json.dumps({"to": e164, "words": words}, ensure_ascii=False)
        (self.folder / f"{name}.json").write_text(text, "utf-8")
        return name
