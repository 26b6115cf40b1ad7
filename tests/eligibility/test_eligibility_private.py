"""Nothing that names a person is written anywhere: canaries go in, everything is searched."""

import dataclasses
import io
import logging
import pprint
import traceback
from contextlib import redirect_stderr, redirect_stdout

import pytest
from msgspec import structs

from waypost.eligibility.ask import AskStage
from waypost.eligibility.inquiry import question_270
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act
from waypost.eligibility.outcome import Answered, Missing, Unsupported
from waypost.x12.explain import explain
from waypost.x12.write_270 import BadInquiry, build_270


def assert_no_canary(written: str, canaries) -> None:
    found = [one for one in canaries if one.casefold() in written.casefold()]
    assert found == []


@pytest.mark.parametrize("kind", ["core-soap", "core-mime", "stedi"])
@pytest.mark.parametrize(
    "act", [Act.ANSWER, Act.REJECT_75, Act.WRONG_MEMBER, Act.CUT, Act.HTML, Act.DROP, Act.REDIRECT]
)
def test_no_adapter_writes_who_was_asked_about(
    kind, act, world, inquiry, make_adapter, canaries, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(lines), redirect_stderr(lines), LoopbackPayer([act]) as payer:
            got = world.ask(make_adapter(kind, payer), inquiry)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    for one in (got, inquiry, inquiry.subscriber, world.stages):
        lines.write(f"{one!r} {one} {pprint.pformat(one)}")
    if isinstance(got, Answered):
        lines.write("\n".join(explain(got.answer)))
        lines.write(repr(structs.replace(got.answer, notes=())))
    assert "POST" in lines.getvalue()  # the log was really caught: httpx names each request
    assert_no_canary(lines.getvalue(), canaries)
    assert list(tmp_path.iterdir()) == []
    assert AskStage.DONE in world.stages


def test_a_question_that_cannot_be_sent_names_the_field_alone(
    world, inquiry, ends, make_adapter, canaries
):
    odd = dataclasses.replace(inquiry.subscriber, last_name="QUIXOTEZZ*IL*1~")
    asked = dataclasses.replace(inquiry, subscriber=odd)
    with pytest.raises(BadInquiry) as caught:
        build_270(question_270(asked, ends))
    written = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert "subscriber" in written
    assert_no_canary(written, canaries)
    with LoopbackPayer() as payer:
        got = world.ask(make_adapter("core-soap", payer), asked)
        assert payer.questions == 0
    assert got == Unsupported(Missing.FIELD, "subscriber")


def test_the_canaries_are_really_sent(inquiry, ends, canaries):
    sent = build_270(question_270(inquiry, ends))
    assert all(one in sent for one in canaries[:4])
