"""How often may be asked: by address and by member, without keeping who either is.

Without a limit, whoever has a list of people could find out who is insured, and where.
"""

import hmac
from collections import OrderedDict, deque
from hashlib import sha256
from threading import Lock

MOST_KEYS = 20_000


class Limit:
    """At most `most` times in `seconds` for each key. Safe to share between threads.

    A key is kept as a keyed digest alone: the key of the digest is made at start and never
    leaves the memory of the process, so what is kept names nobody and ends with the process.
    """

    def __init__(self, key: bytes, most: int, seconds: float) -> None:
        self._key = key
        self._most = most
        self._seconds = seconds
        self._times: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, value: str, now: float) -> float:
        """Seconds until the key may ask again; 0 means now, and is counted.

        `now` is in seconds on a clock that only goes forward.
        """
        digest = hmac.digest(self._key, value.encode(errors="surrogatepass"), sha256)
        with self._lock:
            times = self._times.setdefault(digest, deque())
            self._times.move_to_end(digest)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return times[0] + self._seconds - now
            times.append(now)
            while len(self._times) > MOST_KEYS:
                self._times.popitem(last=False)
        return 0.0
