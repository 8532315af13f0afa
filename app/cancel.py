"""The end of standard input cancels: how the window, which holds the other end, stops an audit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import BinaryIO

GRACE = 0.8
"""Seconds in which the batch in hand may be finished; after that the process ends as it is, which the store survives."""


class EndOfInput:
    """Watches a stream from a thread of its own."""

    def __init__(self, stream: BinaryIO, give_up: Callable[[], None]) -> None:
        self._event = threading.Event()
        self._done = threading.Event()
        self._stream = stream
        self._give_up = give_up
        threading.Thread(target=self._watch, daemon=True).start()

    def __call__(self) -> bool:
        return self._event.is_set()

    def finished(self) -> None:
        """The audit ended by itself; nothing is given up any more."""
        self._done.set()

    def _watch(self) -> None:
        while self._stream.read(4096):
            pass
        self._event.set()
        if not self._done.wait(GRACE):
            self._give_up()
