"""What each keyword does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from waypost.texting.actions.conversations import needs_person
from waypost.texting.actions.erasing import blank_texts, erase
from waypost.texting.actions.opting_in import join, said_yes
from waypost.texting.actions.outbox import say
from waypost.texting.actions.scene import Scene
from waypost.texting.actions.stopping import end_subscriptions, stop_all
from waypost.texting.actions.subscriptions import (
    answer_check_in,
    asked,
    pause,
    resume,
    set_minute,
    set_pace,
)
from waypost.texting.crisis.tiers import Tier
from waypost.texting.lanes import OutboxLane
from waypost.texting.models import Subscription
from waypost.texting.queries.hours import sending_hours
from waypost.texting.queries.roster import somebody_answers
from waypost.texting.queries.sealed import FIND, opened, operator, sealed
from waypost.texting.queries.series import approved_series
from waypost.texting.series.series import Series, named
from waypost.texting.standing import OptInStanding, Suppressed, WhyEnded
from waypost.texting.windows import choices, may_choose
from waypost.texting.words.hours import clock_words
from waypost.texting.words.keywords import Keyword, KeywordAsked
from waypost.texting.words.replies import ReplyCode
from waypost.values.wall_time import minutes_of

Does = Callable[[Scene, str], bool]
"""What a keyword does with what follows it; False where it is not a keyword here after all."""
LONGEST_PAUSE, USUAL_PAUSE = 90, 7


def act_on(scene: Scene, asked_for: KeywordAsked) -> bool:
    """Do what a keyword asks for; False where the text goes to a person instead."""
    return _DOES[asked_for.keyword](scene, asked_for.argument)


def _start(scene: Scene, argument: str) -> bool:
    known = approved_series()
    series = named(known, argument) if argument else next(iter(known), None)
    if argument and series is None:
        scene.say(ReplyCode.SERIES_UNKNOWN, series=argument[:20])
        return True
    code = join(scene.contact, series, scene.now)
    if code is not None:
        title = series.title.spoken(scene.contact.language) if series else operator().service
        scene.say(code, series=title)
    return True


def _yes(scene: Scene, argument: str) -> bool:
    if scene.contact.state == OptInStanding.ASKED:
        begun = said_yes(scene.contact, scene.now)
        scene.say(ReplyCode.WELCOME, series=", ".join(begun))
        return True
    waiting = asked(scene.contact, scene.now)
    if waiting is None:
        return False
    answer_check_in(waiting, needs_help=True, now=scene.now)
    scene.say(ReplyCode.CHECK_IN_YES)
    return True


def _no(scene: Scene, argument: str) -> bool:
    waiting = asked(scene.contact, scene.now)
    if waiting is None:
        return False
    answer_check_in(waiting, needs_help=False, now=scene.now)
    scene.say(ReplyCode.CHECK_IN_NO)
    return True


def _help(scene: Scene, argument: str) -> bool:
    needs_person(scene.contact, Tier.NONE, scene.now)  # "HELP" may be a cry for it
    scene.say(ReplyCode.HELP, OutboxLane.LIVE)
    return True


def _talk(scene: Scene, argument: str) -> bool:
    needs_person(scene.contact, Tier.NONE, scene.now)
    here = somebody_answers(scene.now)
    scene.say(ReplyCode.PERSON_NOW if here else ReplyCode.PERSON_LATER, OutboxLane.LIVE)
    return True


def find(scene: Scene, argument: str) -> bool:
    """Three programs for what follows FIND, or for a text that is a question for programs."""
    return _found(scene, argument, "") if argument.strip() else _says(ReplyCode.FIND_HOW)(scene, "")


def _found(scene: Scene, question: str, after: str) -> bool:
    if scene.find is None:
        scene.say(ReplyCode.FIND_LATER)
        return True
    answer = scene.find(question, scene.contact.language, after, scene.contact.discreet)
    following = f"{answer.following}\n{question}" if answer.following else ""
    scene.contact.find_question = sealed(following, FIND)
    scene.contact.save(update_fields=["find_question"])
    scene.send(answer.text)
    return True


def _more(scene: Scene, argument: str) -> bool:
    after, _, question = opened(scene.contact.find_question, FIND).partition("\n")
    if question:
        return _found(scene, question, after)
    if not set_pace(scene.contact, +1, scene.now):
        return False
    scene.say(ReplyCode.MORE)
    return True


def _less(scene: Scene, argument: str) -> bool:
    if not set_pace(scene.contact, -1, scene.now):
        return False
    scene.say(ReplyCode.LESS)
    return True


def _pause(scene: Scene, argument: str) -> bool:
    days = int(argument) if argument.isascii() and argument.isdigit() else USUAL_PAUSE
    days = max(1, min(days, LONGEST_PAUSE))
    pause(scene.contact, days, scene.now)
    scene.say(ReplyCode.PAUSED, days=str(days))
    return True


def _resume(scene: Scene, argument: str) -> bool:
    resume(scene.contact, scene.now)
    scene.say(ReplyCode.RESUMED)
    return True


def _time(scene: Scene, argument: str) -> bool:
    minute = minutes_of(argument)
    hours = sending_hours()
    if minute is None or not may_choose(minute, hours):
        times = choices(hours)
        begin, end = clock_words(times[0]), clock_words(times[-1])
        scene.say(ReplyCode.TIME_UNCLEAR, begin=begin, end=end)
        return True
    set_minute(scene.contact, minute, scene.now)
    scene.say(ReplyCode.TIME_SET, time=clock_words(minute))
    return True


def _speak(language: str) -> Does:
    def do(scene: Scene, argument: str) -> bool:
        scene.contact.language = language
        scene.contact.save(update_fields=["language"])
        scene.say(ReplyCode.LANGUAGE_SET)
        return True

    return do


def _leave(scene: Scene, argument: str) -> bool:
    following = list(
        Subscription.objects.filter(contact=scene.contact, ended_at=None)
        .order_by("-pk")
        .values_list("series", flat=True)
    )
    known = named(approved_series(), argument) if argument else None
    left = known.id if known else next(iter(following), "")
    if left not in following or (argument and known is None):
        scene.say(ReplyCode.SERIES_UNKNOWN, series=argument[:20])
        return True
    leave(scene, left, known)
    return True


def leave(scene: Scene, series: str, known: Series | None = None) -> None:
    """End one series and say so."""
    end_subscriptions(scene.contact, WhyEnded.LEFT, scene.now, series)
    title = known.title.spoken(scene.contact.language) if known else series
    scene.say(ReplyCode.LEFT_SERIES, OutboxLane.CONFIRMATION, series=title)


def _erase(scene: Scene, argument: str) -> bool:
    erase(scene.contact, channel="text", now=scene.now)
    return True


def _wrong_number(scene: Scene, argument: str) -> bool:
    """A new owner of the number is never greeted with anything about recovery."""
    contact, now = scene.contact, scene.now
    stop_all(
        contact,
        why=Suppressed.WRONG_NUMBER,
        channel="text",
        cause=scene.cause,
        now=now,
        confirm=False,
    )
    blank_texts(contact, now)
    cause = f"stopped:{scene.cause}"
    say(contact, ReplyCode.WRONG_NUMBER, lane=OutboxLane.CONFIRMATION, cause=cause, now=now)
    return True


def _says(code: ReplyCode, lane: OutboxLane = OutboxLane.KEYWORD) -> Does:
    def do(scene: Scene, argument: str) -> bool:
        scene.say(code, lane)
        return True

    return do


def _slip(scene: Scene, argument: str) -> bool:
    scene.say(ReplyCode.SLIP)
    needs_person(scene.contact, Tier.NONE, scene.now)
    return True


_DOES: Mapping[Keyword, Does] = {
    Keyword.START: _start,
    Keyword.YES: _yes,
    Keyword.NO: _no,
    Keyword.HELP: _help,
    Keyword.TALK: _talk,
    Keyword.FIND: find,
    Keyword.CRAVE: _says(ReplyCode.CRAVE),
    Keyword.SLIP: _slip,
    Keyword.MORE: _more,
    Keyword.LESS: _less,
    Keyword.PAUSE: _pause,
    Keyword.RESUME: _resume,
    Keyword.TIME: _time,
    Keyword.SPANISH: _speak("es"),
    Keyword.ENGLISH: _speak("en"),
    Keyword.LEAVE: _leave,
    Keyword.CLEAR: _says(ReplyCode.CLEAR),
    Keyword.LINES: _says(ReplyCode.LINES, OutboxLane.LIVE),
    Keyword.ERASE: _erase,
    Keyword.WRONG_NUMBER: _wrong_number,
}
