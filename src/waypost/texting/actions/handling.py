"""Acts on a text in its order: crisis, opt-out, keyword, series, person."""

from __future__ import annotations

import logging
import time
from contextlib import nullcontext, suppress
from datetime import datetime
from functools import lru_cache

from waypost.texting.actions.cases import open_or_raise
from waypost.texting.actions.conversations import needs_person, puts_in_queue
from waypost.texting.actions.keywords import act_on, find, leave
from waypost.texting.actions.outbox import drop_queued
from waypost.texting.actions.scene import Finder, Scene, scene_of
from waypost.texting.actions.stopping import stop_all
from waypost.texting.actions.subscriptions import answer_check_in, asked, pause
from waypost.texting.actions.turns import alone_with, writing
from waypost.texting.crisis.first_look import STOPS, asks_to_stop
from waypost.texting.crisis.model_port import named_model, raised
from waypost.texting.crisis.tiers import VERSION, CrisisSigns, Tier, classify, get_ready
from waypost.texting.find_by_text import asks_to_find
from waypost.texting.lanes import AUTOMATED, Dropped, OutboxLane
from waypost.texting.loops import joined_parts
from waypost.texting.models import HeardText, OutboxRow, TextContact
from waypost.texting.queries.contacts import is_suppressed, open_case
from waypost.texting.queries.roster import somebody_answers
from waypost.texting.queries.sealed import FIND, opened, operator
from waypost.texting.standing import Suppressed
from waypost.texting.words.keywords import Keyword, KeywordAsked, keyword
from waypost.texting.words.opting import OptOut, opting
from waypost.texting.words.replies import ReplyCode

log = logging.getLogger(__name__)
SLOW_SECONDS = 0.5
UNSURE_DAYS = 30
CASE_FROM = (Tier.IMMINENT, Tier.HIGH)
"""Tiers that open a case; a concern only sorts the queue."""
IN_A_CASE = frozenset({Keyword.LINES, Keyword.HELP, Keyword.TALK, Keyword.SPANISH, Keyword.ERASE})
"""Keywords that still work while a case is open; everything else is for the person who answers."""


def handle(*, number: int, now: datetime, find_care: Finder | None = None) -> None:
    """Act on a stored text, once, in one transaction; a second time changes nothing.

    It is read for danger, and programs are looked up, before the transaction, which on SQLite holds
    up every other writer.
    """
    row = HeardText.objects.select_related("contact").get(pk=number)
    scene = scene_of(row, now, find_care)
    signs = signs_of(scene)
    if signs.tier not in CASE_FROM:
        _look_up(scene)
    stops = asks_to_stop(scene.text, row.contact.language)
    alone = alone_with(row.contact_id) if stops else nullcontext()
    with alone, writing():
        _handle(scene, signs)


def _look_up(scene: Scene) -> None:
    """Ask for programs now, if the text may be a question for them; the answer is kept.

    A fault is left to the call that needs the answer.
    """
    if scene.find is None:
        return
    word, after, question = keyword(scene.text, scene.contact.language), "", ""
    if word is None and asks_to_find(scene.text):
        question = scene.text
    elif word is not None and word.keyword is Keyword.FIND:
        question = word.argument
    elif word is not None and word.keyword is Keyword.MORE:
        after, _, question = opened(scene.contact.find_question, FIND).partition("\n")
    if question.strip():
        scene.find = lru_cache(maxsize=1)(scene.find)
        with suppress(Exception):
            scene.find(question, scene.contact.language, after, scene.contact.discreet)


def _handle(scene: Scene, signs: CrisisSigns) -> None:
    rows = HeardText.objects.select_for_update().select_related("contact")
    heard = rows.get(pk=scene.heard.pk)
    if heard.handled_at is not None:
        return
    scene.heard, scene.contact = heard, heard.contact  # as they are now that nobody else writes
    heard.tier, heard.rules = int(signs.tier), VERSION
    heard.reasons = " ".join(signs.reasons)[:200]
    heard.handled_as = _act(scene, signs)
    heard.handled_at = scene.now
    heard.save(update_fields=["tier", "rules", "reasons", "handled_as", "handled_at"])


def signs_of(scene: Scene) -> CrisisSigns:
    """What the rules say of a text, or the operator's own model, where it says graver."""
    model = named_model(operator().danger_model)
    return raised(_signs_by_rule(scene), model, scene.text, scene.contact.language)


def _signs_by_rule(scene: Scene) -> CrisisSigns:
    """The most urgent signs of the text alone, after the ones before, and joined to its parts.

    A classifier that fails or is slow counts as tier 1, never as no danger.
    """
    earlier = [text for _, text in scene.earlier]
    joined = joined_parts(scene.text, scene.heard.at, scene.earlier)
    language = scene.contact.language
    get_ready()  # once a process: the first text is not slow for the reading of files
    begun = time.monotonic()
    try:
        signs = [
            classify(text, earlier=earlier, language=language)
            for text in dict.fromkeys((scene.text, *joined))
        ]
    except Exception:
        log.exception("The crisis rules failed on heard text %s.", scene.heard.pk)
        return CrisisSigns(Tier.HIGH, ("classifier-failed",))
    worst = min(signs, key=lambda sign: sign.tier)
    if time.monotonic() - begun > SLOW_SECONDS and worst.tier > Tier.HIGH:
        return CrisisSigns(Tier.HIGH, (*worst.reasons, "classifier-slow"), worst.exits)
    return worst


