"""The Markdown reference names every address and parameter of the descriptions."""

from __future__ import annotations

from waypost.api.reference import reference
from waypost.api.urls import descriptions


def test_the_reference_names_every_address_and_parameter() -> None:
    schemas = descriptions()
    text = reference(schemas)
    for schema in schemas.values():
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                assert f"### `{method.upper()} {path}`" in text
                for parameter in operation["parameters"]:
                    assert f"| `{parameter['name']}`" in text
    for line in text.splitlines():
        if line.startswith("|"):
            assert line.count("|") - line.count("\\|") == 4
