"""Splink on DuckDB linking the same listings: how the matching of far more rows would be done."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import duckdb
import pyarrow
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from waypost.directory.matching import MatchedListing

SURE = 0.9
SETTINGS = SettingsCreator(
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
        block_on("state", "name"),
    ],
    retain_matching_columns=False,
)


def _table(listings: Sequence[MatchedListing]) -> pyarrow.Table:
    columns = {
        "key": [one.key for one in listings],
        "name": [one.full_name for one in listings],
        "street": [one.street or None for one in listings],
        "state": [one.state for one in listings],
        "zip": [one.zip or None for one in listings],
        "phone": [min(one.phones, default=None) for one in listings],
    }
    return pyarrow.table({n: pyarrow.array(v, pyarrow.string()) for n, v in columns.items()})


def link(later: Sequence[MatchedListing], earlier: Sequence[MatchedListing]) -> dict[str, str]:
    """The likeliest partner of each listing, where it is likely at all."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    sides = [
        api.register(_table(side), dataset_display_name=name)
        for name, side in (("later", later), ("earlier", earlier))
    ]
    linker = Linker(sides, SETTINGS, log_level=logging.ERROR)
    sure = [block_on("phone", "zip", "street"), block_on("zip", "street", "name")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("phone"), block_on("zip", "street")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=SURE).as_record_list()
    connection.close()
    best: dict[str, tuple[float, str]] = {}
    for pair in found:
        ends = {pair["source_dataset_l"]: pair["key_l"], pair["source_dataset_r"]: pair["key_r"]}
        fit = (pair["match_weight"], ends["earlier"])
        best[ends["later"]] = max(best.get(ends["later"], (-1e9, "")), fit)
    return {later_key: key for later_key, (_, key) in best.items()}