def _act(scene: Scene, signs: CrisisSigns) -> str:  # noqa: PLR0911 - the order is the rule
    language = scene.contact.language
    if signs.tier not in CASE_FROM and scene.is_again():
        return "again"
    in_danger = signs.tier in CASE_FROM
    if in_danger:
        open_or_raise(scene.contact, signs, cause=scene.cause, now=scene.now)
    word = keyword(scene.text, language)
    if word is not None and word.keyword in STOPS and act_on(scene, word):
        return word.keyword.value
    wish = opting(scene.text, language)
    if wish is OptOut.UNSURE and _says_no(scene, word):
        return Keyword.NO.value
    if wish is not None and _stop(scene, wish, in_danger=in_danger):
        return "opt-out"
    if in_danger:
        return "crisis"
    case = open_case(scene.contact.pk)
    if case is not None and not (word and word.keyword in IN_A_CASE):
        return _to_case(scene, signs, Tier(case.tier))
    suppressed = is_suppressed(scene.contact.number_digest)
    if suppressed and not (word and word.keyword in (Keyword.START, Keyword.LINES)):
        return _to_person(scene, signs, silent=True)
    if word is not None and act_on(scene, word):
        return word.keyword.value
    if asks_to_find(scene.text):
        find(scene, scene.text)
        return "find"
    if case is not None:
        return _to_case(scene, signs, Tier(case.tier))
    return _to_person(scene, signs, silent=suppressed)


def _says_no(scene: Scene, word: KeywordAsked | None) -> bool:
    """Whether "no thanks" answers a check-in that waits, and is no wish to be left alone."""
    return word is not None and word.keyword is Keyword.NO and act_on(scene, word)


def _stop(scene: Scene, wish: OptOut, *, in_danger: bool) -> bool:
    """Act on an opt-out; False where nothing was there to leave."""
    contact, now = scene.contact, scene.now
    series = _last_series(contact) if wish is OptOut.SERIES else ""
    if series:
        leave(scene, series)
        return True
    if wish is OptOut.UNSURE:
        pause(contact, UNSURE_DAYS, now)
        drop_queued(contact, AUTOMATED, Dropped.PAUSED)
        needs_person(contact, Tier.NONE, now)
        if not in_danger:
            scene.say(ReplyCode.STOP_UNSURE, OutboxLane.CONFIRMATION)
        return not in_danger
    stop_all(
        contact,
        why=Suppressed.STOP,
        channel="text",
        cause=scene.cause,
        now=now,
        confirm=not _answered_by_carrier(scene),
    )
    return True


def _answered_by_carrier(scene: Scene) -> bool:
    """Whether the carrier confirms a bare STOP by itself."""
    account = next((a for a in operator().accounts if a.id == scene.heard.account), None)
    single = len(scene.text.split()) == 1
    return account is not None and account.answers_stop and single


def _last_series(contact: TextContact) -> str:
    """The series that wrote last; '' where none did."""
    rows = OutboxRow.objects.filter(
        contact=contact, lane=OutboxLane.SERIES, cause__startswith="series:"
    )
    cause = rows.order_by("-pk").values_list("cause", flat=True).first()
    if cause is None:
        return ""
    number = int(cause.split(":")[1])
    kept = contact.subscriptions.filter(pk=number, ended_at=None)
    return kept.values_list("series", flat=True).first() or ""


def _to_case(scene: Scene, signs: CrisisSigns, tier: Tier) -> str:
    """Into the queue, and to the open case, whose tier it keeps."""
    _ask_for_person(scene, signs)
    known = CrisisSigns(tier, signs.reasons)
    open_or_raise(scene.contact, known, cause=scene.cause, now=scene.now)
    return "person"


def _to_person(scene: Scene, signs: CrisisSigns, *, silent: bool = False) -> str:
    """Into the queue; the first text of a wait is answered with when a person will see it.

    ``silent`` where the number is not to be texted.
    """
    began_waiting = _ask_for_person(scene, signs)
    if began_waiting and not silent:
        if signs.tier is Tier.CONCERN:
            scene.say(ReplyCode.CONCERN, OutboxLane.LIVE)
        else:
            here = somebody_answers(scene.now)
            scene.say(ReplyCode.PERSON_NOW if here else ReplyCode.PERSON_LATER, OutboxLane.LIVE)
    return "person"


def _ask_for_person(scene: Scene, signs: CrisisSigns) -> bool:
    """Put the contact into the queue; whether they wait only from now on."""
    contact, now = scene.contact, scene.now
    waiting_check = asked(contact, now)
    if waiting_check is not None:
        answer_check_in(waiting_check, needs_help=True, now=now)
    _, began_waiting = puts_in_queue(contact, signs.tier, now)
    return began_waiting
