"""What services, places and kinds of insurance are called in an insurer's answer, for a visitor."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.x12.fields import shown


def service_name(code: str) -> str:
    """What a service type is called; one that is not here is shown as sent."""
    return {
        "30": _("the plan as a whole"),
        "48": _("inpatient hospital care"),
        "50": _("outpatient hospital care"),
        "98": _("office visits"),
        "A4": _("psychiatric care"),
        "A6": _("psychotherapy"),
        "A7": _("inpatient psychiatric care"),
        "A8": _("outpatient psychiatric care"),
        "AI": _("substance use treatment"),
        "AJ": _("alcohol use treatment"),
        "AK": _("drug use treatment"),
        "BB": _("psychiatric partial hospitalization"),
        "BC": _("psychiatric day care"),
        "CE": _("inpatient mental health provider"),
        "CF": _("outpatient mental health provider"),
        "CG": _("inpatient mental health facility"),
        "CH": _("outpatient mental health facility"),
        "CI": _("inpatient substance use facility"),
        "CJ": _("outpatient substance use facility"),
        "MH": _("mental health care"),
        "RT": _("residential psychiatric treatment"),
    }.get(code, _("service type %(code)s") % {"code": shown(code)})


def place_name(code: str) -> str:
    """Where care is given (CMS's place of service); one that is not here is shown as sent."""
    return {
        "02": _("by video, not at home"),
        "10": _("by video, at home"),
        "11": _("in an office"),
        "19": _("in an outpatient clinic of a hospital"),
        "21": _("in a hospital"),
        "22": _("in an outpatient clinic of a hospital"),
        "49": _("in an independent clinic"),
        "51": _("in an inpatient psychiatric facility"),
        "52": _("in partial hospitalization"),
        "53": _("in a community mental health center"),
        "55": _("in a residential treatment facility"),
        "57": _("in a non-residential treatment facility"),
        "58": _("in an opioid treatment program"),
    }.get(code, _("place of service %(code)s") % {"code": shown(code)})


def insurance_name(code: str) -> str:
    """What a kind of insurance is called, for plans that stand side by side; "" for none."""
    known = {"MA": "Medicare Part A", "MB": "Medicare Part B", "MC": "Medicaid"}
    return known.get(code, _("insurance type %(code)s") % {"code": shown(code)} if code else "")
