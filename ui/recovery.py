"""After a bad end: says so, shows what was written about it, opens the audit again, offers to go on reading. And keeps what that needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.contain import contained
from app.faults import FaultFolder
from app.i18n import Translation
from ui.announcements import Announcement, Way
from ui.session import Place, Session
from ui.window import Window

ENDED = "bad end"
FAULT = "fault"
ENGINE = "engine fault"


class Recovery(QObject):
    """One for each window, made when its first screen is there. `end` when all is well."""

    def __init__(self, window: Window, session: Session, faults: FaultFolder, versions: str) -> None:
        super().__init__(window)
        self._window, self._session, self._faults, self._versions = window, session, faults, versions
        self._reopened = ""
        self._before = faults.state()
        self._last = session.last()
        session.at(Place())
        window.moved.connect(self._moved)

    def begin(self, sources: Sequence[str], resumed: str = "") -> None:
        """With files to open, the old place is only offered. `resumed`: the source of the audit that is on the screen already."""
        if resumed:
            self._moved("audit", resumed)
        reports = self._faults.collect(self._versions, os.getpid())
        window, last = self._window, self._last
        window.engine_failed.connect(self._engine_failed)
        if last is not None or reports:
            self._tell(last or Place(), reports[-1] if reports else None, opened=self._opens_again(sources))
        if sources:
            window.open_files(list(sources))
        elif last is not None and self._opens_again(sources):
            self._reopened = last.source
            window.open_audit(last.source)

    def end(self) -> None:
        """What comes on the screen from now on, nobody sees."""
        self._window.moved.disconnect(self._moved)
        self._session.end()

    def tell_fault(self, path: Path | None) -> None:
        """An exception that nobody caught; the window has gone on."""
        self._window.announcements.announce(FAULT, Announcement(_fault_sentence, self._report_way(path, FAULT), "warn", "warn"))

    def _opens_again(self, sources: Sequence[str]) -> bool:
        return self._last is not None and self._last.screen == "audit" and not self._last.again and not sources

    def _tell(self, last: Place, report: Path | None, *, opened: bool) -> None:
        ways = list(self._report_way(report, ENDED))
        if last.screen == "scan":
            ways.insert(0, (lambda say: say("Go on reading"), partial(self._on, self._window.accounts.read, last.source)))
        elif last.screen == "audit" and not opened:
            ways.insert(0, (lambda say: say("Open it again"), partial(self._on, self._window.open_audit, last.source)))
        self._window.announcements.announce(ENDED, Announcement(lambda say: _sentence(last, opened, self._window, say), ways, "warn", "warn"))

    def _on(self, act: Callable[[str], None], source: str) -> None:
        self._window.announcements.withdraw(ENDED)
        act(source)

    def _report_way(self, path: Path | None, name: str) -> Sequence[Way]:
        return () if path is None else ((lambda say: say("Show the report"), partial(self._show, path, name)),)

    def _show(self, path: Path, name: str) -> None:
        from ui.fault_dialog import FaultDialog

        self._window.announcements.withdraw(name)
        FaultDialog(self._window.say, self._faults, path, self._window).open()

    def _moved(self, screen: str, source: str) -> None:
        if source != self._reopened:
            self._reopened = ""
        self._session.at(Place(screen, source, bool(self._reopened)))
        if screen == "scan":
            self._before = self._faults.state()

    def _engine_failed(self) -> None:
        self._faults.collect(self._versions, os.getpid())
        new = sorted(self._faults.state() - self._before, key=lambda each: each[1])
        if new:
            path = self._faults.path / new[-1][0]
            self._window.announcements.announce(ENGINE, Announcement(_engine_sentence, self._report_way(path, ENGINE), "warn", "warn"))


def _sentence(last: Place, opened: bool, window: Window, say: Translation) -> str:
    ended = say("Nitaq did not end properly the last time. What was read and decided is kept.")
    if last.screen == "scan":
        after = say("Reading {name} was interrupted and can go on where it stopped.", name=contained(window.title_of(last.source)))
    elif last.screen == "audit":
        after = say("The audit that was open is open again.") if opened else say("An audit was open: {name}", name=contained(window.title_of(last.source)))
    else:
        after = ""
    return f"{ended} {after}".rstrip()


def _fault_sentence(say: Translation) -> str:
    return say("Nitaq made a mistake of its own. It goes on, and nothing was sent. If something looks wrong, start Nitaq again.")


def _engine_sentence(say: Translation) -> str:
    return say("A report of the fault was written on this computer. It holds no mail and no address, and it is not sent.")
