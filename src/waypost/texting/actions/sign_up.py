"""Sign-up on the web: limits against pumping, one neutral text, and never a second one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import phonenumbers
from django.db import transaction

from waypost.texting.actions.delivery import count, counted
from waypost.texting.actions.hearing import contact_for
from waypost.texting.actions.opting_in import ask, may_join
from waypost.texting.actions.subscriptions import subscribe
from waypost.texting.loops import SIGN_UPS, prefix_of
from waypost.texting.queries.contacts import is_suppressed
from waypost.texting.queries.hours import sending_hours
from waypost.texting.queries.sealed import NAME, ZIP, digest_of, keyring, operator, sealed
from waypost.texting.queries.series import approved_series
from waypost.texting.series.series import named
from waypost.texting.standing import Channel
from waypost.texting.windows import may_choose
from waypost.values.phone import read_phone
from waypost.values.wall_time import known_zones

_TEXTABLE = frozenset(
    {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
        phonenumbers.PhoneNumberType.VOIP,
    }
)
"""Kinds of numbers that may get texts: none that is toll-free, at premium rates or a landline."""


MADE_UP = "+1500555"
"""How the numbers of the simulator's telephone begin; no real one does."""


class Fault(StrEnum):
    """What is wrong with a sign-up, as a code that the door words."""

    NUMBER = "number"
    COUNTRY = "country"
    SERIES = "series"
    AGE = "age"
    TIME = "time"
    ZONE = "zone"
    TOO_MANY = "too many"


class BadSignUp(ValueError):
    """A sign-up that cannot be taken; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class SignUp:
    """What a person entered. ``minute`` is a time of day in minutes, inside the usual window."""

    number: str
    series: str
    language: str = "en"
    first_name: str = ""
    age_band: str = "18+"
    zip: str = ""
    zone: str = ""
    minute: int | None = None
    discreet: bool = True


def sign_up(*, wish: SignUp, address: str, now: datetime) -> None:
    """Take a sign-up; the first text goes out if the number was never asked before.

    Whether it was is not said, for the form would tell who is known here. ``address`` is the
    visitor's, kept only as a digest for a day's count.

    Raises:
        BadSignUp: what was entered cannot be used, or there are too many sign-ups.
    """
    number = _number(wish.number)
    series = named(approved_series(), wish.series)
    if series is None:
        raise BadSignUp(Fault.SERIES)
    if wish.minute is not None and not may_choose(wish.minute, sending_hours()):
        raise BadSignUp(Fault.TIME)
    if wish.zone and wish.zone not in known_zones():
        raise BadSignUp(Fault.ZONE)
    with transaction.atomic():
        _limit(number, address, now)
        row = contact_for(number, account=operator().accounts[0].id, channel=Channel.TEXT, now=now)
        if row.asked_at is not None or is_suppressed(row.number_digest) or row.heard_at:
            return  # asked once; from here on only the person's own text begins anything
        row.language = "es" if wish.language == "es" else "en"
        row.first_name = sealed(" ".join(wish.first_name.split())[:40], NAME)
        row.zip = sealed(wish.zip if wish.zip.isascii() and wish.zip.isdigit() else "", ZIP)
        row.zone, row.minute, row.discreet = wish.zone, wish.minute, wish.discreet
        row.age_band = wish.age_band[:8]
        row.save()
        if not may_join(row, series):
            raise BadSignUp(Fault.AGE)
        subscribe(row, series, now, active=False)
        ask(row, Channel.WEB, now)


def _number(text: str) -> str:
    """A valid number of a country that is served and that may get texts, in E.164.

    In the United States a landline cannot be told from a mobile number; there the carrier's refusal
    suspends it.
    """
    phone = read_phone(text)
    if phone is None or not phone.valid or phone.extension:
        raise BadSignUp(Fault.NUMBER)
    if phone.e164 in {account.number for account in operator().accounts}:
        raise BadSignUp(Fault.NUMBER)  # our own: we would answer ourselves
    parsed = phonenumbers.parse(phone.e164)
    country = phonenumbers.region_code_for_number(parsed)
    served = set(operator().countries)
    if "US" in served:
        served |= {"PR", "VI", "GU", "AS", "MP"}
    if country not in served:
        raise BadSignUp(Fault.COUNTRY)
    simulated = phone.e164.startswith(MADE_UP) and operator().accounts[0].kind == "simulator"
    if phonenumbers.number_type(parsed) not in _TEXTABLE and not simulated:
        raise BadSignUp(Fault.NUMBER)
    return phone.e164


def _limit(number: str, address: str, now: datetime) -> None:
    """Count a sign-up by number, block of numbers, address and day."""
    day = f"{now:%Y-%m-%d}"
    ring = keyring()
    limits = (
        ("number", digest_of(number), SIGN_UPS.per_number),
        ("prefix", ring.digest(prefix_of(number), "sign-up.prefix"), SIGN_UPS.per_prefix),
        ("address", ring.digest(address, "sign-up.address"), SIGN_UPS.per_address),
        ("day", "all", SIGN_UPS.per_day),
    )
    for kind, subject, most in limits:
        if counted(f"sign-up {kind}", subject, day) >= most:
            raise BadSignUp(Fault.TOO_MANY)
    for kind, subject, _ in limits:
        count(f"sign-up {kind}", subject, day, 1, now)
