"""Coverage-guided fuzzing of the grammars of prices. Not part of the test run: it needs atheris.

pip install atheris
PYTHONPATH=src python tests/plans/fuzz_cost_share.py -max_total_time=600 -timeout=5
"""

import sys

import atheris

with atheris.instrument_imports(include=["waypost.coverage", "waypost.plans"]):
    from waypost.coverage.course import BadCourse, read_course
    from waypost.plans.advantage_cost import read_advantage_cost
    from waypost.plans.advantage_limits import read_limits
    from waypost.plans.cost_share import BadCostShare, read_cost_share
    from waypost.plans.plan_id import canonical_id
    from waypost.values.money import BadAmount, read_dollars, read_percent
    from waypost.values.outside_text import plain_text

READERS = (
    read_cost_share,
    read_advantage_cost,
    read_limits,
    read_course,
    read_dollars,
    read_percent,
)


def one_input(data: bytes) -> None:
    """Read or refuse by name; anything else is a finding."""
    text = atheris.FuzzedDataProvider(data).ConsumeUnicode(len(data))
    for reader in READERS:
        try:
            read = reader(text)
        except (BadCostShare, BadCourse, BadAmount):
            continue
        if reader is read_cost_share and read_cost_share(str(read)) != read:
            raise AssertionError("what is read reads otherwise when written")
    if not plain_text(text).isprintable():
        raise AssertionError("a text does not print")
    canonical_id(text)


atheris.Setup(sys.argv, one_input)
atheris.Fuzz()
