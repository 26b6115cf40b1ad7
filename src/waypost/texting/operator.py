"""How the operator runs texting: its name, accounts with carriers, limits and how long is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from waypost.texting.crisis.model_port import named_model
from waypost.values.phone import read_phone

KINDS = ("simulator", "twilio", "telnyx", "gateway")
_ACCOUNT_FIELDS = frozenset(
    (
        *("id", "kind", "number", "user", "secrets", "public_key", "base_url", "per_second"),
        *("daily_segments", "answers_stop", "toll_free", "health_agreement", "seconds"),
    )
)


class BadTexting(ValueError):
    """The operator's file cannot be used; the message says what to write."""


@dataclass(frozen=True, slots=True)
class CarrierAccount:
    """An account with a carrier. ``secrets`` may have signed a call; the first is used to send.

    ``daily_segments`` 0 is no limit; ``toll_free`` accounts carry no live or crisis texts, for
    their STOP is the network's.
    """

    id: str
    kind: str
    number: str
    user: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    public_key: str = ""
    base_url: str = ""
    per_second: float = 1.0
    daily_segments: int = 0
    answers_stop: bool = False
    toll_free: bool = False
    health_agreement: bool = False
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class KeptFor:
    """Days that things are kept after the last contact; cases are kept by the operator's policy."""

    texts: int = 90
    chats: int = 30
    consent: int = 5 * 365
    cases: int = 6 * 365


@dataclass(frozen=True, slots=True)
class Texting:
    """The whole of it; the first account is used, the others take over the crisis lane."""

    service: str = "Waypost"
    accounts: tuple[CarrierAccount, ...] = (
        CarrierAccount("simulator", "simulator", "+15005550006", per_second=100.0),
    )
    countries: tuple[str, ...] = ("US",)
    minors: bool = False
    alert_mail: str = ""
    alert_number: str = ""
    kept: KeptFor = KeptFor()
    hours_file: Path | None = None
    danger_model: str = ""
    """The operator's own model of danger, ``package.module:name``; '' for none."""


def read_texting(file: Path) -> Texting:
    """The operator's file.

    Raises:
        BadTexting: it cannot be read, or something in it is unknown.
    """
    try:
        said = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, yaml.YAMLError, UnicodeError) as error:
        raise BadTexting(f"{file} cannot be read as YAML: {error}.") from error
    if not isinstance(said, Mapping) or not said.get("accounts"):
        raise BadTexting(f"{file} must name the service and a list of accounts.")
    known = {"service", "accounts", "countries", "minors", "alert_mail", "alert_number", "kept"}
    known |= {"hours_file", "danger_model"}
    if set(said) - known:
        raise BadTexting(f"{file}: unknown: {', '.join(sorted(set(said) - known))}.")
    hours = said.get("hours_file")
    try:
        return Texting(
            service=str(said.get("service", "Waypost")),
            accounts=tuple(_account(account) for account in said["accounts"]),
            countries=tuple(said.get("countries", ("US",))),
            minors=bool(said.get("minors", False)),
            alert_mail=str(said.get("alert_mail", "")),
            alert_number=_alert_number(said.get("alert_number", ""), file),
            kept=KeptFor(**said.get("kept", {})),
            hours_file=file.parent / hours if hours else None,
            danger_model=_danger_model(said.get("danger_model", ""), file),
        )
    except TypeError as error:
        raise BadTexting(f"{file}: {error}.") from error


def _danger_model(said: object, file: Path) -> str:
    """Where the operator's model is: it is loaded now, so that a wrong name does not wait."""
    place = str(said or "")
    try:
        named_model(place)
    except Exception as error:  # whatever their module raises while it is loaded
        raise BadTexting(f"{file}: danger_model {place!r} cannot be loaded: {error}.") from error
    return place


def _alert_number(said: object, file: Path) -> str:
    """The number in E.164 that is texted when nobody on shift is there; '' for none."""
    if not said:
        return ""
    phone = read_phone(str(said))
    if phone is None or not phone.valid:
        raise BadTexting(f'{file}: alert_number must be a number like "+15125550100", in quotes.')
    return phone.e164


def _account(said: Mapping[str, Any]) -> CarrierAccount:
    if set(said) - _ACCOUNT_FIELDS:
        extra = ", ".join(sorted(set(said) - _ACCOUNT_FIELDS))
        raise BadTexting(f"An account has no {extra}; it has {', '.join(sorted(_ACCOUNT_FIELDS))}.")
    if said.get("kind") not in KINDS or not said.get("number") or not said.get("id"):
        raise BadTexting(f"An account needs id, number and kind: {', '.join(KINDS)}.")
    if said["kind"] != "simulator" and not (said.get("secrets") or said.get("public_key")):
        raise BadTexting(f"The account {said['id']} needs its secrets.")
    return CarrierAccount(**{**said, "secrets": tuple(said.get("secrets", ()))})
