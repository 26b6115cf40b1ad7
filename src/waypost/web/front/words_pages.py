"""Pages that explain: about the data, help now, privacy; and files for crawlers."""

from __future__ import annotations

from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.xmlutils import SimplerXMLGenerator

from waypost.levels_of_care.safety.safety import the_safety
from waypost.levels_of_care.safety.voice import VoicePerson
from waypost.levels_of_care.safety.what_to_do import what_to_do
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of
from waypost.web.find.map_tiles import tile_origin
from waypost.web.frame import cacheable, render
from waypost.web.front.quality_words import quality_lines, source_rows

STOPPING = ("alcohol-withdrawal", "sedative-withdrawal")
SITES_PER_MAP = 10_000
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@cacheable
def about_the_data(request: HttpRequest) -> HttpResponse:
    """Sources, their age, the quality report, and how the ranking works."""
    snapshot = snapshot_of(request)
    manifest = snapshot.manifest
    context = {
        "manifest": manifest,
        "sources": source_rows(manifest),
        "quality": quality_lines(manifest),
    }
    return render(request, "front/about_the_data.html", context)


@cacheable
def help_now(request: HttpRequest) -> HttpResponse:
    """911, 988 and the lines that answer day and night, with what to do in an overdose."""
    safety, lang = the_safety(), translation.get_language() or "en"
    who, today = VoicePerson(language=lang), timezone.localdate()
    context = {
        "lines": [safety.lines[name] for name in safety.help_page],
        "overdose": what_to_do(safety, {"overdose"}, who, today),
        "stopping": what_to_do(safety, set(STOPPING), who, today),
        "pregnant": what_to_do(safety, {"pregnant-opioids"}, who, today),
        "lang": lang,
    }
    return render(request, "front/help_now.html", context)


@cacheable
def text_support(request: HttpRequest) -> HttpResponse:
    """How text support works, who answers, what is kept, and what happens in a crisis."""
    lines = [the_safety().lines[name] for name in ("988", "911", "helpline")]
    lang = translation.get_language() or "en"
    context = {"address": settings.WAYPOST_TEXTS_URL, "lines": lines, "lang": lang}
    return render(request, "front/text_support.html", context)


@cacheable
def privacy(request: HttpRequest) -> HttpResponse:
    """What is not kept, and how to see for oneself."""
    live = bool(settings.WAYPOST_LIVE_URL)
    context = {"tiles": tile_origin(settings.WAYPOST_TILE_URL), "live": live}
    return render(request, "front/privacy.html", context)


def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read pages but not searches, since a crawler has no need."""
    lines = ["User-agent: *", "Disallow: /find", "Disallow: /es/find", "Disallow: /api/"]
    lines.append(f"Sitemap: {settings.WAYPOST_BASE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cacheable
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, in parts of at most 10,000 (sitemaps.org protocol 0.9)."""
    part = request.GET.get("part", "")
    ids = snapshot_of(request).current_ids()
    if not part.isascii() or not part.isdigit() or len(part) > 4:
        parts = range(-(-len(ids) // SITES_PER_MAP) + 1)
        return _xml("sitemapindex", "sitemap", [f"/sitemap.xml?part={i}" for i in parts])
    number = int(part)
    if number == 0:
        from waypost.web.articles.library import articles_in

        pages = ["/", "/browse", "/levels", "/guide", "/coverage", "/articles", "/answers", "/week"]
        pages += [
            "/near-or-away",
            "/check-ups",
            "/about-the-data",
            "/help-now",
            "/privacy",
            "/text-support",
        ]
        pages += [f"/articles/{slug}" for slug in articles_in("en")]
        return _xml("urlset", "url", pages + _areas(snapshot_of(request)))
    some = ids[(number - 1) * SITES_PER_MAP : number * SITES_PER_MAP]
    return _xml("urlset", "url", [f"/site/{i}" for i in some])


def _areas(snapshot: Snapshot) -> list[str]:
    """The pages of states and of their counties."""
    paths = []
    for code in sorted(snapshot.counts_by_state()):
        area = f"/browse/{code.lower()}"
        paths += [area, *(f"{area}/{fips}" for fips in sorted(snapshot.counts_by_county(code)))]
    return paths


def _xml(root: str, item: str, paths: list[str]) -> HttpResponse:
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, AttributesImpl({"xmlns": SITEMAP}))
    for path in paths:
        xml.startElement(item, AttributesImpl({}))
        xml.addQuickElement("loc", f"{settings.WAYPOST_BASE_URL}{path}")
        xml.endElement(item)
    xml.endElement(root)
    xml.endDocument()
    return response
