"""`waypost eligibility`: ask a payer live, or run a payer to try it with."""

from __future__ import annotations

import json
import secrets
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, NOTHING_FOUND, stop

if TYPE_CHECKING:
    from waypost.eligibility.ask import AskStage
    from waypost.eligibility.live import Live
    from waypost.eligibility.outcome import Outcome

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="Live questions to payers."
)
Site = Annotated[str, typer.Option(help="The site id of the program that is asking.")]
Agreed = Annotated[
    bool, typer.Option("--consent", help="The person has just agreed to this question.")
]


@app.callback()
def eligibility() -> None:
    """Live questions to payers."""


@app.command()
def check() -> None:
    """Show what the operator's file sets up; nothing is sent.

    Example: `waypost eligibility check`
    """
    live = _live()
    settings = live.settings
    test = ", as a test" if settings.test else ""
    print(f"Asks {settings.endpoint.url} by {settings.adapter}{test}.")
    print(f"Payers: {', '.join(f'{payer.name} ({payer.id})' for payer in settings.payers)}.")
    for site, program in settings.programs.items():
        print(f"{site}: {program.name}, NPI {program.npi}, since {program.opted_in_at:%Y-%m-%d}.")


@app.command()
def key() -> None:
    """Make a key for a program's own software, and its digest for the operator's file.

    Example: `waypost eligibility key`
    """
    new_key = secrets.token_urlsafe(32)
    print(f"The key, for the program only: {new_key}")
    print(f'For the file: key_sha256 = "{sha256(new_key.encode()).hexdigest()}"')


@app.command()
def ask(
    site: Site,
    payer: Annotated[str, typer.Option(help="The payer's id, as in the operator's file.")],
    care: Annotated[str, typer.Option(help="iop, outpatient, php, residential ...")] = "iop",
    consent: Agreed = False,
    as_fhir: Annotated[
        bool, typer.Option("--fhir", help="Print a FHIR CoverageEligibilityResponse.")
    ] = False,
) -> None:
    """Ask a payer about one person, within 20 seconds, and explain what it says.

    The person comes from standard input, never from options, which others could see: one JSON
    object with last_name, first_name, birth_date (1985-04-23) and member_id; for somebody else
    on the plan also "dependent": last_name, first_name, birth_date, relationship (spouse, child
    or other).

    Example: `waypost eligibility ask --site site_0123456789 --payer 60054 --consent < person.json`
    """
    from waypost.cli.eligibility.person import BadPersonFile, read_person
    from waypost.eligibility.inquiry import Consent
    from waypost.eligibility.live import LiveAsked
    from waypost.values.level_of_care import LevelOfCare

    live = _live()
    now = timezone.now()
    try:
        level = LevelOfCare(care)
        subscriber, dependent = read_person(sys.stdin.read(100_000))
    except BadPersonFile as error:
        stop(str(error), BAD_QUESTION)
    except ValueError:
        stop(f"--care must be one of {', '.join(LevelOfCare)}.", BAD_QUESTION)
    agreed = Consent(now, "command line") if consent else None
    day = now.astimezone().date()
    inquiry = LiveAsked(site, payer, subscriber, dependent, level, day, now, agreed, "")
    _tell(live.ask(inquiry, _show_stage), as_fhir=as_fhir)


@app.command()
def fhir(
    request: Annotated[Path, typer.Argument(help="A FHIR CoverageEligibilityRequest as JSON.")],
    site: Site,
    consent: Agreed = False,
) -> None:
    """Ask what a FHIR CoverageEligibilityRequest asks; print the CoverageEligibilityResponse.

    Example: `waypost eligibility fhir request.json --site site_0123456789 --consent`
    """
    from waypost.eligibility.fhir_request import BadFhirRequest, read_request
    from waypost.eligibility.inquiry import Consent
    from waypost.eligibility.live import UNKNOWN, fresh_numbers

    live = _live()
    now = timezone.now()
    try:
        resource = json.loads(request.read_bytes())
        program = live.settings.programs.get(site, UNKNOWN)
        inquiry = read_request(resource, program, fresh_numbers(), now)
    except OSError as error:
        stop(f"{request} cannot be read: {error.strerror}.", BAD_QUESTION)
    except BadFhirRequest as error:
        stop(str(error), BAD_QUESTION)
    except (ValueError, AttributeError, RecursionError):
        stop(f"{request} is not a FHIR resource in JSON.", BAD_QUESTION)
    agreed = Consent(now, "command line") if consent else None
    _tell(live.send(inquiry, agreed, _show_stage), as_fhir=True)


