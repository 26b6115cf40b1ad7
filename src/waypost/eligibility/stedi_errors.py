"""The reject reasons (AAA) of Stedi's JSON, wherever it puts them, each once."""

from collections.abc import Iterator

from waypost.eligibility.stedi_segments import Json, objects, text
from waypost.x12.answer import Rejection

FOLLOW_UPS = {  # X12's own words for AAA04, as the JSON spells them out
    "Please Correct and Resubmit": "C",
    "Resubmission Not Allowed": "N",
    "Please Resubmit Original Transaction": "P",
    "Resubmission Allowed": "R",
    "Do Not Resubmit; Inquiry Initiated to a Third Party": "S",
    "Please Wait 30 Days and Resubmit": "W",
    "Please Wait 10 Days and Resubmit": "X",
    "Do Not Resubmit; We Will Hold Your Request and Respond Again Shortly": "Y",
}
LOOPS = {  # the newer shape's places
    "ENVELOPE": "2000A",
    "PAYER": "2100A",
    "PROVIDER": "2100B",
    "SUBSCRIBER": "2100C",
    "SUBSCRIBER_BENEFITS": "2110C",
    "DEPENDENT": "2100D",
    "DEPENDENT_BENEFITS": "2110D",
}
HOLDERS = {  # the loop of an error that does not name its place
    "payer": "2100A",
    "provider": "2100B",
    "subscriber": "2100C",
    "dependents": "2100D",
    "dependent": "2100D",
    "benefitsInformation": "2110C",
    "plans": "2110C",
}
LISTS = ("aaaerrors", "errors")  # in small letters: the service writes AAAErrors too
DEEPEST = 12  # levels of JSON that are searched; a reply has half of them


def rejections(body: Json) -> tuple[Rejection, ...]:
    """The reject reasons in order, each once.

    The list at the top repeats those of the levels below, sometimes without their place; a code
    known from a level is not repeated.
    """
    listed = list(dict.fromkeys(_below(body, "", 0)))
    placed = {rejection.code for rejection in listed if rejection.loop}
    unique: dict[tuple[str, str], Rejection] = {}
    for rejection in listed:
        if rejection.loop or rejection.code not in placed:
            unique.setdefault((rejection.loop, rejection.code), rejection)
    return tuple(sorted(unique.values(), key=lambda rejection: rejection.loop))


def _below(holder: object, loop: str, depth: int) -> Iterator[Rejection]:
    """The errors of an object and of all below it."""
    if depth > DEEPEST:
        return
    if isinstance(holder, list):
        for each in holder:
            yield from _below(each, loop, depth + 1)
    elif isinstance(holder, dict):
        for name, value in holder.items():
            if name.lower() in LISTS:
                yield from (
                    _rejection(error, loop) for error in objects(value) if text(error, "code")
                )
            elif isinstance(value, (dict, list)):
                yield from _below(value, HOLDERS.get(name, loop), depth + 1)


def _rejection(error: Json, loop: str) -> Rejection:
    place = text(error, "location").removeprefix("Loop ").strip()
    after = text(error, "followupAction")
    return Rejection(
        LOOPS.get(place, place) or loop, text(error, "code"), FOLLOW_UPS.get(after, ""), ""
    )
