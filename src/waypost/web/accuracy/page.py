"""How much of the directory is right, as rounds of calls found it: page, JSON and CSV."""

from __future__ import annotations

import time
from collections.abc import Callable
from zlib import crc32

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from waypost.design.caching import kept
from waypost.design.fact_sources import source_title
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot
from waypost.serving.process import snapshot_of, this_process
from waypost.web.accuracy.report import AccuracyRate, AccuracyReport, as_csv, report_of
from waypost.web.frame import page_etag, render


def accuracy(request: HttpRequest) -> HttpResponseBase:
    """The page; it says plainly when no round has been made yet."""
    return _kept(request, lambda report: _page(request, report))


def accuracy_json(request: HttpRequest) -> HttpResponseBase:
    """The report and every outcome, for machines."""
    return _kept(
        request,
        lambda report: HttpResponse(
            orjson.dumps(report, option=orjson.OPT_INDENT_2), content_type="application/json"
        ),
    )


def accuracy_csv(request: HttpRequest) -> HttpResponseBase:
    """Every outcome as a line, without persons."""
    return _kept(
        request,
        lambda report: HttpResponse(as_csv(report), content_type="text/csv; charset=utf-8"),
    )


def _kept(request: HttpRequest, make: Callable[[AccuracyReport], HttpResponse]) -> HttpResponseBase:
    report = report_of(this_process().called.get(time.monotonic()))
    return kept(
        request, page_etag(request, f"-{crc32(orjson.dumps(report)):x}"), lambda: make(report)
    )


def _page(request: HttpRequest, report: AccuracyReport) -> HttpResponse:
    try:
        manifest: Manifest | None = snapshot_of(request).manifest
    except BadSnapshot:  # the report needs none
        manifest = None
    groups = [
        (_("By what is listed"), _named(report.by_field, field_words())),
        (_("By source"), [(_title(rate.name, manifest), rate) for rate in report.by_source]),
        (_("By state"), [(rate.name, rate) for rate in report.by_state]),
        (_("By age of the fact when it was checked"), _named(report.by_age, age_words())),
    ]
    context = {
        "report": report,
        "overall": [
            (_("Exact: everything listed was right"), report.exact),
            (_("Functional: enough was right to begin care"), report.functional),
        ],
        "groups": groups,
        "protocol": protocol_lines(),
        "files": ("JSON", "CSV"),
        "paper": "Riley, Brouwer, Jonas 2024",
    }
    return render(request, "accuracy/accuracy.html", context)


def _named(
    rates: tuple[AccuracyRate, ...], words: dict[str, str]
) -> list[tuple[str, AccuracyRate]]:
    return [(words.get(rate.name, rate.name), rate) for rate in rates]


def _title(source: str, manifest: Manifest | None) -> str:
    return source if manifest is None else source_title(source, manifest)


def field_words() -> dict[str, str]:
    """The fields that are asked about, in the active language."""
    return {
        "phones": _("Telephone"),
        "name": _("Name"),
        "address": _("Address"),
        "website": _("Website"),
        "services": _("Has an intensive outpatient program"),
    }


def age_words() -> dict[str, str]:
    """The ages of facts, in the active language."""
    return {
        "0": _("under 1 year"),
        "1": _("1 year"),
        "2": _("2 years"),
        "3": _("3 years or more"),
    }


def protocol_lines() -> list[str]:
    """How a round is made, in the order in which it is made."""
    return [
        _(
            "A sample of a state’s intensive outpatient programs is drawn at random, in strata by "
            "the size of the county and by whether an older edition listed the place. The "
            "snapshot’s version and the seed are published: anyone can draw the same sample."
        ),
        _(
            "A person of ours calls the listed number, says who is calling and why, and asks about "
            "each thing that is listed. Nobody pretends to look for care."
        ),
        _(
            "At most three tries, on different days and at different hours. A number that is not "
            "in service, or is somebody else’s, is dialed a second time on another day."
        ),
        _(
            "Exact means that everything listed was right. Functional means that the listed "
            "number reached the program and that it has an intensive outpatient program now. A "
            "program that is not reached counts against both; one that does not want to answer "
            "is left out of both."
        ),
        _(
            "One of every ten listings is called again by a second person who does not see what "
            "the first heard. Cohen’s kappa says how well the two agree."
        ),
        _(
            "What is found becomes a claim with its source and date, and is shown after the next "
            "update. Nothing here changes where a program stands in a list."
        ),
    ]
