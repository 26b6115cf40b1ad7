"""What the coverage checker's forms offer, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.values.level_of_care import LevelOfCare

WITH_PLANS = frozenset(
    {Insurance.MARKETPLACE, Insurance.EMPLOYER, Insurance.ADVANTAGE, Insurance.NOT_SURE}
)
"""Kinds of insurance whose plans can be looked up here."""


def insurance_choices() -> list[tuple[str, str, str]]:
    """Value, name and a hint for each kind of insurance."""
    return [
        (
            Insurance.MEDICAID,
            _("Medicaid"),
            _("Also under a state's own name, such as Medi-Cal or MassHealth."),
        ),
        (
            Insurance.MEDICARE,
            _("Medicare (Original)"),
            _("The red, white and blue card, Parts A and B."),
        ),
        (
            Insurance.ADVANTAGE,
            _("Medicare Advantage"),
            _("A plan of a private company in place of Original Medicare."),
        ),
        (
            Insurance.MARKETPLACE,
            _("Marketplace plan"),
            _("Bought at HealthCare.gov or a state's exchange."),
        ),
        (
            Insurance.EMPLOYER,
            _("Plan from an employer"),
            _("Through your own, your partner's or a parent's job."),
        ),
        (Insurance.FEDERAL, _("Federal employee plan"), ""),
        (Insurance.TRICARE, _("TRICARE"), _("Military members, families and retirees.")),
        (Insurance.VA, _("VA health care"), ""),
        (Insurance.IHS, _("Indian Health Service or tribal care"), ""),
        (
            Insurance.STATE_PLAN,
            _("A state plan other than Medicaid"),
            _("Also CHIP, the insurance for children, where it has a card of its own."),
        ),
        (Insurance.OUTSIDE, _("Short-term plan, sharing ministry or fixed payments"), ""),
        (Insurance.NONE, _("No insurance"), ""),
        (
            Insurance.NOT_SURE,
            _("Not sure"),
            _("Look at the card: the front names the insurer and the plan."),
        ),
    ]


def insurance_name(insurance: Insurance) -> str:
    """What a kind of insurance is called."""
    return next(name for value, name, _hint in insurance_choices() if value == insurance)


def care_choices() -> list[tuple[str, str]]:
    """Value and name for each level of care."""
    return [
        (LevelOfCare.IOP, _("Intensive outpatient (IOP)")),
        (LevelOfCare.OUTPATIENT, _("Standard outpatient")),
        (LevelOfCare.PHP, _("Partial hospitalization or day treatment")),
        (LevelOfCare.RESIDENTIAL, _("Residential")),
        (LevelOfCare.WITHDRAWAL, _("Withdrawal management (detox)")),
        (LevelOfCare.OTP, _("Opioid treatment program (methadone clinic)")),
    ]


def care_name(care: LevelOfCare) -> str:
    """What a level of care is called."""
    return next(name for value, name in care_choices() if value == care)


def state_choices() -> list[tuple[str, str]]:
    """Code and name of each state and territory, by name."""
    return sorted(STATE_NAMES.items(), key=lambda pair: pair[1])
