"""How often may be asked, beside the plain way of counting it."""

from hypothesis import given
from hypothesis import strategies as st

from waypost.eligibility import limits
from waypost.eligibility.limits import Limit

ASKED = st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 50)), max_size=60)


@given(ASKED, st.integers(1, 4))
def test_it_counts_like_the_plain_way(asked, most):
    limit, now, kept = Limit(b"key", most, 100.0), 0, []
    for key, later in asked:
        now += later
        recent = [at for one, at in kept if one == key and at > now - 100.0]
        wait = limit.wait(key, now)
        if len(recent) < most:
            assert wait == 0.0
            kept.append((key, now))
        else:
            assert 0 < wait <= 100.0
            assert wait == min(recent) + 100 - now


def test_a_refused_try_does_not_lengthen_the_wait():
    limit = Limit(b"key", 1, 10.0)
    assert limit.wait("x", 0.0) == 0.0
    assert [limit.wait("x", at) for at in (1.0, 2.0, 9.0)] == [9.0, 8.0, 1.0]
    assert limit.wait("x", 10.0) == 0.0


def test_what_is_kept_names_nobody_and_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "MOST_KEYS", 10)
    limit = Limit(b"key", 5, 10.0)
    for number in range(50):
        limit.wait(f"CANARYID77Q31-{number}", 0.0)
    assert "CANARY" not in repr(vars(limit))
    assert len(vars(limit)["_times"]) == 10
    assert Limit(b"other", 5, 10.0).wait("CANARYID77Q31", 0.0) == 0.0


def test_any_text_is_a_key():
    assert Limit(b"key", 1, 1.0).wait("\ud800", 0.0) == 0.0
