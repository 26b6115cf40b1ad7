"""Pairs that Splink proposes on DuckDB; both come with the extra ``linking``."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from waypost.directory.matching import MatchedListing
from waypost.sources.nppes.linking import Pair

LIKELY = 0.5
"""A pair that is likelier than not is proposed; the rules decide, so that many may be."""


class NoSplink(RuntimeError):
    """Splink is not installed."""

    def __init__(self) -> None:
        super().__init__("Splink is not installed: pip install 'waypost[linking]'.")


def splink_pairs(left: Sequence[MatchedListing], right: Sequence[MatchedListing]) -> Iterator[Pair]:
    """Likely pairs of sites and organizations; raises `NoSplink`."""
    try:
        import duckdb
        from splink import DuckDBAPI, Linker, block_on
    except ImportError:
        raise NoSplink from None
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    try:
        api = DuckDBAPI(connection)
        sides = [
            api.register(_table(side), dataset_display_name=name)
            for name, side in (("sites", left), ("registry", right))
        ]
        linker = Linker(sides, _settings(), log_level=logging.ERROR)
        sure: list[Any] = [block_on("phone", "zip", "street"), block_on("zip", "street", "name")]
        linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (block_on("phone"), block_on("zip", "street")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        predicted = linker.inference.predict(threshold_match_probability=LIKELY).as_record_list()
    finally:
        connection.close()
    for pair in predicted:
        keys = {pair["source_dataset_l"]: pair["key_l"], pair["source_dataset_r"]: pair["key_r"]}
        yield keys["sites"], keys["registry"]


def _settings() -> Any:
    import splink.comparison_library as compare
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="key",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.94, 0.88]),
            compare.JaroWinklerAtThresholds("street", [0.97, 0.9]),
            compare.ExactMatch("zip"),
            compare.ExactMatch("phone"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("phone"),
            block_on("zip", "substr(street, 1, 4)"),
            block_on("zip", "substr(name, 1, 6)"),
        ],
        retain_matching_columns=False,
    )


def _table(rows: Sequence[MatchedListing]) -> Any:
    import pyarrow

    columns = {
        "key": [row.key for row in rows],
        "name": [row.full_name for row in rows],
        "street": [row.street or None for row in rows],
        "zip": [row.zip or None for row in rows],
        "phone": [min(row.phones, default=None) for row in rows],
    }
    return pyarrow.table({n: pyarrow.array(v, pyarrow.string()) for n, v in columns.items()})
