"""Going on after a failure that may pass: which ones do, how often, and after which pauses (design section 9, back-off)."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.errors import WorldError
from app.sources.imap import bounds

Pause = Callable[[float], None]
"""Waits that many seconds; an interrupt (KeyboardInterrupt) ends it early."""

_TRIES = {
    "server.throttled": bounds.TRIES,
    "server.unavailable": bounds.TRIES,
    "server.limit": bounds.TRIES,
    "server.bye": bounds.RECONNECTS,
    "connection": bounds.RECONNECTS,
    "timeout": 1,
    "proxy.connection": bounds.RECONNECTS,
    "proxy.timeout": 1,
}
"""By code. A silent server has cost a whole timeout already; everything that is not here would fail in the same way again."""


class Persistence:
    """Counts the failures since something was last read."""

    def __init__(self, pause: Pause = time.sleep) -> None:
        self._pause = pause
        self._failures = 0

    def goes_on(self, error: WorldError) -> bool:
        """Whether another try is worth it. A quota (OVERQUOTA, RFC 5530) is used up for hours: pressing on would be rude and in vain."""
        return not error.params.get("quota") and self._failures < _TRIES.get(error.code, 0)

    def wait(self) -> None:
        """Pause before the next try: 1, 2, 4 … seconds."""
        self._pause(min(float(1 << self._failures), bounds.LONGEST_PAUSE))
        self._failures += 1

    def advanced(self) -> None:
        """Something was read: the next failure is the first again."""
        self._failures = 0
