"""People in care: sealed at rest, owned by one organization, their episodes moved by the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from waypost.audit.models import Event
from waypost.files.keyring import CannotOpen
from waypost.treatment.records import actions, queries
from waypost.treatment.records.episode import BadMove, EndReason, EpisodeState
from waypost.treatment.records.models import (
    CareTeamSeat,
    EpisodeStatus,
    NoOwner,
    OwnedRows,
    PersonInCare,
)
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
RIVER, HILL = Owner("org_river"), Owner("org_hill")
WORDS = PersonWords(name="Jordan Canary", preferred_name="Jo", born_on="1990-04-02")


def jordan(owner: Owner = RIVER) -> str:
    return actions.add_person(owner, words=WORDS, by="person:1", now=NOW)


def test_words_are_sealed_in_their_row_and_open_for_their_owner_alone() -> None:
    person = jordan()
    assert person.startswith("pic_") and "Canary" not in repr(list(PersonInCare.objects.values()))
    assert queries.person_in_care(RIVER, person).words == WORDS
    assert queries.person_in_care(RIVER, person).called == "Jo"
    assert queries.person_in_care(HILL, person) is None
    assert queries.people_in_care(HILL) == {}
    assert "Canary" not in repr(queries.person_in_care(RIVER, person))


def test_words_moved_to_another_row_do_not_open_there() -> None:
    first, second = jordan(), jordan()
    text = PersonInCare.objects.get(pk=first).words
    PersonInCare.objects.filter(pk=second).update(words=text)
    with pytest.raises(CannotOpen):
        queries.person_in_care(RIVER, second)


def test_another_organization_changes_nothing() -> None:
    person = jordan()
    for act in (
        lambda: actions.change_person(
            HILL, person=person, words=WORDS, read_version="", by="x", now=NOW
        ),
        lambda: actions.open_new_episode(HILL, person=person, level="iop", by="x", now=NOW),
        lambda: actions.join_team(
            HILL, person=person, staff="person:9", role="counselor", by="x", now=NOW
        ),
    ):
        with pytest.raises(actions.NoSuchRecord):
            act()
    assert CareTeamSeat.objects.count() == 0


def test_rows_are_made_through_their_owner_whatever_is_said() -> None:
    row = PersonInCare.objects.owned_by(RIVER).create(
        id="pic_1", organization="org_hill", words="", made_at=NOW
    )
    assert row.organization == "org_river"
    with pytest.raises(NoOwner):
        OwnedRows(PersonInCare).create(id="pic_2", words="", made_at=NOW)


def test_an_episode_moves_by_the_table_and_each_state_is_a_row() -> None:
    person = jordan()
    episode = actions.open_new_episode(RIVER, person=person, level="iop", by="person:1", now=NOW)
    with pytest.raises(BadMove, match="not ended"):
        actions.open_new_episode(RIVER, person=person, level="iop", by="person:1", now=NOW)
    move = {"episode": episode, "on": date(2026, 12, 7), "by": "person:1", "now": NOW}
    actions.move_episode(RIVER, to=EpisodeState.ACTIVE, **move)
    actions.change_level(
        RIVER, episode=episode, level="hiop", phase=2, reason="more support", by="person:1", now=NOW
    )
    for reason in ("", "because"):
        with pytest.raises(BadMove, match="end without a reason"):
            actions.move_episode(RIVER, to=EpisodeState.ENDED, reason=reason, **move)
    actions.move_episode(RIVER, to=EpisodeState.ENDED, reason=EndReason.COMPLETED, **move)
    with pytest.raises(BadMove, match="cannot move"):
        actions.move_episode(RIVER, to=EpisodeState.ACTIVE, **move)
    (seen,) = queries.episodes(RIVER, person=person)
    assert (seen.state, seen.level, seen.phase, seen.end_reason) == (
        "ended",
        "hiop",
        2,
        "completed",
    )
    states = list(EpisodeStatus.objects.values_list("state", flat=True))
    assert sorted(states) == ["active", "active", "ended", "planned"]
    assert queries.open_episode(RIVER, person) is None
    assert queries.episodes(HILL) == []


def test_a_care_team_is_kept_with_its_times() -> None:
    person = jordan()
    for _ in range(2):
        actions.join_team(
            RIVER, person=person, staff="person:7", role="counselor", by="person:1", now=NOW
        )
    assert queries.on_team(RIVER, person, "person:7") and not queries.on_team(
        HILL, person, "person:7"
    )
    actions.leave_team(RIVER, person=person, staff="person:7", by="person:1", now=NOW)
    assert not queries.on_team(RIVER, person, "person:7") and CareTeamSeat.objects.count() == 1
    acts = list(Event.objects.filter(record=person).values_list("act", flat=True))
    assert acts == [
        "person added",
        "person:7 joined the team as counselor",
        "person:7 left the team",
    ]
