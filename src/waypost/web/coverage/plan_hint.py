"""What to type for a plan: an example that can be found, and what is not known by name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.plans.insurance import Insurance
from waypost.serving.known_plans import PlansNow

_KINDS = {
    Insurance.ADVANTAGE: (Insurance.ADVANTAGE,),
    Insurance.MARKETPLACE: (Insurance.MARKETPLACE,),
    Insurance.EMPLOYER: (Insurance.EMPLOYER,),
    Insurance.NOT_SURE: (Insurance.ADVANTAGE, Insurance.MARKETPLACE),
}


def plan_hint(plans: PlansNow, insurance: Insurance, state: str) -> str:
    """How to write a plan of this kind, with examples that the search finds in this state."""
    examples = [
        text for kind in _KINDS.get(insurance, ()) if (text := _example(plans, kind, state))
    ]
    words = _("As on the card; spelling is forgiven.")
    if not examples:
        return words
    either = _(" or ").join(examples)
    return words + " " + _("For example %(example)s.") % {"example": either}


def _example(plans: PlansNow, kind: Insurance, state: str) -> str:
    """The first plan of a kind in a state: its name, or its id where plans have no names."""
    if kind is Insurance.ADVANTAGE and not state:
        return "H0104-012-0"
    matching = (
        name
        for name in plans.names
        if name.insurance is kind and (not state or state in name.states)
    )
    first = next(matching, None)
    if first is None:
        return ""
    return first.card_id if kind is Insurance.ADVANTAGE else first.label


def names_note(plans: PlansNow, insurance: Insurance) -> str:
    """One sentence where plans of this kind are not known by name here; '' where they are."""
    if insurance is Insurance.EMPLOYER:
        return _(
            "Plans from employers stand in no public list. If we do not know yours, the answer is "
            "about plans from employers in general."
        )
    missing = set(_KINDS.get(insurance, ())) - plans.kinds_imported
    if missing == {Insurance.ADVANTAGE}:
        return _(
            "We know Medicare Advantage plans by their number alone: H or R and four digits, a "
            "dash, three digits, as on the card."
        )
    if missing == {Insurance.MARKETPLACE}:
        return _(
            "We know only a few marketplace plans. If we do not know yours, the answer rests on "
            "what is usual."
        )
    if missing:
        return _(
            "We know Medicare Advantage plans by their number alone, and only a few marketplace "
            "plans."
        )
    return ""
