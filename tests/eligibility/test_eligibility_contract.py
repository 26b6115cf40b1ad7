"""One contract for all adapters: the same payer, the same question, the same outcome."""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from waypost.eligibility.ask import AskStage
from waypost.eligibility.inquiry import Inquiry, question_270
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act
from waypost.eligibility.loopback_answers import answer_271, asked_in_270, rejection_271
from waypost.eligibility.outcome import Answered, OutcomeWhy, Rejected, Unavailable, Unsupported
from waypost.eligibility.port import Deadline, Reply
from waypost.eligibility.x12_reply import read_reply
from waypost.x12.envelope import MAX_BYTES
from waypost.x12.reject_codes import Mender, reason
from waypost.x12.write_270 import build_270

LIVE = ["core-soap", "core-mime", "stedi"]
ALL = [*LIVE, "replay"]


@dataclass(frozen=True, slots=True)
class Replay:
    """Answers with the file `<payer id>.edi` of a folder; serves the payers that have one."""

    folder: Path

    @property
    def name(self) -> str:
        """ "replay"."""
        return "replay"

    def serves(self, payer_id: str) -> bool:
        """Whether the folder has a file for the payer; an id that is no plain name has none."""
        return payer_id.isalnum() and (self.folder / f"{payer_id}.edi").is_file()

    def send(self, inquiry: Inquiry, deadline: Deadline) -> Reply | Unavailable | Unsupported:
        """Read the payer's file."""
        try:
            with (self.folder / f"{inquiry.payer.id}.edi").open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError:
            return Unavailable(OutcomeWhy.NO_CONNECTION)
        return read_reply(data)


@pytest.fixture
def outcome(world, inquiry, make_adapter, ends, tmp_path):
    """Ask through an adapter of a kind, with a payer that does these acts."""

    def of(kind: str, *acts: Act, patience: float = 20.0):
        if kind == "replay":
            asked = asked_in_270(build_270(question_270(inquiry, ends)))
            (tmp_path / "LOOP1.edi").write_text(FILES[acts[0]](asked))
            return world.ask(Replay(tmp_path), inquiry)
        # real seconds for the network; a shorter patience is a clock that starts late
        begin = time.monotonic()
        first = iter([begin, begin - 20.0 + patience])
        clock = lambda: next(first, None) or time.monotonic()  # noqa: E731
        with LoopbackPayer(acts) as payer:
            result = world.ask(make_adapter(kind, payer), inquiry, clock=clock)
            world.questions = payer.questions
        return result

    return of


FILES = {
    Act.ANSWER: answer_271,
    Act.REJECT_72: lambda asked: rejection_271(asked, "72", "C"),
    Act.REJECT_75: lambda asked: rejection_271(asked, "75", "C"),
    Act.DOWN_42: lambda asked: rejection_271(asked, "42", "R"),
    Act.DOWN_80: lambda asked: rejection_271(asked, "80", "R"),
    Act.CUT: lambda asked: answer_271(asked)[:400],
    Act.GARBAGE: lambda asked: "nothing of the kind",
    Act.HUGE: lambda asked: answer_271(asked) + " " * 1_100_000,
    Act.WRONG_MEMBER: lambda asked: answer_271(asked).replace("CANARYID77Q31", "OTHER0002"),
    Act.WRONG_TRACE: lambda asked: answer_271(asked).replace("TRACE-7781", "ANOTHER-TRACE"),
}


@pytest.mark.parametrize("kind", ALL)
def test_an_answer_says_what_the_payer_said(outcome, kind):
    got = outcome(kind, Act.ANSWER)
    assert isinstance(got, Answered)
    assert len(got.digest) == 64
    active, total, left, most, visit, iop = got.answer.benefits
    assert (active.code, active.service_types, active.insurance_type) == ("1", ("30",), "PR")
    assert (total.cents, left.cents, most.cents) == (200_000, 125_050, 510_000)
    assert (left.period, left.coverage_level, left.network) == ("29", "IND", "Y")
    assert (visit.cents, visit.authorization, visit.messages) == (
        4_000,
        "N",
        ("OFFICE VISIT ONLY",),
    )
    assert (iop.basis_points, iop.authorization, iop.service_types) == (2_000, "Y", ("AI", "A8"))
    assert got.answer.notes == ()


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(("act", "code"), [(Act.REJECT_72, "72"), (Act.REJECT_75, "75")])
def test_a_rejection_has_reasons_that_a_person_can_mend(outcome, kind, act, code):
    got = outcome(kind, act)
    assert isinstance(got, Rejected)
    (refused,) = got.reasons
    assert (refused.loop, refused.code) == ("2100C", code)
    assert reason(refused.code, refused.loop).mender is Mender.PERSON


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("act", [Act.DOWN_42, Act.DOWN_80])
def test_a_payer_that_stays_down_is_asked_twice_and_no_more(outcome, world, kind, act):
    got = outcome(kind, act)
    assert got == Unavailable(OutcomeWhy.PAYER_DOWN)
    assert world.stages.count(AskStage.ASKING_AGAIN) == 1
    if kind != "replay":
        assert world.questions == 2


@pytest.mark.parametrize("kind", LIVE)
@pytest.mark.parametrize("act", [Act.DOWN_42, Act.DOWN_80])
def test_a_payer_that_comes_back_answers_the_second_time(outcome, world, kind, act):
    assert isinstance(outcome(kind, act, Act.ANSWER), Answered)
    assert world.questions == 2
    assert world.slept == [1.0]


@pytest.mark.parametrize("kind", LIVE)
def test_a_rejection_that_a_person_must_mend_is_not_asked_again(outcome, world, kind):
    outcome(kind, Act.REJECT_75, Act.ANSWER)
    assert world.questions == 1


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("act", [Act.WRONG_MEMBER, Act.WRONG_TRACE])
def test_an_answer_that_is_not_ours_is_thrown_away(outcome, kind, act):
    assert outcome(kind, act) == Unavailable(OutcomeWhy.NOT_OURS)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("act", [Act.CUT, Act.GARBAGE, Act.HUGE])
def test_what_is_no_whole_answer_is_no_answer(outcome, kind, act):
    assert outcome(kind, act) == Unavailable(OutcomeWhy.BAD_REPLY)


@pytest.mark.parametrize("kind", LIVE)
@pytest.mark.parametrize("act", [Act.HTML, Act.GZIP, Act.REDIRECT, Act.DROP])
def test_broken_transport_is_no_answer(outcome, kind, act):
    assert outcome(kind, act) == Unavailable(OutcomeWhy.BAD_REPLY)


@pytest.mark.parametrize("kind", LIVE)
def test_a_busy_service_says_when_to_come_back(outcome, kind):
    assert outcome(kind, Act.BUSY) == Unavailable(OutcomeWhy.PAYER_DOWN, 30)


@pytest.mark.parametrize("kind", LIVE)
def test_refused_credentials_are_named_so(outcome, kind):
    assert outcome(kind, Act.UNAUTHORIZED) == Unavailable(OutcomeWhy.REFUSED)


@pytest.mark.parametrize("kind", LIVE)
@pytest.mark.parametrize("act", [Act.DELAY, Act.DRIP, Act.DRIP_HEADERS])
def test_nobody_waits_beyond_the_deadline(outcome, kind, act):
    begin = time.monotonic()
    assert outcome(kind, act, patience=0.4) == Unavailable(OutcomeWhy.NO_ANSWER)
    assert time.monotonic() - begin < 10.0  # the payer itself would go on for a minute
