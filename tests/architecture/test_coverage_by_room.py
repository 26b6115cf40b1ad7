"""The table of what the tests ran, room by room, adds up."""

from __future__ import annotations

from coverage_by_room import Run, by_room, missed, table


def report(lines: int, run: int, branches: int = 0, branches_run: int = 0) -> dict[str, object]:
    """One file as `coverage` writes it."""
    summary = {"num_statements": lines, "covered_lines": run, "num_branches": branches,
               "covered_branches": branches_run}  # fmt: skip
    return {
        "summary": summary,
        "missing_lines": [*range(run, lines)],
        "missing_branches": [[1, -1]] * (branches - branches_run),
    }


FILES = {
    "src/waypost/values/geo.py": report(50, 50, 10, 9),
    "src/waypost/values/money.py": report(30, 30),
    "src/waypost/web/find/views.py": report(100, 80, 20, 10),
    "src/waypost/__init__.py": report(0, 0),
}  # fmt: skip


def test_rooms_add_up_and_the_least_comes_first() -> None:
    rooms = by_room(FILES)
    assert list(rooms) == ["web", "values", "(top)"]
    assert rooms["values"] == Run(80, 80, 10, 9)
    assert rooms["web"].percent == 75.0
    assert rooms["(top)"].percent == 100.0


def test_a_room_below_the_line_has_a_star() -> None:
    head, web, values, top, whole = table(by_room(FILES))
    assert head.split() == ["room", "lines", "branches", "together"]
    assert web.split() == ["web", "80/100", "10/20", "75.0", "%", "*"]
    assert values.split() == ["values", "80/80", "9/10", "98.9", "%"]
    assert whole.split() == ["all", "160/180", "19/30", "85.2", "%", "*"]
    assert top.startswith("(top)")


def test_what_was_not_run_is_named() -> None:
    assert list(missed(FILES, "values")) == [
        "src/waypost/values/geo.py: lines [] branches ['1->-1']"
    ]
    assert "lines [80, 81" in next(missed(FILES, "web"))
