"""Fetching CMS's files: their hosts only, whole or not at all."""

from __future__ import annotations

from datetime import date

import httpx
import pytest

from waypost.plans.imports.fetch import NotFetched, fetch, fetch_marketplace, fetch_package

TODAY = date(2026, 11, 1)
URL = "https://download.cms.gov/marketplace-puf/2026/network-puf.zip"


def kind_of_name(path):
    """2026-11-01-network-puf.zip -> network"""
    return path.name.split("-")[3]


def client(answer):
    return httpx.Client(transport=httpx.MockTransport(answer))


def test_a_file_is_fetched_under_its_date(tmp_path):
    path = fetch(URL, tmp_path, TODAY, client(lambda _request: httpx.Response(200, content=b"PK")))
    assert path.name == "2026-11-01-network-puf.zip"
    assert path.read_bytes() == b"PK"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_all_files_of_a_year_are_asked_for(tmp_path):
    asked = []

    def answer(request):
        asked.append(request.url.path)
        return httpx.Response(200, content=b"x")

    files = fetch_marketplace(2026, tmp_path, TODAY, client(answer))
    assert len(asked) == 4
    assert all(path.startswith("/marketplace-puf/2026/") for path in asked)
    assert {kind_of_name(path) for path in files} == {"benefits", "plan", "service", "network"}
    assert fetch_package(2026, tmp_path, TODAY, client(answer)).name.endswith("benefits-2026.zip")


@pytest.mark.parametrize("url", ["https://example.org/x.zip", "http://www.cms.gov/x.zip"])
def test_other_hosts_are_not_asked(tmp_path, url):
    with pytest.raises(NotFetched, match="not at"):
        fetch(url, tmp_path, TODAY, client(lambda _request: httpx.Response(200)))


def test_a_redirect_to_another_host_is_not_followed(tmp_path):
    def answer(_request):
        return httpx.Response(302, headers={"location": "http://169.254.169.254/latest"})

    with pytest.raises(NotFetched, match="not at"):
        fetch(URL, tmp_path, TODAY, client(answer))
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_without_end_is_left(tmp_path):
    def answer(_request):
        return httpx.Response(302, headers={"location": "/again.zip"})

    with pytest.raises(NotFetched, match="sent on"):
        fetch(URL, tmp_path, TODAY, client(answer))


def test_what_breaks_leaves_nothing(tmp_path):
    def answer(_request):
        raise httpx.ReadTimeout("slow")

    with pytest.raises(NotFetched, match="by hand"):
        fetch(URL, tmp_path, TODAY, client(answer))
    with pytest.raises(NotFetched, match="404"):
        fetch(URL, tmp_path, TODAY, client(lambda _request: httpx.Response(404)))
    assert list(tmp_path.iterdir()) == []
