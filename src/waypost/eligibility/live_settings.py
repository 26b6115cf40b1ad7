"""The operator's file for live questions: whom to ask, through what, for which programs.

A TOML file, read once at start. Secrets are not in it: they come from the environment.

    adapter = "core-soap"                     # core-soap, core-mime or stedi
    address = "https://clearinghouse.example/core"
    sender = "WAYPOST"                        # both ends of the interchange, and TRN03
    receiver = "CLEARINGHOUSE"
    originator = "9WAYPOST00"
    test = true                               # marks every question as a test

    [payers]                                  # the service's payer ids, with names for people
    "60054" = "AETNA"

    [[programs]]                              # the programs that agreed to this
    site = "site_0123456789"
    name = "EXAMPLE RECOVERY CENTER"          # as it is enrolled with the payers
    npi = "1234567893"
    opted_in = 2026-03-01                     # the day it agreed in writing
    associate_agreement = 2026-02-20          # the day the business associate agreement was signed
    key_sha256 = "..."                        # optional: its own software may ask over FHIR
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any

from waypost.eligibility.inquiry import Inquiry, InquiryEnds, Payer, Program, question_270
from waypost.eligibility.wire import BadEndpoint, Endpoint
from waypost.values.level_of_care import LevelOfCare
from waypost.x12.question import InquiryPerson, Party
from waypost.x12.write_270 import BadInquiry, build_270

MOST = 5_000  # payers, and programs
KEYS = {"adapter", "address", "sender", "receiver", "originator", "test"}
KEYS |= {"payers", "programs"}
ENDS = {"sender": "WAYPOST", "receiver": "RECEIVER", "originator": "9WAYPOST00"}
PROGRAM_KEYS = {"site", "name", "npi", "opted_in", "associate_agreement", "taxonomy"}
PROGRAM_KEYS |= {"key_sha256"}
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Adapter(StrEnum):
    """The ways to ask."""

    CORE_SOAP = "core-soap"
    CORE_MIME = "core-mime"
    STEDI = "stedi"


class BadLiveSettings(ValueError):
    """A file that cannot be used; the message says what to fix and repeats no secret."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The account's name and its password or API key. Neither ever prints."""

    user: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """What the file says. `programs` are by the site's id in the directory, `keys` are the SHA-256
    of the keys with which programs' own software asks, each with the site it asks for."""

    adapter: Adapter
    endpoint: Endpoint
    ends: InquiryEnds
    test: bool
    payers: tuple[Payer, ...]
    programs: Mapping[str, Program]
    keys: Mapping[str, str]
    secrets: Secrets = field(repr=False)


def read_live_settings(path: Path, secrets: Secrets) -> LiveSettings:
    """The settings of a file. Raises `BadLiveSettings` with a sentence."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadLiveSettings(f"{path} cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLiveSettings(f"{path} is not TOML: {error}.") from error
    try:
        return settings_of(table, secrets)
    except BadLiveSettings as error:
        raise BadLiveSettings(f"{path}: {error}") from None


def settings_of(table: Mapping[str, Any], secrets: Secrets) -> LiveSettings:
    """The settings of a table. Raises `BadLiveSettings`."""
    _only(table, KEYS, "the file")
    adapter = _adapter(table)
    settings = LiveSettings(
        adapter=adapter,
        endpoint=_endpoint(table),
        ends=_ends(table, adapter),
        test=_flag(table),
        payers=tuple(_payers(table)),
        programs=_programs(table),
        keys=dict(_keys(table)),
        secrets=secrets,
    )
    _check_secrets(settings)
    for site, program in settings.programs.items():
        _check_question(settings, settings.payers[0], site, program)
    for payer in settings.payers[1:]:
        _check_question(settings, payer, *next(iter(settings.programs.items())))
    return settings


def _only(table: Mapping[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise BadLiveSettings(f"{where} has {unknown[0]!r}, which is not a setting.")


def _adapter(table: Mapping[str, Any]) -> Adapter:
    name = _text(table, "adapter")
    try:
        return Adapter(name)
    except ValueError:
        names = ", ".join(Adapter)
        raise BadLiveSettings(f"adapter is not one of {names}.") from None


def _endpoint(table: Mapping[str, Any]) -> Endpoint:
    try:
        return Endpoint(_text(table, "address"))
    except BadEndpoint as error:
        raise BadLiveSettings(f"address: {error}") from None


def _ends(table: Mapping[str, Any], adapter: Adapter) -> InquiryEnds:
    """Both ends; Stedi's JSON does not send them, so there they may be left out."""
    needed = adapter is not Adapter.STEDI
    stated = {name: _text(table, name) if needed or name in table else "" for name in ENDS}
    ends = {name: stated[name] or usual for name, usual in ENDS.items()}
    return InquiryEnds(Party(ends["sender"]), Party(ends["receiver"]), ends["originator"])


