"""Archives for tests that hold no time: the same content is the same bytes on every day."""

from __future__ import annotations

import gzip
import zipfile


def gzipped(content: bytes, level: int = 6) -> bytes:
    """Content as gzip, with no time in its header."""
    return gzip.compress(content, level, mtime=0)


class Archive(zipfile.ZipFile):
    """A ZIP file to write, whose members are all of January 1, 1980, where the format begins."""

    def writestr(self, name: str | zipfile.ZipInfo, data: str | bytes, *rest: int | None) -> None:
        """Write a member; `zipfile` itself would stamp a plain name with the present time."""
        member = zipfile.ZipInfo(name) if isinstance(name, str) else name
        if isinstance(name, str):
            member.compress_type = self.compression
        super().writestr(member, data, *rest)
