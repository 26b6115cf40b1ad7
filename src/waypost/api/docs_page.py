"""A page that shows the APIs' descriptions: plain HTML from the schemas, without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from jinja2 import ChoiceLoader, PackageLoader, Template

from waypost.api.answers import kept
from waypost.api.reading import Json, described
from waypost.design.environment import environment


def docs_page(request: HttpRequest, schemas: Mapping[str, Json]) -> HttpResponseBase:
    """The page for the descriptions found at these addresses."""
    return kept(request, None, lambda: HttpResponse(_page(schemas)))


def _page(schemas: Mapping[str, Json]) -> str:
    apis = [described(address, schema) for address, schema in schemas.items()]
    shapes = {shape.name: shape for api in apis for shape in api.shapes}
    return _template().render(
        navigation=[("/find", _("Find a program")), ("/about-the-data", _("About the data"))],
        footer_links=[("/privacy", _("Privacy")), ("/help-now", _("Help now"))],
        apis=apis,
        shapes=[shapes[name] for name in sorted(shapes)],
    )


@cache
def _template() -> Template:
    loader = ChoiceLoader([PackageLoader("waypost.api"), PackageLoader("waypost.design")])
    return environment(loader=loader).get_template("api_docs.html")