def _flag(table: Mapping[str, Any]) -> bool:
    value = table.get("test", False)
    if not isinstance(value, bool):
        raise BadLiveSettings("test is neither true nor false.")
    return value


def _payers(table: Mapping[str, Any]) -> Iterator[Payer]:
    payers = table.get("payers")
    if not isinstance(payers, dict) or not 0 < len(payers) <= MOST:
        raise BadLiveSettings("[payers] must name at least one payer: id = name.")
    for number, name in payers.items():
        if not isinstance(name, str):
            raise BadLiveSettings(f"the name of payer {number!r} is not a text.")
        yield Payer(number, name)


def _programs(table: Mapping[str, Any]) -> Mapping[str, Program]:
    programs = table.get("programs")
    if not isinstance(programs, list) or not 0 < len(programs) <= MOST:
        raise BadLiveSettings("[[programs]] must name at least one program that opted in.")
    entries = [_program(table_entry) for table_entry in programs]
    sites = [site for site, _ in entries]
    twice = next((site for site in sites if sites.count(site) > 1), "")
    if twice:
        raise BadLiveSettings(f"the program {twice} is in the file twice.")
    return dict(entries)


def _program(entry: object) -> tuple[str, Program]:
    if not isinstance(entry, dict):
        raise BadLiveSettings("[[programs]] has something that is not a program.")
    _only(entry, PROGRAM_KEYS, "a program")
    site = _text(entry, "site")
    opted_in = max(_day(entry, "opted_in", site), _day(entry, "associate_agreement", site))
    taxonomy = _text(entry, "taxonomy") if "taxonomy" in entry else ""
    at = datetime.combine(opted_in, time(), UTC)
    return site, Program(_text(entry, "name"), _text(entry, "npi"), at, taxonomy)


def _keys(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in table["programs"]:
        digest = entry.get("key_sha256")
        if digest is None:
            continue
        if not isinstance(digest, str) or not DIGEST.fullmatch(digest):
            raise BadLiveSettings(f"key_sha256 of {entry['site']} is not 64 small hex digits.")
        yield digest, entry["site"].strip()


def _day(entry: Mapping[str, Any], name: str, site: str) -> date:
    value = entry.get(name)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise BadLiveSettings(f"{name} of {site} must be a day, such as 2026-03-01.")
    return value


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadLiveSettings(f"{name} is missing or not a text.")
    return value.strip()


def _check_secrets(settings: LiveSettings) -> None:
    if settings.adapter is not Adapter.STEDI and not settings.secrets.user:
        raise BadLiveSettings("WAYPOST_ELIGIBILITY_USER is not set; the account needs it.")
    if not settings.secrets.secret:
        raise BadLiveSettings("WAYPOST_ELIGIBILITY_SECRET is not set; the account needs it.")


def _check_question(settings: LiveSettings, payer: Payer, site: str, program: Program) -> None:
    """Check at start, before somebody waits, that a question with these names can be sent."""
    day = date(2026, 1, 1)
    inquiry = Inquiry(
        payer=payer,
        program=program,
        subscriber=InquiryPerson("NOBODY", "NOBODY", day, "NOBODY"),
        level=LevelOfCare.IOP,
        service_date=day,
        asked_at=datetime(2026, 1, 1, tzinfo=UTC),
        trace="CHECK",
        control_number=1,
    )
    try:
        build_270(question_270(inquiry, settings.ends))
    except BadInquiry as error:
        raise BadLiveSettings(
            f"{error.field} is missing or wrong (payer {payer.id!r}, program {site})."
        ) from None
