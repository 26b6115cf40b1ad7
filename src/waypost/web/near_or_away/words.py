"""What treatment near home or away from it means: each point with its source."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

SAMHSA_ADVISORY = (
    "SAMHSA Advisory: Clinical Issues in Intensive Outpatient Treatment for Substance Use "
    "Disorders (2021)"
)
SAMHSA_ADDRESS = (
    "https://library.samhsa.gov/product/"
    "clinical-issues-intensive-outpatient-treatment-substance-use-disorders/pep20-02-01-021"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One side of the choice: near, away, what to ask, and who says so (title, address)."""

    title: str
    near: str
    away: str
    ask: str
    source: str
    url: str


def topics() -> list[Topic]:
    """Visits and family, what comes after, cost, networks, work, a place to stay."""
    return [*_people(), *_money(), *_life()]


def _people() -> list[Topic]:
    return [
        Topic(
            _("Family and friends"),
            _(
                "Learning together with the family belongs to the core of an IOP. Near home they "
                "can come in person, and you practice the same evening what you learned."
            ),
            _(
                "Family may have to join by video or on a few days. Distance from people or places "
                "bound up with use can also be a relief."
            ),
            _("“How can my family take part, and how often? By video too?”"),
            SAMHSA_ADVISORY,
            SAMHSA_ADDRESS,
        ),
        Topic(
            _("What comes after"),
            _(
                "Counselors, groups and doctors you meet are the ones you can keep. A local "
                "program builds a network for recovery that can outlast treatment."
            ),
            _(
                "Ask for a first appointment near home before you leave, and for your records and "
                "any medicines to move with you."
            ),
            _("“Who will see me, where and when, in the first week after I finish?”"),
            SAMHSA_ADVISORY,
            SAMHSA_ADDRESS,
        ),
    ]


def _money() -> list[Topic]:
    return [
        Topic(
            _("Cost and Medicaid"),
            _("Medicaid pays within your own state, as your state’s plan says."),
            _(
                "Medicaid pays in another state only in four cases: an emergency, danger to your "
                "health from traveling home, care more readily available there, or where people of "
                "your area generally go there. Travel and rent come on top."
            ),
            _("“Will my plan pay here? What would I pay for a place to stay?”"),
            "42 CFR 431.52(b)",
            "https://www.ecfr.gov/current/title-42/section-431.52",
        ),
        Topic(
            _("Networks of a plan"),
            _("Begin with programs in your plan’s network; the plan has a list by ZIP."),
            _(
                "Plans may pay little or nothing outside their network. An HMO generally pays "
                "outside it only in an emergency."
            ),
            _("“Are you in the network of my plan, by its exact name?”"),
            "HealthCare.gov: Health Maintenance Organization (HMO)",
            "https://www.healthcare.gov/glossary/health-maintenance-organization-hmo/",
        ),
    ]


def _life() -> list[Topic]:
    return [
        Topic(
            _("Work and leave"),
            _(
                "Day or evening sessions can leave room for a job. Hours off for treatment may "
                "count as leave under the Family and Medical Leave Act."
            ),
            _(
                "Living elsewhere mostly means weeks off. Leave under the Act can count for "
                "treatment by or on referral from a health care provider, not for absence because "
                "of use."
            ),
            _("“Will you fill in the forms for medical leave?”"),
            "29 CFR 825.119",
            "https://www.law.cornell.edu/cfr/text/29/825.119",
        ),
        Topic(
            _("A place to stay"),
            _("You sleep at home: good where home is safe and calm."),
            _(
                "An IOP is no place to sleep, so you need one. Be wary of anyone who offers free "
                "travel or rent for choosing a program: paying for referrals to treatment or "
                "recovery homes is a federal crime."
            ),
            _("“Is the housing separate from the program? Who pays for it, and who runs it?”"),
            "18 U.S.C. 220",
            "https://www.law.cornell.edu/uscode/text/18/220",
        ),
    ]
