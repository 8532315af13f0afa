"""What replaces an audit's report is done one after another, whoever asks for it: each begins with what the one before it left."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable


class Turns:
    """`wait` for a turn, which begins at once where nobody has one, and say when it is `over`."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self.taken = False
        """Somebody has one."""

    def wait(self, begin: Callable[[], None]) -> None:
        self._waiting.append(begin)
        if not self.taken:
            self.over()

    def over(self) -> None:
        self.taken = bool(self._waiting)
        if self._waiting:
            self._waiting.popleft()()
