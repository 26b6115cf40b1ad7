"""Replay: answers from files, for tests, demonstrations and training. No network."""

from dataclasses import dataclass
from pathlib import Path

from waypost.eligibility.inquiry import Inquiry
from waypost.eligibility.outcome import Unavailable, Unsupported, Why
from waypost.eligibility.port import Deadline, Reply
from waypost.eligibility.x12_reply import read_reply
from waypost.x12.envelope import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Replay:
    """Answers with the file `<payer id>.edi` of a folder; serves the payers that have one."""

    folder: Path

    @property
    def name(self) -> str:
        """ "replay"."""
        return "replay"

    def serves(self, payer_id: str) -> bool:
        """Whether the folder has a file for the payer; an id that is no plain name has none."""
        return payer_id.isalnum() and (self.folder / f"{payer_id}.edi").is_file()

    def send(self, inquiry: Inquiry, deadline: Deadline) -> Reply | Unavailable | Unsupported:
        """Read the payer's file."""
        try:
            with (self.folder / f"{inquiry.payer.id}.edi").open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError:
            return Unavailable(Why.NO_CONNECTION)
        return read_reply(data)
