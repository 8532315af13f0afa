"""The end of standard input cancels: how the window, which holds the other end, stops an audit."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

GRACE = 0.3
"""Seconds in which the batch in hand may be finished; then whatever goes on is interrupted; after as many again the process ends as it is,
which the store survives."""


def listen_for_signals() -> None:
    """SIGTERM interrupts like SIGINT: as a KeyboardInterrupt in the main thread."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


class EndOfInput:
    """Watches a stream from a thread of its own; call it to know whether the end has come."""

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
        for more_firmly in (_interrupt, self._give_up):
            if self._done.wait(GRACE):
                return
            more_firmly()


def _interrupt() -> None:
    """Raise KeyboardInterrupt in the main thread, which may be waiting for the network."""
    if sys.platform == "win32":
        _thread.interrupt_main(signal.SIGTERM)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
