"""What a JSON file is, by its first fields: each kind that is not imported is refused by name.

Layouts: CMS, "price-transparency-guide" (in-network, allowed amounts, table of contents) and "QHP
provider and formulary APIs" (index, plans, drugs, providers).
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from waypost.files.archives import BadFile
from waypost.plans.imports.json_events import event_pieces


class JsonKind(StrEnum):
    """The two kinds of JSON files that are imported."""

    PROVIDERS = "provider file"
    PRICES = "in-network prices"


_IN_AN_OBJECT: dict[str, JsonKind | str] = {
    "in_network": JsonKind.PRICES,
    "provider_references": JsonKind.PRICES,
    "out_of_network": "an allowed-amounts file: what was paid outside networks. Name the issuer's "
    "in-network file instead.",
    "reporting_structure": "a table of contents. Download an in-network file that it lists and "
    "name that file.",
    "provider_urls": "an issuer's index. Download the provider files under “provider_urls” and "
    "name those files.",
    "plan_urls": "an issuer's index. Download the provider files under “provider_urls” and name "
    "those files.",
    "providers": "an object around a list of providers. The published layout is the list alone: "
    "save what stands under “providers” as a file of its own.",
    "resourceType": "a FHIR resource. Ask the plan's directory with `waypost coverage networks`.",
    "npi": "one provider. The published layout is a list of providers.",
}
_IN_A_LIST: dict[str, JsonKind | str] = {
    "npi": JsonKind.PROVIDERS,
    "plans": JsonKind.PROVIDERS,
    "rxnorm_id": "a list of drugs, which says nothing of programs or prices.",
    "marketing_name": "an issuer's list of plans. Plans come from CMS's own files: run `waypost "
    "coverage import` without a file.",
    "negotiated_rates": "a list of prices without the file around it. Name the whole in-network "
    "file.",
}
_LISTED = 6
"""How many unknown fields a refusal names."""


def json_kind(path: Path) -> JsonKind:
    """What a JSON file is.

    Raises:
        BadFile: not JSON, or a kind that is not imported; the message says which and what to do.
    """
    depth, in_a_list, seen = 0, False, []
    for piece in event_pieces(path):
        for event, value in piece:
            if event in ("start_map", "start_array"):
                depth += 1
                in_a_list = in_a_list or (depth == 1 and event == "start_array")
            elif event in ("end_map", "end_array"):
                depth -= 1
            elif event == "map_key" and depth == 1 + in_a_list:
                kind = (_IN_A_LIST if in_a_list else _IN_AN_OBJECT).get(value)
                if isinstance(kind, JsonKind):
                    return kind
                if kind is not None:
                    raise BadFile(f"{path.name} is {kind}")
                seen.append(value)
    raise BadFile(f"{path.name} {_unknown(in_a_list=in_a_list, seen=seen)}")


def _unknown(*, in_a_list: bool, seen: list[str]) -> str:
    if not seen:
        return "holds no objects: neither providers nor prices."
    fields = ", ".join(f"“{name[:40]}”" for name in list(dict.fromkeys(seen))[:_LISTED])
    shape = "a list of objects" if in_a_list else "an object"
    return f"is {shape} with {fields}: neither a provider file nor an in-network file."
