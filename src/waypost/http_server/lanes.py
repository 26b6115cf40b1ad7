"""Threads in which views run, in lanes: what waits for others does not hold up what computes."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

Result = TypeVar("Result")


class Busy(Exception):
    """More requests wait for a thread than should."""


class _Work(NamedTuple):
    call: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


class Lane:
    """A few threads with a queue of its own.

    The threads are daemons: a view that hangs does not keep the process from ending.
    """

    def __init__(self, name: str, threads: int, most_waiting: int) -> None:
        self._threads = threads
        self._most_waiting = most_waiting
        self._waiting = 0
        self._works: SimpleQueue[_Work] = SimpleQueue()
        self._started: dict[int, float] = {}
        for number in range(threads):
            target = threading.Thread(target=self._serve, args=(number,), daemon=True)
            target.name = f"{name}-{number}"
            target.start()

    async def run(self, call: Callable[[], Result], *, patient: bool = False) -> Result:
        """What the call returns or raises, made in a thread of this lane.

        What belongs to an answer that has begun is ``patient`` and never turned away.

        Raises:
            Busy: too many calls wait already.
        """
        if self._waiting >= self._most_waiting and not patient:
            raise Busy
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._waiting += 1
        try:
            self._works.put(_Work(call, loop, future))
            return await future
        finally:
            self._waiting -= 1

    def is_busy(self) -> bool:
        """Whether a call would have to wait for a thread."""
        return self._waiting >= self._threads

    def longest(self) -> float:
        """Seconds for which the oldest running call has been running; 0 where none is."""
        now = time.monotonic()
        return max((now - begun for begun in tuple(self._started.values())), default=0.0)

    def _serve(self, number: int) -> None:
        while True:
            work = self._works.get()
            if work.future.cancelled():  # the client has gone
                continue
            self._started[number] = time.monotonic()
            try:
                done: Callable[[], None] = _result(work.future, work.call())
            except BaseException as error:
                done = _failure(work.future, error)
            finally:
                del self._started[number]
            try:
                work.loop.call_soon_threadsafe(done)
            except RuntimeError:  # the loop has ended: the process is stopping
                return


def _result(future: asyncio.Future[Any], value: Any) -> Callable[[], None]:
    return lambda: None if future.done() else future.set_result(value)


def _failure(future: asyncio.Future[Any], error: BaseException) -> Callable[[], None]:
    return lambda: None if future.done() else future.set_exception(error)
