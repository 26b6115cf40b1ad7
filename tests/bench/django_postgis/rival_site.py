"""The rival: a plain Django site that does the same search in PostGIS, page and JSON.

The place comes as coordinates, so it has no gazetteer to ask. Run by `pages_bench.py` with
WAYPOST_RIVAL_PORT set; `application` is what the server runs.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from bench.search_directories import Directory
from bench.search_questions import Question
from bench.search_sql import BITS, bit_test, counted, mask_columns, near_misses
from waypost.directory.facets import COLUMNS, FACETS
from waypost.values.geo import METERS_PER_MILE

settings.configure(
    SECRET_KEY="only-for-the-benchmark",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": "127.0.0.1",
            "PORT": os.environ["WAYPOST_RIVAL_PORT"],
            "USER": "bench",
            "NAME": "postgres",
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
)

NOTHING = np.empty(0)
SHAPE = Directory("", NOTHING, NOTHING, NOTHING.astype(np.bool_), COLUMNS)
HAS = bit_test(SHAPE)
WORDS = ", ".join(f"w{i}" for i in range(-(-len(SHAPE.columns) // BITS)))
FIELDS = ("id", "name", "street", "city", "state", "zip", "phone", "meters")


def read(request: HttpRequest) -> Question:
    """The question in the address: lat, lon and any number of choices."""
    chosen = {"level": ("level:iop",)}
    for facet in FACETS:
        keys = request.GET.getlist(facet.key)
        if keys:
            chosen[facet.key] = tuple(f"{facet.key}:{key}" for key in keys)
    lat, lon = float(request.GET["lat"]), float(request.GET["lon"])
    return Question(lat, lon, 25.0, tuple(chosen.items()))


def search(question: Question) -> dict[str, object]:
    """The first 20, the total and every count."""
    here = f"ST_SetSRID(ST_MakePoint({question.lon!r}, {question.lat!r}), 4326)::geography"
    reach = f"ST_DWithin(spot, {here}, {25 * METERS_PER_MILE!r}, false)"
    sums = ", ".join(f"count(*) FILTER (WHERE {c})" for c in counted(SHAPE, question, HAS))
    fits = " AND ".join(f"({' OR '.join(map(HAS, names))})" for _, names in question.choices)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sums} FROM (SELECT {WORDS}, {mask_columns(question, HAS)} FROM site "
            f"WHERE {reach} AND ({near_misses(question, HAS)}) OFFSET 0) AS m"
        )
        total, *counts = cursor.fetchone()
        cursor.execute(
            f"SELECT id, name, street, city, state, zip, phone, spot <-> {here} AS meters "
            f"FROM site WHERE {reach} AND {fits} ORDER BY meters, id LIMIT 20"
        )
        rows = [dict(zip(FIELDS, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row["miles"] = round(row.pop("meters") / METERS_PER_MILE, 2)
    return {"total": total, "results": rows, "counts": counts}


def as_json(request: HttpRequest) -> HttpResponse:
    """The answer as JSON."""
    return JsonResponse(search(read(request)))


def as_page(request: HttpRequest) -> HttpResponse:
    """The answer as a page with its choices and their counts."""
    answer = search(read(request))
    counts = iter(answer["counts"])  # type: ignore[call-overload]
    answer["facets"] = [(f.label, [(o.label, next(counts)) for o in f.options]) for f in FACETS]
    return render(request, "results.html", answer)


urlpatterns = [path("search", as_json), path("find", as_page)]
application = get_wsgi_application()
