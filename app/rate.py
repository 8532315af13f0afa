"""How fast a scan goes, and how long it will go on: said only once there is enough to go by."""

from __future__ import annotations

from collections import deque

WINDOW = 20.0
"""Seconds over which the rate is measured."""
ENOUGH = 3.0
"""Seconds of measuring before a remaining time is more than a guess."""


class Rate:
    """Told how many messages are done each time that some are."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def tell(self, now: float, done: int) -> None:
        """`now` in seconds; a clock that is set back begins anew."""
        if self._seen and now < self._seen[-1][0]:
            self._seen.clear()
        self._seen.append((now, done))
        while now - self._seen[0][0] > WINDOW:
            self._seen.popleft()

    @property
    def per_second(self) -> float | None:
        """Messages a second lately; None until there is enough to say so, and where nothing moves."""
        if len(self._seen) < 2:
            return None
        (start, first), (now, last) = self._seen[0], self._seen[-1]
        return (last - first) / (now - start) if now - start >= ENOUGH and last > first else None

    def left(self, total: int) -> float | None:
        """Seconds until `total` messages are done; None while nobody can know."""
        rate = self.per_second
        return (total - self._seen[-1][1]) / rate if rate and total > self._seen[-1][1] else None
