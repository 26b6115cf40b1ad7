"""The benchmark's rivals answer as the engine does, so that their times may be compared."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bench.search_directories import Directory, made_up
from bench.search_engines import OurEngine, PlainNumpy
from bench.search_questions import KINDS, Question, questions
from bench.search_sqlite import Sqlite
from required import need
from waypost.directory.facets import COLUMNS


@pytest.fixture(scope="module")
def directory() -> Directory:
    """Sites in ten western towns, with empty country between them."""
    rng = np.random.default_rng(4)
    size, columns = 600, sum(map(len, COLUMNS.values()))
    towns = np.array(
        [
            [33.4, -112.0],
            [40.7, -111.9],
            [46.9, -114.0],
            [35.1, -106.6],
            [61.2, -149.9],
            [39.7, -105.0],
            [43.6, -116.2],
            [47.6, -122.3],
            [34.0, -118.2],
            [32.2, -110.9],
        ]
    )
    spots = towns[rng.integers(0, len(towns), size)] + rng.normal(0, 0.2, (size, 2)).round(2)
    table = rng.random((size, columns)) < 0.5
    return Directory("towns", spots[:, 0], spots[:, 1], table, COLUMNS)


@pytest.fixture(scope="module")
def asked(directory: Directory) -> list[Question]:
    return [q for kind in KINDS for q in questions(kind, directory, 12)]


def test_numpy_over_everything_agrees(directory: Directory, asked: list[Question]) -> None:
    ours, rival = OurEngine(directory), PlainNumpy(directory)
    for question in asked:
        assert rival.answer(question) == ours.answer(question)
    assert any(ours.answer(q).total > 20 for q in asked)


def test_sqlite_agrees(directory: Directory, asked: list[Question], tmp_path: Path) -> None:
    ours, rival = OurEngine(directory, forget=True), Sqlite(directory, tmp_path)
    for question in asked[::3]:
        assert rival.answer(question) == ours.answer(question)
    rival.close()


def test_duckdb_agrees(directory: Directory, asked: list[Question], tmp_path: Path) -> None:
    need(find_spec("duckdb") is not None, "DuckDB", "make .venv/bench")
    from bench.search_duckdb import DuckDb

    ours, rival = OurEngine(directory), DuckDb(directory, tmp_path)
    for question in asked[::3]:
        assert rival.answer(question) == ours.answer(question)
    rival.close()


@pytest.mark.postgres
def test_postgis_agrees(directory: Directory, asked: list[Question]) -> None:
    from bench import postgres_server
    from bench.search_postgis import PostGis

    need(postgres_server.available(), "PostGIS")
    with postgres_server.running() as dsn:
        ours, rival = OurEngine(directory), PostGis(directory, dsn)
        for question in asked:
            assert rival.answer(question) == ours.answer(question)
        rival.close()


def test_a_made_up_directory_is_larger_and_still_like_the_first(directory: Directory) -> None:
    larger = made_up(directory, 2_000)
    assert larger.table.shape == (2_000, directory.table.shape[1])
    assert abs(larger.table.mean() - directory.table.mean()) < 0.02
    assert (np.abs(larger.lats) <= 90).all()
    assert (np.abs(larger.lons) <= 180).all()
