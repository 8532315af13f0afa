"""The end of the session or Ctrl+C closes the window as its button would, so that the next start finds everything in order."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


def leave_when_told(parent: QObject, close: Callable[[], object]) -> None:
    """Windows tells a program by its window instead.

    Python would run a handler in the midst of whatever it does, PySide making a type for instance, so ours do nothing: the signal wakes Qt, which closes
    when nothing else is under way.
    """
    if sys.platform == "win32":
        return
    wake, woken = os.pipe()
    for end in (wake, woken):
        os.set_blocking(end, False)
    notifier = QSocketNotifier(wake, QSocketNotifier.Type.Read, parent)
    notifier.activated.connect(lambda *_: os.read(wake, 64) and close())
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, lambda *_: None)
