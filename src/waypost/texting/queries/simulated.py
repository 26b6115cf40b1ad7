"""The simulator's page: what a simulated phone shows."""

from __future__ import annotations

from waypost.texting.models import TextContact
from waypost.texting.queries.chat import SaidLine
from waypost.texting.queries.conversation import lines_of
from waypost.texting.queries.sealed import digest_of, operator


def simulated() -> bool:
    """Whether this installation's first account is a simulator, so that no real phone is shown."""
    return operator().accounts[0].kind == "simulator"


def phone_lines(number: str) -> list[SaidLine]:
    """What a phone has said and received, oldest first; only where texting is simulated."""
    row = (
        TextContact.objects.filter(number_digest=digest_of(number)).first() if simulated() else None
    )
    if row is None:
        return []
    return [
        SaidLine(line.at, line.text, mine=not line.by, automatic=line.by == "service")
        for line in lines_of(row.pk)
        if not line.by or line.state.split(":")[0] in ("sent", "delivered")
    ]
