"""`waypost coverage`: the checker on a terminal, and the files that add to its knowledge."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from django.utils import timezone

from waypost.cli.coverage.import_commands import import_files, networks
from waypost.cli.coverage.text import print_answer
from waypost.cli.exits import BAD_QUESTION, NOTHING_FOUND, stop
from waypost.cli.ready import open_snapshot

if TYPE_CHECKING:
    from waypost.plans.plan_search import PlanName

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Will insurance cover it? Answers, and the files behind them.",
)
app.command("import")(import_files)
app.command()(networks)
State = Annotated[str, typer.Option(help="Two letters of a state or territory.")]
Insurance = Annotated[
    str, typer.Option(help="medicaid, medicare, marketplace, ...; optional if a plan is given.")
]


@app.command()
def ask(
    insurance: Insurance = "",
    plan: Annotated[str, typer.Option(help="A plan's id, or what its card says.")] = "",
    care: Annotated[str, typer.Option(help="iop, outpatient, php, residential, ...")] = "iop",
    site: Annotated[str, typer.Option(help="A program's id, from `waypost find`.")] = "",
    state: State = "",
    course: Annotated[str, typer.Option(help="Weeks by days a week: 8x3,2x2.")] = "",
    deductible_met: Annotated[str, typer.Option(help="Dollars met this year.")] = "",
    price: Annotated[str, typer.Option(help="Dollars that the plan allows for a visit.")] = "",
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    as_text: Annotated[
        bool | None, typer.Option("--text/--json", help="Text, or JSON with every source.")
    ] = None,
) -> None:
    """Answer as the page does: covered, in network, what it may cost, each with its sources.

    Text on a terminal; JSON with every source to a pipe or a file.

    Example: `waypost coverage ask --plan H0104-012-000 --care iop --site site_...`
    """
    from waypost.coverage.question import BadCoverageQuestion, read_question
    from waypost.design.coverage_faults import all_fault_words
    from waypost.serving.coverage_answers import answered, answered_json, program_listing
    from waypost.serving.process import this_process

    _check_choices(insurance, care)
    snapshot = open_snapshot()
    fields = {"insurance": insurance, "care": care, "site": site, "state": state, "course": course}
    money = {"deductible_met": deductible_met, "price": price}
    try:
        question = read_question(fields | money | {"plan": _one_plan(plan, insurance, state)})
    except BadCoverageQuestion as error:
        stop(" ".join(all_fault_words(error.faults).values()), BAD_QUESTION)
    listing = program_listing(snapshot, site)
    if site and listing is None:
        stop(f"There is no program with the id {site!r}.", NOTHING_FOUND)
    checked = answered(this_process().plans, snapshot, question, listing, timezone.localdate())
    if sys.stdout.isatty() if as_text is None else as_text:
        print_answer(checked, language)
    else:
        data = answered_json(checked, language)
        print(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode())


@app.command()
def plans(
    text: Annotated[list[str], typer.Argument(help="An insurer, a plan's name or its id.")],
    insurance: Insurance = "not-sure",
    state: State = "",
) -> None:
    """Find plans; spelling is forgiven.

    Example: `waypost coverage plans united gold --state TX`
    """
    names = _plans(" ".join(text), insurance, state)
    for name in names:
        print(f"{_named(name)}  {', '.join(name.states)}")
    if not names:
        stop("No plan matches that.", NOTHING_FOUND)


def _named(name: PlanName) -> str:
    """A plan's id as its card writes it, and its name where a file gives one."""
    return f"{name.card_id}  {name.label if name.name else '(name not known here)'}"


def _check_choices(insurance: str, care: str = "") -> None:
    """Stop at an option that is not one of the choices, and list the choices."""
    from waypost.plans.insurance import Insurance as Kind
    from waypost.values.level_of_care import LevelOfCare

    for option, text, kinds in (("insurance", insurance, Kind), ("care", care, LevelOfCare)):
        choices = [kind.value for kind in kinds]
        if text.strip() and text.strip() not in choices:
            listed = ", ".join(choices)
            stop(f"--{option} has no choice “{text}”. Choose one of: {listed}.", BAD_QUESTION)


def _one_plan(text: str, insurance: str, state: str) -> str:
    """The id of the plan that a text means; stops with a list where it may mean several."""
    from waypost.plans.plan_id import canonical_id

    if not text:
        return ""
    matches = _plans(text, insurance or "not-sure", state)
    if any(name.id == canonical_id(text) for name in matches):
        return canonical_id(text)
    if len(matches) != 1:
        names = "; ".join(_named(name) for name in matches)
        several = f"Several plans match “{text}”: {names}. Choose one by its id."
        stop(several if matches else f"No plan matches “{text}”.", BAD_QUESTION)
    return matches[0].id


def _plans(text: str, insurance: str, state: str) -> list[PlanName]:
    from waypost.coverage.question import BadCoverageQuestion, read_question
    from waypost.design.coverage_faults import all_fault_words
    from waypost.serving.process import this_process

    _check_choices(insurance)
    try:
        question = read_question({"insurance": insurance, "state": state})
    except BadCoverageQuestion as error:
        stop(" ".join(all_fault_words(error.faults).values()), BAD_QUESTION)
    return this_process().plans.find(text, insurance=question.insurance, state=question.state)
