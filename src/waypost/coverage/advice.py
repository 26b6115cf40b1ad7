"""The fourth part: asking first, what to say, what to do with no insurance."""

from __future__ import annotations

from waypost.coverage.asked import Asked
from waypost.coverage.sentences import codes_text, name_of, say
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.values.saying import Sentence, Sure

_NEEDS_HELP = frozenset({Insurance.NONE, Insurance.NOT_SURE, Insurance.OUTSIDE})
_SCRIPTS = {
    Insurance.NONE: ("none-who", "none-price", "none-help", "none-wait", "none-write"),
    Insurance.MEDICARE: ("medicare-who", "medicare-bill", "medicare-certify", "medicare-cost",
                         "medicare-line", "write"),
    Insurance.VA: ("va-who", "va-referral", "va-network", "va-cost", "write"),
    Insurance.IHS: ("ihs-who", "ihs-approve", "ihs-other", "write"),
}  # fmt: skip
"""What to say, by the kind of insurance; all others call the number on the card."""


def authorization_lines(asked: Asked) -> tuple[Sentence, ...]:
    """Whether to ask the plan first, by its file and then by the rules; never empty."""
    if asked.insurance is Insurance.NONE:
        return ()
    plan, lines = asked.plan, []
    if plan is not None and plan.authorization is not None:
        key = "authorization-yes" if plan.authorization else "authorization-no"
        lines.append(say(key, plan.source, sure=Sure.MEDIUM))
    if plan is not None and plan.referral:
        lines.append(say("authorization-referral", plan.source, sure=Sure.MEDIUM))
    lines.extend(asked.says("authorization"))
    return tuple(lines) or (say("authorization-unknown", sure=Sure.LOW),)


def script_lines(asked: Asked) -> tuple[Sentence, ...]:
    """What to say on the telephone, with the billing codes of this care where the payer uses them.

    People without insurance call a program, not a plan. Original Medicare has neither a plan nor a
    network to call, and pays for intensive outpatient care under its own codes.
    """
    keys = _SCRIPTS.get(asked.insurance)
    if keys is None:
        cost = "medicaid-cost" if asked.insurance is Insurance.MEDICAID else "cost"
        keys = ("covered", "network", "authorization", cost, "limit", "write")
        return (_who_to_call(asked), *(_line(key, asked) for key in keys))
    return tuple(_line(key, asked) for key in keys)


def _who_to_call(asked: Asked) -> Sentence:
    """The number on the card; for Medicaid also the state's own line where it is known."""
    care = name_of("care", asked.care.value)
    program = asked.knowledge.rules.medicaid.get(asked.state)
    if asked.insurance is Insurance.MEDICAID and program is not None and program.phone:
        return say("script-who-medicaid", care=care, program=program.name, phone=program.phone)
    return say("script-who", care=care)


def _line(key: str, asked: Asked) -> Sentence:
    """One line of the script, given a value for every blank that a line may have."""
    if key in ("network", "va-network") and asked.site is None:
        key += "-any"
    return say(
        f"script-{key}",
        care=name_of("care", asked.care.value),
        codes=codes_text(asked.care),
        site=asked.site.name if asked.site else "",
    )


def help_lines(asked: Asked) -> tuple[Sentence, ...]:
    """What to do with no insurance, or when the plan says no."""
    lines: list[Sentence] = []
    if asked.insurance in _NEEDS_HELP and asked.state:
        rules = asked.knowledge.rules
        expanded = rules.medicaid[asked.state].expanded
        if expanded is not None:
            key = "help-expanded" if expanded else "help-not-expanded"
            source = rules.sources["kff-expansion"]
            lines.append(say(key, source, state=STATE_NAMES[asked.state]))
    lines.extend(asked.says("help"))
    return tuple(lines)
