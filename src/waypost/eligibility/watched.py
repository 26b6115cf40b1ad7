"""A question that is watched while it is on its way: how far it is, how long it may still take."""

import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from waypost.eligibility.ask import AskStage
from waypost.eligibility.outcome import Outcome, OutcomeWhy, Unavailable

log = logging.getLogger(__name__)
Tell = Callable[[AskStage, float], None]


@dataclass(frozen=True, slots=True)
class WatchedStep:
    """How far it is; `left` are the seconds that it may still take at most."""

    stage: AskStage
    left: float


def watched(
    question: Callable[[Tell], Outcome],
    left: Callable[[], float],
    done: Callable[[], None],
    beat: float,
) -> Iterator[WatchedStep | Outcome]:
    """Ask in a thread of its own; give each step, one more each `beat` seconds, the outcome last.

    `done` is called when the question has ended, even when nobody watches any more.
    """
    steps: SimpleQueue[WatchedStep | Outcome] = SimpleQueue()

    def run() -> None:
        try:
            steps.put(question(lambda stage, seconds: steps.put(WatchedStep(stage, seconds))))
        except Exception as error:  # a fault of ours: where, never what, for values name people
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("A live question failed with %s:\n%s", type(error).__name__, where)
            steps.put(Unavailable(OutcomeWhy.FAULT))
        finally:
            done()

    Thread(target=run, name="live question", daemon=True).start()
    stage = AskStage.ASKING
    while True:
        try:
            step = steps.get(timeout=beat)
        except Empty:
            yield WatchedStep(stage, left())
            continue
        yield step
        if not isinstance(step, WatchedStep):
            return
        stage = step.stage
