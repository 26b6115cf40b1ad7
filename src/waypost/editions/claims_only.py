"""A publish that brings claims alone, of people and of programs: seconds, not minutes."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waypost.directory.site import Claim
from waypost.publishing import verify
from waypost.publishing.build import PublishError, only_one, put_in_place
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot, Snapshot
from waypost.publishing.rewrite import rewrite


def publish_claims(
    data_dir: Path,
    now: datetime,
    brought: Mapping[str, Sequence[Claim]],
    key: Ed25519PrivateKey | None = None,
) -> tuple[Manifest, int]:
    """Put in place the current snapshot with these claims; its manifest and how many sites changed.

    The files for download are made by a server when they are first asked for. Raises
    `PublishError` where there is no snapshot of this format yet, or it cannot be written.
    """
    with only_one(data_dir):
        path = data_dir / f"{FILE_NAME}.{os.getpid()}.tmp"
        try:
            manifest, changed = rewrite(Snapshot(data_dir / FILE_NAME), path, brought, now, key)
            broken = verify.check_file(path, manifest)
            if broken:
                raise PublishError("Nothing was published. " + " ".join(broken))
            put_in_place(path, data_dir)
        except BadSnapshot as error:
            raise PublishError(f"Nothing was published: {error}") from error
        finally:
            path.unlink(missing_ok=True)
    return manifest, changed
