"""The rival: FHIR as most servers do it, in plain Django over PostgreSQL.

A table of resources as JSON, and tables of tokens, strings and links, as HAPI and its kind have
them. Three searches, each made into the same Bundle. Run with the path of a task.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import django
from django.conf import settings

TASK = json.loads(Path(sys.argv[1]).read_text())
EARTH = 6371.0088  # kilometers from its middle
KM = math.radians(EARTH)  # a degree of latitude


def _database(dsn: str) -> dict[str, Any]:
    import psycopg

    parts = psycopg.conninfo.conninfo_to_dict(dsn)
    return {"ENGINE": "django.db.backends.postgresql", "NAME": parts["dbname"], "USER": parts["user"],
            "HOST": parts["host"], "PORT": parts["port"]}  # fmt: skip


settings.configure(
    DATABASES={"default": _database(TASK["dsn"])}, INSTALLED_APPS=[], USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)  # fmt: skip
django.setup()

from django.db import connection, models  # noqa: E402 - after the settings


class Resource(models.Model):
    """A resource as JSON, with its point if it is a place."""

    kind = models.CharField(max_length=40)
    rid = models.CharField(max_length=64)
    body = models.TextField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        app_label = "rival"
        indexes = (models.Index(fields=["kind", "rid"]), models.Index(fields=["lat", "lon"]))


class Value(models.Model):
    """A token or a string that a resource is searched by."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="values")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=300)

    class Meta:
        app_label = "rival"
        indexes = (
            models.Index(
                fields=["name", "value"], name="value_like", opclasses=["", "varchar_pattern_ops"]
            ),
        )


class Link(models.Model):
    """A reference from one resource to another."""

    source = models.ForeignKey(Resource, models.CASCADE, related_name="links")
    name = models.CharField(max_length=40)
    target = models.ForeignKey(Resource, models.CASCADE, related_name="back")

    class Meta:
        app_label = "rival"


def fill(path: str) -> None:
    """Load every resource with what it is searched by."""
    with connection.schema_editor() as editor:
        for model in (Resource, Value, Link):
            editor.create_model(model)
    known: dict[str, Resource] = {}
    for line in Path(path).read_text("utf-8").splitlines():
        one = json.loads(line)
        at = one.get("position", {})
        lat, lon = at.get("latitude"), at.get("longitude")
        if one["resourceType"] == "Location" and not at:
            lat, lon = TASK["about"][one["id"]]
        made = Resource(kind=one["resourceType"], rid=one["id"], body=line, lat=lat, lon=lon)
        known[f"{made.kind}/{made.rid}"] = made
    Resource.objects.bulk_create(known.values(), batch_size=5000)
    values, links = [], []
    for made in known.values():
        one = json.loads(made.body)
        texts = [one.get("name", ""), *one.get("alias", ())]
        values += [Value(resource=made, name="name", value=t.lower()[:300]) for t in texts]
        if made.kind == "Location":
            values.append(
                Value(resource=made, name="address-city", value=one["address"]["city"].lower())
            )
            links.append(
                Link(
                    source=made,
                    name="organization",
                    target=known[one["managingOrganization"]["reference"]],
                )
            )
        if made.kind == "HealthcareService":
            codes = [c["code"] for s in one.get("specialty", ()) for c in s["coding"]]
            values += [Value(resource=made, name="specialty", value=c) for c in codes]
            links.append(
                Link(source=made, name="location", target=known[one["location"][0]["reference"]])
            )
    Value.objects.bulk_create(values, batch_size=5000)
    Link.objects.bulk_create(links, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def bundle(total: int, matches: list[Resource], included: list[Resource]) -> bytes:
    """The Bundle, with the resources as they are stored."""
    entries = [{"resource": json.loads(r.body), "search": {"mode": "match"}} for r in matches]
    entries += [{"resource": json.loads(r.body), "search": {"mode": "include"}} for r in included]
    return json.dumps(
        {"resourceType": "Bundle", "type": "searchset", "total": total, "entry": entries}
    ).encode()


def in_town(place: dict[str, Any]) -> tuple[int, bytes]:
    """Services of a specialty in a town."""
    city = unquote_plus(place["city"]).lower()
    towns = Value.objects.filter(name="address-city", value__startswith=city).values("resource")
    special = Value.objects.filter(name="specialty", value="261QR0405X").values("resource")
    found = Resource.objects.filter(kind="HealthcareService", pk__in=special).filter(
        # Links are asked for themselves: the rival's tables are of no installed application.
        pk__in=Link.objects.filter(name="location", target__in=towns).values("source"),
    )
    total = found.count()
    return total, bundle(total, list(found.order_by("rid")[:20]), [])


def near(place: dict[str, Any]) -> tuple[int, bytes]:
    """Places within 40 km, the nearest first, with their organizations and services."""
    lat, lon = place["lat"], place["lon"]
    dlat = 40 / KM
    # a circle reaches farther east than at its middle's own latitude
    dlon = math.degrees(math.asin(math.sin(40 / EARTH) / math.cos(math.radians(lat))))
    box = Resource.objects.filter(
        kind="Location", lat__range=(lat - dlat, lat + dlat), lon__range=(lon - dlon, lon + dlon)
    )
    far = {pk: _km(lat, lon, a, b) for pk, a, b in box.values_list("pk", "lat", "lon")}
    inside = sorted((km, pk) for pk, km in far.items() if km <= 40)
    page = [pk for _, pk in inside[:20]]
    held = Resource.objects.in_bulk(page)
    organizations = list(
        Resource.objects.filter(
            pk__in=Link.objects.filter(name="organization", source__in=page).values("target")
        )
    )
    services = list(
        Resource.objects.filter(
            pk__in=Link.objects.filter(name="location", target__in=page).values("source")
        )
    )
    return len(inside), bundle(len(inside), [held[pk] for pk in page], organizations + services)


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b = math.radians(lat), math.radians(other_lat)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))


def by_name(place: dict[str, Any]) -> tuple[int, bytes]:
    """Organizations whose name or alias begins so."""
    name = unquote_plus(place["name"]).lower()
    named = Value.objects.filter(name="name", value__startswith=name).values("resource")
    found = Resource.objects.filter(kind="Organization", pk__in=named)
    total = found.count()
    return total, bundle(total, list(found.order_by("rid")[:20]), [])


def main() -> None:
    """Fill the tables, ask, print p95 and the totals."""
    fill(TASK["resources"])
    said = []
    for search in (in_town, near, by_name):
        search(TASK["places"][0])
        took, totals = [], []
        for place in TASK["places"]:
            start = time.perf_counter()
            total, _ = search(place)
            took.append((time.perf_counter() - start) * 1000)
            totals.append(total)
        said.append({"p95": statistics.quantiles(took, n=20)[-1], "totals": totals})
    sys.stdout.write(json.dumps(said))


main()
