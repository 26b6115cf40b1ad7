"""A site with its claims, the facets, places, the manifest, and the page to read it all."""

from __future__ import annotations

from dataclasses import replace

import html5lib
import pytest
from django.test import Client

from waypost.api import schemas
from waypost.api.sites.site_json import whole
from waypost.directory.codes import CODES
from waypost.directory.facets import FACETS, columns_for, known_for
from waypost.serving.process import current_snapshot


def get(url: str) -> dict:
    response = Client().get(url)
    assert response.status_code == 200, response.content
    return response.json()


def some_ids() -> list[str]:
    ids = current_snapshot().current_ids()
    return ids[:: len(ids) // 40]


def test_a_site_shows_every_claim_with_source_date_and_method() -> None:
    snapshot = current_snapshot()
    for site_id in some_ids():
        data = get(f"/api/v1/sites/{site_id}")
        assert schemas.WholeSiteOut.model_validate(data)
        claims = snapshot.claims(site_id)
        assert len(data["claims"]) == len(claims) > 0
        for shown, claim in zip(data["claims"], claims, strict=True):
            assert shown["as_of"] == claim.as_of.isoformat()
            assert (shown["source"], shown["method"]) == (claim.source, claim.method)
            assert shown["chosen"] is claim.chosen
            assert shown["method"] and shown["source"]


def test_a_site_tells_offered_not_listed_and_unknown_apart() -> None:
    snapshot = current_snapshot()
    for site_id in some_ids():
        data, site = get(f"/api/v1/sites/{site_id}"), snapshot.site(site_id)
        assert site is not None
        offered, not_listed = set(data["offered"]), set(data["not_listed"])
        assert not offered & not_listed
        assert offered == {c for c in columns_for(site.codes) if not c.startswith("code:")}
        assert set(data["levels"]) == {c for c in offered if c.startswith("level:")}
        assert offered | not_listed >= {
            c for c in known_for(site.surveys) if not c.startswith("code:")
        }
        assert {s["code"] for s in data["services"]} == set(site.codes)


def test_a_site_that_is_gone_says_so() -> None:
    snapshot = current_snapshot()
    row = snapshot.index.size  # gone sites follow the current ones
    site = snapshot.sites([row])[0]
    assert get(f"/api/v1/sites/{site.id}")["current"] is False


def test_every_service_code_is_told_with_its_name() -> None:
    codes = get("/api/v1/facets")["codes"]
    assert {c["code"]: c["name"] for c in codes} == {c.code: c.name for c in CODES.values()}
    assert len(codes) == 317 and all(c["category"] and c["surveys"] for c in codes)


def test_a_code_without_a_name_yet_is_not_left_out() -> None:
    snapshot = current_snapshot()
    site = snapshot.site(some_ids()[0])
    assert site is not None
    newer = replace(site, codes=site.codes | {"ZZ9"})
    services = {s["code"]: s for s in whole(newer, [])["services"]}
    assert services.keys() == newer.codes
    assert services["ZZ9"]["name"] == "ZZ9"


def test_the_facets_have_labels_in_both_languages() -> None:
    data = get("/api/v1/facets")
    assert schemas.FacetsOut.model_validate(data)
    assert [f["key"] for f in data["facets"]] == [f.key for f in FACETS]
    for facet in data["facets"]:
        for choice in facet["choices"]:
            assert choice["label"] and choice["label_es"] and choice["codes"]
            assert choice["column"] == f"{facet['key']}:{choice['key']}"


@pytest.mark.parametrize(
    ("text", "answer", "first"),
    [
        ("78701", "found", "78701"),
        ("pitsburg+pa", "found", "Pittsburgh, PA"),
        ("springfield", "ambiguous", "Springfield, MO"),
        ("travis+county,+tx", "found", "Travis County, TX"),
    ],
)
def test_a_place_is_looked_up(text: str, answer: str, first: str) -> None:
    data = get(f"/api/v1/places?text={text}")
    assert schemas.PlacesOut.model_validate(data)
    assert (data["answer"], data["places"][0]["key"]) == (answer, first)


def test_an_unknown_place_is_an_answer_not_an_error() -> None:
    data = get("/api/v1/places?text=zzzzqqqq")
    assert data["answer"] == "unknown"


def test_suggestions_are_label_and_key_and_resolve() -> None:
    data = get("/api/v1/places/suggest?text=aus")
    assert schemas.SuggestionsOut.model_validate(data)
    assert data["places"][0] == {"label": "Austin, TX", "key": "Austin, TX"}
    for place in data["places"]:
        found = Client().get("/api/v1/places", {"text": place["key"]}).json()
        assert (found["answer"], found["places"][0]["label"]) == ("found", place["label"])
    assert get("/api/v1/places/suggest?text=") == {"places": []}


def test_the_manifest_names_version_sources_and_downloads() -> None:
    data = get("/api/v1/manifest")
    manifest = current_snapshot().manifest
    assert schemas.ManifestOut.model_validate(data)
    assert data["version"] == manifest.version
    assert data["counts"]["current_sites"] == manifest.current_sites
    assert {s["sha256"] for s in data["sources"]} == {s.sha256 for s in manifest.sources}
    for url in data["downloads"].values():
        response = Client().head(url)
        assert response.status_code == 200
        response.close()


def test_the_page_is_valid_html_without_outside_requests_or_inline_code() -> None:
    response = Client().get("/api/v1/docs")
    text = response.content.decode()
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert len(list(tree.iter("h1"))) == 1
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not str(name).startswith("on") and name != "style"
            if name == "src" or (name == "href" and element.tag == "link"):
                assert value.startswith("/")
    assert not list(tree.iter("style"))
    assert all(script.get("src") for script in tree.iter("script"))
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_every_example_on_the_page_works_and_every_fragment_is_there() -> None:
    text = Client().get("/api/v1/docs").content.decode()
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)
    ids = {e.get("id") for e in tree.iter()}
    links = [a.get("href", "") for a in tree.iter("a")]
    examples = [link for link in links if link.startswith(("/api/", "/locator/"))]
    assert len(examples) >= 7
    for link in examples:
        assert Client().get(link).status_code == 200
    fragments = {link[1:] for link in links if link.startswith("#")}
    assert "SearchOut" in fragments and fragments <= ids


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/locator/openapi.json"])
def test_the_page_names_every_address_and_parameter(address: str) -> None:
    text = Client().get("/api/v1/docs").content.decode()
    schema = get(address)
    assert schema["openapi"].startswith("3.1")
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in text
            for parameter in operation["parameters"]:
                assert f"<code>{parameter['name']}</code>" in text
            assert {"400", "405", "503"} <= operation["responses"].keys()
