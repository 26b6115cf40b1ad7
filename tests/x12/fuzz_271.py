"""Coverage-guided fuzzing of the 271 reader. Not part of the test run: it needs atheris.

    pip install atheris
    PYTHONPATH=src python tests/coverage/x12/fuzz_271.py -max_total_time=600 \
        -timeout=5 /tmp/271-corpus tests/coverage/x12/samples/benefits
"""

import sys

import atheris

with atheris.instrument_imports(include=["waypost.x12"]):
    from waypost.x12.envelope import BadMessage
    from waypost.x12.explain import explain
    from waypost.x12.in_short import in_short
    from waypost.x12.read_271 import parse_271


def one_input(data: bytes) -> None:
    """Read and explain, or refuse by name; anything else is a finding."""
    try:
        answer = parse_271(data)
    except BadMessage:
        return
    for line in (*in_short(answer), *explain(answer)):
        if not line.isprintable():
            raise AssertionError("a line does not print")


atheris.Setup(sys.argv, one_input)
atheris.Fuzz()
