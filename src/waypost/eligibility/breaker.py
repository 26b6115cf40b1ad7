"""A circuit breaker for each payer: several failures in a row, and it is left alone for a while."""

from threading import Lock

FAILURES = 5
REST = 60.0  # seconds


class Breaker:
    """Counts failures by payer id. The time (seconds, only forward) is passed in.

    After `FAILURES` in a row, a payer rests for `REST` seconds; then one question may try, and its
    outcome decides. Safe to share between threads; forgets when the process ends.
    """

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}
        self._rests_until: dict[str, float] = {}
        self._lock = Lock()

    def rest_left(self, payer_id: str, now: float) -> float:
        """Seconds that the payer still rests; 0 when it may be asked.

        When the rest is over, the first to ask gets 0 and others wait for the outcome.
        """
        with self._lock:
            until = self._rests_until.get(payer_id)
            if until is None:
                return 0.0
            if now < until:
                return until - now
            self._rests_until[payer_id] = now + REST
            return 0.0

    def failed(self, payer_id: str, now: float) -> None:
        """The payer's system did not answer properly."""
        with self._lock:
            count = self._failures.get(payer_id, 0) + 1
            self._failures[payer_id] = count
            if count >= FAILURES:
                self._rests_until[payer_id] = now + REST

    def worked(self, payer_id: str) -> None:
        """The payer's system answered, even if it refused."""
        with self._lock:
            self._failures.pop(payer_id, None)
            self._rests_until.pop(payer_id, None)
