"""The real program with a hand in its window: python -m tests.ui.driven STORE SOURCE…

What is seen is printed as JSON lines whenever it changes; a line on standard input is something to do, named as in `DEEDS`. The file that `FILE_EVENT`
names is asked for as macOS does it, before there is a window. A first window that does not answer is given a second.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

import ui.main as program
from app.library import Library
from app.model import Decision, DecisionRecord, Report
from ui import unanswered
from ui.application import Application
from ui.audit_view import AuditView
from ui.window import Window


class Hand(QObject):
    """Lines from outside come in another thread and are done in the window's."""

    told = Signal(str)
    window: Window | None = None

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._seen = ""
        self.told.connect(self._do)
        look = QTimer(self)
        look.timeout.connect(self._look)
        look.start(20)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.told.emit(line.rstrip("\n"))

    def _look(self) -> None:
        window = self.window
        if window is None and any(isinstance(each, Window) and each.isVisible() for each in QApplication.topLevelWidgets()):
            return  # all behind the first picture is set up in a moment
        texts = [each.text() for top in QApplication.topLevelWidgets() for each in top.findChildren(QLabel) if each.isVisible() and each.text()]
        run = window.scanning.run if window else None
        engine = run.engine._process.processId() if run else 0
        seen = json.dumps({"screen": type(window.screen_widget).__name__ if window else "", "language": window.say.language if window else "",
                           "texts": texts, "engine": engine,
                           "dialogs": [type(each).__name__ for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window],
                           "minimised": bool(window and window.isMinimized())})  # fmt: skip
        if seen != self._seen:
            self._seen = seen
            print(seen, flush=True)

    def _do(self, line: str) -> None:
        deed, _, word = line.partition(" ")
        DEEDS[deed](self.window, word)  # type: ignore[arg-type]


def fail(window: Window, word: str) -> None:
    raise ValueError(f"sara@firm.example wrote {word!r} from /home/sara")


def fail_in_thread(window: Window, word: str) -> None:
    threading.Thread(target=fail, args=(window, word)).start()


def crash(window: Window, word: str) -> None:
    ctypes.string_at(0)


def told_to_end(window: Window, word: str) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    assert window.isVisible(), "it closed in the midst of something else"


def reject_and_close(window: Window, word: str) -> None:
    view = window.screen_widget
    assert isinstance(view, AuditView)
    for row in view.shown_rows()[: int(word)]:
        view.decided.emit(DecisionRecord(row.domain or "", Decision.REJECTED, "Sara"))
    window.close()


def hold_decisions(window: Window, word: str) -> None:
    """Each is kept only once somebody writes into this pipe."""
    decide = Library.decide

    def late(library: Library, report: Report, records: Iterable[DecisionRecord]) -> Report:
        Path(word).read_bytes()
        return decide(library, report, records)

    Library.decide = late  # type: ignore[method-assign]


def press(window: Window, word: str) -> None:
    found = [each for top in QApplication.topLevelWidgets() for each in top.findChildren(QPushButton) if each.isVisible() and each.text() == word]
    if found:
        found[0].click()
    else:  # one that is being put in place of another
        QTimer.singleShot(20, lambda: press(window, word))


DEEDS: dict[str, Callable[[Window, str], object]] = {
    "fail": fail,
    "fail-in-thread": fail_in_thread,
    "crash": crash,
    "hold-decisions": hold_decisions,
    "press": press,
    "reject-and-close": reject_and_close,
    "show-start": lambda window, _: window.show_start(),
    "told-to-end": told_to_end,
    "minimise": lambda window, _: window.showMinimized(),
    "file-event": lambda window, word: QCoreApplication.sendEvent(QApplication.instance(), QFileOpenEvent(word)),
    "close": lambda window, _: window.close(),
}


def main(store: str, *sources: str) -> int:
    application, compose = program.application, program.compose

    def with_a_hand() -> Application:
        app = application()
        app.hand = Hand(app)  # type: ignore[attr-defined]
        if early := os.environ.get("FILE_EVENT"):
            app.sendEvent(app, QFileOpenEvent(early))
        return app

    def composed(app: QApplication, *words: Path) -> Window:
        window = compose(app, *words)
        window.seen.connect(lambda: QTimer.singleShot(0, lambda: setattr(app.hand, "window", window)))  # type: ignore[attr-defined]  # then all is set up
        return window

    unanswered.PATIENCE = 1.0
    program.application, program.compose = with_a_hand, composed
    return program.open_window(sources, Path(store))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