@app.command()
def loopback(
    port: Annotated[int, typer.Option(help="The port to listen on, on this machine only.")] = 8790,
    act: Annotated[
        list[str] | None,
        typer.Option(help="What to do with each question in turn; the last act repeats."),
    ] = None,
    write: Annotated[
        Path | None, typer.Option(help="Write an operator's file that asks this payer.")
    ] = None,
    site: Annotated[str, typer.Option(help="The program in that file.")] = "",
) -> None:
    """Run a demonstration payer that answers, rejects, delays and breaks as told. It knows nobody.

    Acts: answer, reject-72, reject-75, down-42, down-80, delay, drip, drip-headers, drop,
    html, garbage, huge, gzip, redirect, unauthorized, busy, wrong-member, wrong-trace, cut.

    Example: `waypost eligibility loopback --act down-42 --act answer`
    """
    from waypost.eligibility.loopback import LoopbackPayer
    from waypost.eligibility.loopback_acts import Act

    by_name = {each.name.lower().replace("_", "-"): each for each in Act}
    acts = act or ["answer"]
    unknown = [name for name in acts if name not in by_name]
    if unknown:
        stop(f"--act {unknown[0]} is not one of {', '.join(by_name)}.", BAD_QUESTION)
    try:
        payer = LoopbackPayer([by_name[name] for name in acts], port)
    except OSError as error:
        stop(f"Cannot listen on port {port} ({error.strerror}).", BAD_QUESTION)
    with payer:
        for path in ("/core/soap", "/core/mime", "/stedi"):
            print(payer.url(path))
        if write is not None:
            write.write_text(DEMONSTRATION.format(url=payer.url("/core/soap"), site=site), "utf-8")
            print(
                f"{write} asks this payer: set WAYPOST_ELIGIBILITY_FILE to it, and USER and SECRET."
            )
        print("Press Ctrl+C to stop.", flush=True)
        try:
            payer.closing.wait()
        except KeyboardInterrupt:
            print("Stopped.")


DEMONSTRATION = """# Asks the loopback payer of this machine; for demonstrations only.
adapter = "core-soap"
address = "{url}"
sender = "WAYPOST"
receiver = "LOOPBACK"
originator = "9WAYPOST00"
test = true

[payers]
LOOP1 = "LOOPBACK PAYER"

[[programs]]
site = "{site}"
name = "EXAMPLE PROGRAM"
npi = "1234567893"
opted_in = 2026-01-01
associate_agreement = 2026-01-01
"""


def _live() -> Live:
    from waypost.serving.payers import the_live

    live = the_live()
    if live is None:
        stop("Live questions are off: WAYPOST_ELIGIBILITY_FILE is not set.", BAD_QUESTION)
    return live


def _show_stage(stage: AskStage, left: float) -> None:
    from waypost.design.live_words import stage_words

    typer.echo(f"{stage_words(stage)} ({left:.0f} s left)", err=True)


def _tell(outcome: Outcome, *, as_fhir: bool) -> None:
    """Print an outcome; anything but an answer ends with the code for "nothing found"."""
    from waypost.design.live_words import no_answer_words, why_words
    from waypost.eligibility.fhir_response import write_response
    from waypost.eligibility.outcome import Answered, Rejected
    from waypost.x12.advice import refusal_words
    from waypost.x12.explain import explain
    from waypost.x12.in_short import in_short

    lines: list[str] = []
    if as_fhir:
        response: dict[str, Any] = write_response(outcome, timezone.now(), no_answer_words)
        lines = [json.dumps(response, indent=2, default=float)]
    elif isinstance(outcome, Answered):
        lines = [*in_short(outcome.answer, outcome.day), "", *explain(outcome.answer)]
    elif isinstance(outcome, Rejected):
        lines = [f"Refused, {refusal_words(reason)}" for reason in outcome.reasons]
    else:
        lines = [why_words(outcome.why)]
    print("\n".join(lines))
    if not isinstance(outcome, Answered):
        raise typer.Exit(NOTHING_FOUND)
