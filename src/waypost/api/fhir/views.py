"""FHIR over HTTP: one view for each interaction, none for a resource type."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from waypost.api.fhir.bundle import searchset
from waypost.api.fhir.capability import capability_statement
from waypost.api.fhir.current import directory_now, kept
from waypost.api.fhir.directory import GONE, FhirDirectory
from waypost.api.fhir.door import base_of, resource_answer
from waypost.api.fhir.extract import read_date
from waypost.api.fhir.outcome import FhirRefused
from waypost.api.fhir.parameters import PARAMETERS
from waypost.api.fhir.question import Question, read_question
from waypost.design import caching

FORM = "application/x-www-form-urlencoded"


def metadata(request: HttpRequest) -> HttpResponseBase:
    """What this server can do: a CapabilityStatement."""
    directory = directory_now(request)
    pretty = request.GET.get("_pretty") == "true"
    statement = capability_statement(base_of(request), directory.snapshot.manifest.built_at)
    return kept(request, directory, lambda: resource_answer(statement, pretty=pretty))


def search(request: HttpRequest, type_: str) -> HttpResponseBase:
    """Resources of a type, by the address."""
    _known(type_)
    directory = directory_now(request)
    pairs = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    question = read_question(type_, pairs)
    return kept(request, directory, lambda: _searched(request, directory, question))


def search_by_form(request: HttpRequest, type_: str) -> HttpResponseBase:
    """The same by a form, whose words stand in no log; parameters of both are joined."""
    _known(type_)
    content = request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if content not in ("", FORM) or (not content and request.body):
        raise FhirRefused(415, f"Send the search as {FORM}.")
    pairs = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    pairs += [(name, value) for name, values in request.POST.lists() for value in values]
    response = _searched(request, directory_now(request), read_question(type_, pairs))
    response.headers["Cache-Control"] = caching.PRIVATE
    return response


def _searched(
    request: HttpRequest, directory: FhirDirectory, question: Question
) -> HttpResponseBase:
    return resource_answer(searchset(directory, question, base_of(request)), pretty=question.pretty)


def read(request: HttpRequest, type_: str, id_: str) -> HttpResponseBase:
    """One resource."""
    return _read(request, type_, id_, None)


def vread(request: HttpRequest, type_: str, id_: str, version: str) -> HttpResponseBase:
    """One version of a resource: the current one, for no other is kept."""
    return _read(request, type_, id_, version)


def _read(request: HttpRequest, type_: str, id_: str, version: str | None) -> HttpResponseBase:
    _known(type_)
    resource = directory_now(request).read(type_, id_)
    if resource is None:
        raise FhirRefused(404, f"There is no {type_} “{id_[:64]}”.")
    if isinstance(resource, str):
        assert resource == GONE
        raise FhirRefused(
            410, f"{type_} “{id_[:64]}” is no longer listed in the federal directory."
        )
    meta = resource.get("meta", {})
    if version is not None and version != meta.get("versionId"):
        raise FhirRefused(
            404, f"Only the current version of {type_} “{id_[:64]}” is kept: {meta['versionId']}."
        )
    pretty = request.GET.get("_pretty") == "true"
    tag = f'W/"{meta["versionId"]}"'
    response = caching.kept(request, tag, lambda: resource_answer(resource, pretty=pretty))
    changed = read_date(meta.get("lastUpdated", ""))
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed[0])
    return response


def _known(type_: str) -> None:
    if type_ not in PARAMETERS:
        raise FhirRefused(
            404, f"There is no type “{type_[:40]}” here; there is {', '.join(PARAMETERS)}."
        )


def nothing(_request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Any other address below /fhir."""
    raise FhirRefused(404, "Nothing lives at this address. /fhir/metadata lists what is served.")
