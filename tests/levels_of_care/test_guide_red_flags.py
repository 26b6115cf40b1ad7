"""Every red flag, alone and in every combination: none is missed, none is invented."""

from __future__ import annotations

from itertools import product

from waypost.levels_of_care.guide.assess import Exit, assess, flags
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.guide.table import exit_classes, exit_facts

GUIDE = the_guide()
NOW = {"not-waking": "E1", "seizure": "E2", "body-emergency": "E3", "swallowed": "E5"}
BASE = {"who": "self-adult", "substances": "cannabis", "withdrawal": "nothing", "pregnant": "no"}


def _plainly(row: dict[str, str]) -> set[str]:
    """The withdrawal and pregnancy flags of the specification, written out plainly."""
    used = set(row["substances"].split())
    unknown, youth = "unknown" in used, row["who"] == "self-youth"
    heavy, most = "alcohol-heavy" in used, "alcohol-most" in used
    benzo_most = "benzo-most" in used
    benzo = benzo_most or "benzo-some" in used
    drinks = heavy or most or "alcohol-some" in used
    perhaps_pregnant = row["pregnant"] in ("yes", "unknown")
    found = set()
    past = row["withdrawal"]
    if past == "severe" and (drinks or benzo or unknown or "other" in used):
        found.add("M1")
    if past == "unknown" and (heavy or most or benzo_most):
        found.add("M1")
    if unknown and row["use"] == "most":  # nobody knows of what: it counts as alcohol or sedatives
        found.add("M1")
    if unknown and past in ("many", "unknown") and (youth or row["use"] == "unknown"):
        found.add("M1")
    older, ill = row["who"] == "self-older", row["body"] != "stable"
    if heavy or (most and (older or ill or benzo or past == "many")):
        found.add("M2")
    if benzo_most:
        found.add("M3")
    if (perhaps_pregnant and "opioids" in used) or (row["pregnant"] == "yes" and unknown):
        found.add("M4")
    if perhaps_pregnant and (heavy or most or benzo):
        found.add("M5")
    return found


def test_no_withdrawal_or_pregnancy_flag_is_missed_in_any_class() -> None:
    for row in exit_classes():
        got = {rule.id for rule in flags(GUIDE, exit_facts(row))}
        assert got == _plainly(row), row


def test_a_body_that_needs_a_hospital_ends_the_guide_whatever_else_is_so() -> None:
    for row in exit_classes():
        facts = {**exit_facts(row), "body": frozenset({"unstable"})}
        expected = _plainly({**row, "body": "unstable"}) | {"M9"}
        assert {rule.id for rule in flags(GUIDE, facts)} == expected, row


def test_no_emergency_is_missed_in_any_combination_with_anything_else() -> None:
    """All 16 sets of emergencies, with and without danger, over every withdrawal class."""
    rows = list(exit_classes())
    for chosen in product((False, True), repeat=len(NOW)):
        now = frozenset(name for name, on in zip(NOW, chosen, strict=True) if on)
        for suicide in ("no-thoughts", "danger"):
            told = {"now": now or frozenset({"none"}), "suicide": frozenset({suicide})}
            expected = {NOW[name] for name in now} | ({"E4"} if suicide == "danger" else set())
            for row in rows[:: 7 if expected else 1]:
                got = {rule.id for rule in flags(GUIDE, {**exit_facts(row), **told})}
                assert got == expected | _plainly(row), (now, suicide, row)


def test_a_flag_ends_the_guide_until_a_clinician_has_checked() -> None:
    for row in exit_classes():
        raw = {"use": ["some"]} if row["use"] == "any" else {}
        raw |= {n: sorted(v) for n, v in exit_facts(row).items()} | {"now": ["none"]}
        raw |= {"suicide": ["no-thoughts"], "mind": ["steady"], "home": ["safe"]}
        found = assess(GUIDE, raw)
        assert isinstance(found, Exit) == bool(_plainly(row)), row
        assert not isinstance(assess(GUIDE, raw | {"checked": ["yes"]}), Exit)


def test_no_check_lets_an_emergency_pass() -> None:
    for name in NOW:
        assert isinstance(assess(GUIDE, {**BASE, "now": name, "checked": "yes"}), Exit)
    danger = {**BASE, "now": "none", "suicide": "danger", "checked": "yes"}
    assert isinstance(assess(GUIDE, danger), Exit)
