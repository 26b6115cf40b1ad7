"""What every FHIR resource of a record is made with: ids, moments, and whom it is about."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from waypost.treatment.export.whole_record import WholeRecord

Resource = dict[str, Any]


def fhir_id(text: str) -> str:
    """FHIR's ids have letters, digits, "-" and ".", at most 64 of them."""
    return re.sub(r"[^A-Za-z0-9.-]", "-", text)[:64]


def subject(record: WholeRecord) -> Resource:
    """A reference to the record's Patient."""
    return {"reference": f"Patient/{fhir_id(record.person)}"}


def instant(at: datetime) -> str:
    """A moment as FHIR writes it, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
