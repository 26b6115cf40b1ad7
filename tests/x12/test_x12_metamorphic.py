"""Changes of an answer that must not change what is said of it, or must never make it surer."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from waypost.x12.accounts import deductible_met
from waypost.x12.answer import Answer271
from waypost.x12.authorization import Authorization
from waypost.x12.benefit import Benefit
from waypost.x12.in_short import in_short
from waypost.x12.levels import BEHAVIORAL_CARE
from waypost.x12.parts import Dated, Reference, X12Organization
from waypost.x12.read_271 import parse_271
from waypost.x12.situation import Situation
from waypost.x12.summary import summarize
from x12_kinds import KINDS
from x12_more_kinds import MORE_KINDS
from x12_samples import message, read, samples

ANSWERS = [answer for data in samples().values() if isinstance(answer := read(data), Answer271)]
WITH_BENEFITS = [answer for answer in ANSWERS if answer.benefits]
MESSAGES = st.one_of(
    st.sampled_from(
        ["INTENSIVE OUTPATIENT", "OFFICE VISIT", "IOP", "H0015", "NO PRIOR AUTHORIZATION REQUIRED",
         "PRIOR AUTHORIZATION REQUIRED", "AUTHORIZATION NOT REQUIRED FOR IOP", "ACTIVE COVERAGE",
         "COVERED AT 100%", "DEDUCTIBLE MET", "NOT COVERED", "IN NETWORK", "COVERAGE TERMINATED"]
    ),
    st.text("ABCDEFGHIJ KLMNOP QRSTUVWXYZ 0123456789.,%$", max_size=60),
)  # fmt: skip
ANSWER = st.sampled_from(WITH_BENEFITS)
_BEFORE: dict[int, tuple[tuple[bool, ...], list[str]]] = {}


def before(answer: Answer271) -> tuple[tuple[bool, ...], list[str]]:
    """How sure a sample is and what is said of it in short, as it stands; worked out once."""
    place = id(answer)
    if place not in _BEFORE:
        _BEFORE[place] = sureness(answer), in_short(answer)
    return _BEFORE[place]


def sureness(answer: Answer271) -> tuple[bool, ...]:
    """The good news that an answer may be read for, each as plainly said or not."""
    found = summarize(answer, BEHAVIORAL_CARE)
    says = found.authorization.says
    return (
        found.coverage.situation is Situation.ACTIVE,
        says is Authorization.NOT_REQUIRED,
        says in (Authorization.NOT_REQUIRED, Authorization.NOT_FOR_SOME),
        deductible_met(answer, BEHAVIORAL_CARE) is not None,
    )


def with_benefit(answer: Answer271, at: int, benefit: Benefit) -> Answer271:
    benefits = list(answer.benefits)
    benefits[at % len(benefits)] = benefit
    return replace(answer, benefits=tuple(benefits))


@settings(max_examples=300)
@given(ANSWER, st.integers(0, 50), MESSAGES)
def test_a_message_more_never_makes_an_answer_surer(answer, at, text):
    benefit = answer.benefits[at % len(answer.benefits)]
    more = with_benefit(answer, at, replace(benefit, messages=(*benefit.messages, text)))
    assert all(
        plain or not now for plain, now in zip(before(answer)[0], sureness(more), strict=True)
    )
    for figure in ("cents", "basis_points", "quantity", "authorization", "network"):
        assert [getattr(b, figure) for b in more.benefits] == [
            getattr(b, figure) for b in answer.benefits
        ]


@settings(max_examples=200)
@given(ANSWER, MESSAGES)
def test_a_message_about_the_whole_never_makes_an_answer_surer(answer, text):
    more = replace(answer, messages=(*answer.messages, text))
    assert all(
        plain or not now for plain, now in zip(before(answer)[0], sureness(more), strict=True)
    )


@settings(max_examples=200)
@given(ANSWER, st.randoms(use_true_random=False))
def test_the_order_of_benefits_changes_nothing(answer, chance):
    benefits = list(answer.benefits)
    chance.shuffle(benefits)
    assert in_short(replace(answer, benefits=tuple(benefits))) == before(answer)[1]


@given(ANSWER)
def test_a_benefit_that_is_said_twice_changes_nothing(answer):
    assert in_short(replace(answer, benefits=answer.benefits * 2)) == before(answer)[1]


@given(ANSWER, st.sampled_from(["35", "AL", "33", "UC"]), st.sampled_from(["Y", "N", "U", ""]))
def test_what_is_said_of_other_services_changes_nothing(answer, service, authorization):
    line = f"EB*B*IND*{service}***27*5****{authorization}*Y"
    (other,) = parse_271(message([line])).benefits
    more = replace(answer, benefits=(*answer.benefits, other))
    names = [line for line in in_short(more) if "Only of" not in line]
    assert names == [line for line in before(answer)[1] if "Only of" not in line]


@given(ANSWER, st.text("ABCDEFG 0123456789", min_size=6, max_size=20))
def test_a_persons_numbers_change_nothing(answer, number):
    first = answer.benefits[0]
    private = (Reference("1W", number), Reference("NQ", number), Reference("SY", number))
    more = with_benefit(answer, 0, replace(first, references=(*first.references, *private)))
    assert in_short(more) == before(answer)[1]


@given(ANSWER)
def test_the_other_insureds_name_is_nowhere(answer):
    person = X12Organization("IL", "SECRETNAME", "MI", "SECRETNUMBER", (), True)
    more = with_benefit(answer, 0, replace(answer.benefits[0], entities=(person,)))
    assert "SECRET" not in "\n".join(in_short(more))


@given(ANSWER)
def test_an_end_before_the_day_is_never_active(answer):
    (dated,) = parse_271(message(["DTP*357*D8*20000101", "EB*1**30"])).subscriber.dates
    assert isinstance(dated, Dated)
    undated = tuple(replace(benefit, dates=()) for benefit in answer.benefits)
    subscriber = answer.subscriber and replace(answer.subscriber, dates=(dated,))
    dependent = answer.dependent and replace(answer.dependent, dates=(dated,))
    ended = replace(answer, benefits=undated, subscriber=subscriber, dependent=dependent)
    if subscriber is not None and ended.day_asked is not None:
        found = summarize(ended, BEHAVIORAL_CARE).coverage
        assert found.situation is not Situation.ACTIVE


def test_a_refusal_outweighs_all_that_is_said_besides():
    for body in (KINDS | MORE_KINDS).values():
        refused = parse_271(message(["AAA*N**75*C", *body]))
        assert summarize(refused, BEHAVIORAL_CARE).coverage.situation is Situation.REJECTED
