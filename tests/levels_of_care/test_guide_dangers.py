"""Every danger that answers raise, beside a plain second writing of the same rules."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.levels_of_care.guide.answers import completed, read_answers
from waypost.levels_of_care.guide.assess import Exit, assess, raised
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.guide.table import substance_classes, substance_facts
from waypost.levels_of_care.safety.step import StepEnds

GUIDE = the_guide()
CHOICES = {q.id: [c.id for c in q.choices] for q in GUIDE.questions}
NOW = {
    "not-waking": "overdose", "took-purpose": "took-on-purpose", "took-much": "took-too-much",
    "child-took": "child-took", "seizure": "seizure", "confused": "withdrawal-now",
    "chest": "body-emergency", "stroke": "body-emergency", "overheated": "overheated",
    "injury": "injury", "vomit-blood": "body-emergency", "birth": "birth-emergency",
}  # fmt: skip
TODAY = {
    "overdose-today": "overdose-today", "revived": "revived", "head": "head-injury",
    "wound": "wound", "vomiting": "vomiting", "fit": "seizure-over",
}  # fmt: skip
HARM = {
    "voices": "psychosis", "hurt-others": "harm-others", "hurt": "hurt",
    "self-injury": "self-injury", "eating": "eating",
}  # fmt: skip
SUICIDE = {"plan": "suicide", "attempt": "suicide", "thoughts": "thoughts", "past": "thoughts",
           "unknown": "thoughts"}  # fmt: skip
BASE = {
    "who": ["self-adult"], "now": ["none"], "suicide": ["no-thoughts"], "today": ["none"],
    "harm": ["none"], "used": ["cannabis"], "daily": ["none"], "last": ["recent"],
    "withdrawal": ["nothing"], "pregnant": ["no"], "body": ["stable"], "past": ["none"],
    "problems": ["few"], "mind": ["steady"], "home": ["safe"], "between": ["managing"],
    "prior": ["no-treatment"], "life": ["none"],
}  # fmt: skip
SEDATIVES = {"benzo", "sedative"}


def _dangers(**answers: list[str]) -> set[str]:
    given_answers = completed(GUIDE, read_answers(GUIDE, BASE | answers))
    return {rule.danger for rule in raised(GUIDE, given_answers)}


def test_every_danger_asked_for_by_name_is_raised_alone_and_beside_every_other() -> None:
    for question, table in (("now", NOW), ("today", TODAY), ("harm", HARM)):
        for name, danger in table.items():
            assert danger in _dangers(**{question: [name]}), name
        for pair in combinations(table, 2):
            found = _dangers(**{question: list(pair)})
            assert {table[name] for name in pair} <= found, pair
    for (now, danger), (suicide, crisis) in product(NOW.items(), SUICIDE.items()):
        assert {danger, crisis} <= _dangers(now=[now], suicide=[suicide])
    for (today, danger), (harm, other) in product(TODAY.items(), HARM.items()):
        assert {danger, other} <= _dangers(today=[today], harm=[harm])


def test_too_much_is_on_purpose_wherever_that_cannot_be_ruled_out() -> None:
    for suicide in CHOICES["suicide"]:
        on_purpose = "took-on-purpose" in _dangers(now=["took-much"], suicide=[suicide])
        assert on_purpose == (suicide != "no-thoughts"), suicide
    assert "took-on-purpose" in _dangers(now=["took-much"], harm=["self-injury"])
    assert "took-on-purpose" in _dangers(now=["took-much"], mind=["unsafe"])


def test_what_a_child_took_is_on_purpose_where_the_young_person_thinks_of_suicide() -> None:
    for who in ("self-youth", "other-youth", "self-adult", "other-older"):
        for suicide in CHOICES["suicide"]:
            found = _dangers(who=[who], now=["child-took"], suicide=[suicide])
            may_be = suicide != "no-thoughts"
            assert ("took-on-purpose" in found) == (may_be and "youth" in who), (who, suicide)
        for sign in ({"harm": ["self-injury"]}, {"mind": ["unsafe"]}):
            found = _dangers(who=[who], now=["child-took"], **sign)
            assert ("took-on-purpose" in found) == ("youth" in who), (who, sign)


def test_not_safe_to_go_on_is_a_crisis_whatever_else_is_answered() -> None:
    for suicide in CHOICES["suicide"]:
        found = assess(GUIDE, BASE | {"mind": ["unsafe"], "suicide": [suicide]})
        assert isinstance(found, Exit) and found.waits_for is StepEnds.ALWAYS


def _plainly(row: dict[str, str]) -> set[str]:
    """The rules of substances, withdrawal and pregnancy, written a second time."""
    used, daily = row["used"], row["daily"] not in ("none", "not asked")
    past, recent = row["withdrawal"], row["last"] != "weeks"
    older, ill = row["who"] == "self-older", row["body"] != "stable"
    much = row["drinks"] in ("many", "unknown")
    found: set[str] = set()
    if used == "alcohol" and recent:
        risky = past in ("severe", "many") or (
            daily and (past in ("never", "unknown") or older or ill)
        )
        risky = risky or (daily and much and past == "mild") or (older and (much or past == "mild"))
        risky = risky or (much and past == "mild" and ill) or (much and past == "never")
        if risky:
            found.add("alcohol-withdrawal")
        if daily and much and past == "nothing":
            found.add("drinking-check")
    if used in SEDATIVES and recent and (daily or past in ("never", "mild", "many", "severe")):
        found.add("sedative-withdrawal")
    if used in SEDATIVES and not recent and (daily or past in ("mild", "many", "severe")):
        found.add("sedative-stopped")
    if recent and _unknown_withdrawal(used, past, daily=daily):
        found.add("unknown-withdrawal")
    if used in ("opioid-street", "kratom") and past == "severe" and recent:
        found.add("opioid-withdrawal")
    if used == "opioid-street":
        found.add("street-opioids")
    if used in ("benzo", "sedative", "kratom", "stimulants", "other", "unknown"):
        found.add("laced")
    if used in ("opioid-street", "opioid-rx", "moud", "kratom") and not recent:
        found.add("tolerance")
    if past == "severe" and not recent:
        found.add("severe-before")
    found |= {"opioid-rx": {"prescribed-opioids"}, "moud": {"keep-medicine"}}.get(used, set())
    asks = {"alcohol", "benzo", "sedative", "opioid-street", "kratom", "other", "unknown"}
    if recent and used in asks | {"opioid-rx"} and past in ("mild", "many"):
        found.add("withdrawal-check")
    if recent and used in asks and past in ("never", "unknown"):
        found.add("withdrawal-check")
    return found | _pregnancy(row["pregnant"], used, daily=daily)


def _unknown_withdrawal(used: str, past: str, *, daily: bool) -> bool:
    if used in ("other", "kratom") and daily:
        return True
    if used in ("other", "unknown") and past in ("never", "many", "severe"):
        return True
    if used == "unknown" and (daily or past == "unknown"):  # trouble from use is left open here
        return True
    return used in ("opioid-rx", "moud", "stimulants", "cannabis") and past == "severe"


def _pregnancy(pregnant: str, used: str, *, daily: bool) -> set[str]:
    if pregnant == "yes":
        if used in ("opioid-street", "kratom", "unknown"):
            return {"pregnant-opioids"}
        if used in ("alcohol", "benzo", "sedative", "other"):
            return {"pregnant-withdrawal"}
        return {"pregnant-use"}
    if pregnant == "unknown":
        if used in ("opioid-street", "kratom"):
            return {"pregnant-opioids"}
        if used in SEDATIVES or (daily and used in ("alcohol", "other", "unknown")):
            return {"pregnant-withdrawal"}
    return set()


def test_no_danger_of_a_substance_is_missed_or_made_up_in_any_class() -> None:
    rows = list(substance_classes())
    assert len(rows) == 2_496
    for row in rows:
        got = {rule.danger for rule in raised(GUIDE, substance_facts(row))}
        assert got == _plainly(row), row


def test_two_substances_raise_all_that_each_raises_alone() -> None:
    """And opioids with alcohol or sedatives are mixing; sedatives with alcohol or with each
    other, and what is not known with anything that slows breathing, are dangers."""
    substances = [c for c in CHOICES["used"] if c not in ("none", "unknown")]
    for one, other in combinations(substances, 2):
        for daily, past in product((True, False), ("nothing", "mild", "many", "severe", "never")):
            way = {"withdrawal": [past], "drinks": ["few"]}
            alone = [
                _dangers(used=[name], daily=[name] if daily else ["none"], **way)
                for name in (one, other)
            ]
            both = _dangers(used=[one, other], daily=[one, other] if daily else ["none"], **way)
            assert alone[0] | alone[1] <= both, (one, other, daily, past)
            opioid = {one, other} & {"opioid-street", "opioid-rx", "moud", "kratom"}
            downer = {one, other} & {"alcohol", "benzo", "sedative"}
            assert ("mixing" in both) == bool(opioid and downer), (one, other)
            sedated = {one, other} <= {"alcohol", *SEDATIVES}
            assert ("mixing-sedatives" in both) == sedated, (one, other)
            with_unknown = "other" in (one, other) and bool(opioid | downer)
            assert ("mixing-unknown" in both) == with_unknown, (one, other)
    assert "alcohol-withdrawal" in _dangers(used=["alcohol", "sedative"], daily=["alcohol"])


def test_what_is_not_known_counts_as_the_worse() -> None:
    for used in ("benzo", "sedative", "other", "kratom"):
        assert _dangers(used=[used], daily=["unknown"]) >= _dangers(used=[used], daily=[used])
    for last in ("days", "unknown"):
        known = _dangers(used=["benzo"], daily=["benzo"], last=["recent"])
        assert _dangers(used=["benzo"], daily=["benzo"], last=[last]) == known
    passed_over = {k: v for k, v in BASE.items() if k not in ("withdrawal", "last")}
    left_open = assess(GUIDE, passed_over | {"used": ["alcohol"], "daily": ["alcohol"]})
    assert isinstance(left_open, Exit)


ANY = st.fixed_dictionaries(
    {"who": st.sampled_from(CHOICES["who"]).map(lambda who: [who])},
    optional={
        q.id: st.lists(
            st.sampled_from(CHOICES[q.id]), min_size=1, max_size=3 if q.many else 1, unique=True
        )
        for q in GUIDE.questions
        if q.id not in ("who", "checked", "seen")
    },
)
ALL_MUST = {"now": ["none"], "today": ["none"], "harm": ["none"]}


@given(ANY)
@settings(max_examples=400)
def test_what_ends_the_guide_always_passes_for_no_check_and_no_reading(
    answers: dict[str, list[str]],
) -> None:
    plain = assess(GUIDE, ALL_MUST | answers)
    passed = assess(GUIDE, ALL_MUST | answers | {"checked": ["yes"], "seen": ["yes"]})
    if isinstance(plain, Exit) and plain.waits_for is StepEnds.ALWAYS:
        assert isinstance(passed, Exit) and passed.dangers == plain.dangers
    else:
        assert not isinstance(passed, Exit)


@given(ANY)
@settings(max_examples=400)
def test_every_danger_raised_is_on_the_page_in_one_way_or_another(
    answers: dict[str, list[str]],
) -> None:
    """On an exit all of them; on a result those of today, and what was checked in a note."""
    raw = ALL_MUST | answers
    found = {rule.danger for rule in raised(GUIDE, completed(GUIDE, read_answers(GUIDE, raw)))}
    outcome = assess(GUIDE, raw)
    if isinstance(outcome, Exit):
        assert outcome.dangers == found
    else:
        assert outcome.today == found
