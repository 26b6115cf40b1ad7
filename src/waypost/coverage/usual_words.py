"""What plans usually charge, in plain words: how many of 100 plans charge what."""

from __future__ import annotations

from waypost.coverage.sentences import name_of, say
from waypost.places.states import STATE_NAMES
from waypost.plans.cost_share import Basis, CostShare, ShareKind
from waypost.plans.usual import SOURCE, YEAR, Usual, UsualShare
from waypost.values.money import dollars_text, percent_text
from waypost.values.saying import Sentence, Sure

_PARTS = {2500: "quarter", 5000: "half", 10_000: "whole"}


def usual_sentence(usual: Usual) -> Sentence:
    """“If each day is charged like an office visit, 29 of 100 plans charge nothing; ...”."""
    name = STATE_NAMES.get(usual.state)
    place = Sentence("place", name, name) if name else name_of("usual", "thirty-states")
    parts = [_counted(share) for share in usual.shares]
    if sum(share.points for share in usual.shares) < 9_950:
        parts.append(name_of("usual", "rest"))
    return say(
        "cost-usual",
        SOURCE,
        sure=Sure.LOW,
        plans=f"{usual.plans:,}",
        year=str(YEAR),
        place=place,
        what=name_of("usual-way", usual.key),
        shares=Sentence(
            "shares", "; ".join(part.en for part in parts), "; ".join(part.es for part in parts)
        ),
    )


def _counted(usual: UsualShare) -> Sentence:
    whole = (usual.points + 50) // 100
    number = name_of("usual", "of-100" if whole else "under-1").with_values(n=str(whole))
    charge = charge_words(usual.share)
    return Sentence("counted", f"{number.en} {charge.en}", f"{number.es} {charge.es}")


def charge_words(share: CostShare) -> Sentence:
    """What a plan charges, as a verb: “charge half of the price once the deductible is met”."""
    if share.amount == 0:
        first = name_of("usual", "nothing")
    elif share.kind is ShareKind.COPAY:
        key = "copay" if share.basis is Basis.VISIT else f"copay-{share.basis}"
        first = name_of("usual", key).with_values(amount=dollars_text(share.amount))
    else:
        part = _PARTS.get(share.amount, "part")
        first = name_of("usual", part).with_values(amount=percent_text(share.amount))
    if not share.deductible:
        return first
    then = name_of("usual", f"deductible-{share.deductible}")
    return Sentence("charge", f"{first.en}{then.en}", f"{first.es}{then.es}")
