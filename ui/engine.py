"""The scan as a process of its own: this same program, headless. It writes JSON lines; this reads them and tells the window."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from app.model import ScanStatus

LINE_LIMIT = 64 * 1024
"""Octets of one line; what is longer is no line of ours and is passed over."""
PATIENCE = 15_000
"""Milliseconds that a cancelled engine has to commit its batch before it is ended."""


@dataclass(frozen=True, slots=True)
class ScanOrder:
    """What the user asked for. Own domains None: the engine uses what is known of the account."""

    source: str
    folders: tuple[str, ...] = ()
    since: date | None = None
    own_domains: tuple[str, ...] | None = None
    secret: str | None = field(default=None, repr=False)
    """Goes to the engine's standard input, never onto a command line; None: the engine needs none or finds it in the keyring."""
    ca_file: str = ""
    auth: str = "password"
    """As `--auth` takes it."""
    subjects: bool = True
    """Keep the subjects of example messages."""
    others: tuple[str, ...] = ()
    """Other people's and shared mailboxes that are read as well."""

    def words(self, store: Path) -> list[str]:
        words = ["audit", self.source, "--store", str(store), "--progress", "json", "--cancel-on-eof"]
        if self.secret is not None:
            words.append("--secret-stdin")
        if not self.subjects:
            words.append("--no-subjects")
        if self.auth != "password":
            words += ["--auth", self.auth]
        for folder in self.folders:
            words += ["--folder", folder]
        for mailbox in self.others:
            words += ["--also", mailbox]
        if self.since:
            words += ["--since", self.since.isoformat()]
        if self.ca_file:
            words += ["--ca", self.ca_file]
        for domain in self.own_domains or ():
            words += ["--own", domain]
        return words


@dataclass(frozen=True, slots=True)
class End:
    """How a scan ended, as the last line says."""

    status: ScanStatus
    code: str | None = None
    messages: int = 0
    missing: int = 0
    unreadable: int = 0

    @property
    def complete(self) -> bool:
        return self.status is ScanStatus.COMPLETE

    @property
    def failed(self) -> bool:
        return self.status in (ScanStatus.ERROR, ScanStatus.REFUSED)

    @property
    def at_fault(self) -> bool:
        """The engine itself failed, not the mailbox or the way to it."""
        return self.code in ("engine.crashed", "program.fault")


class Engine(QObject):
    """One run of the engine. Never blocks; `ended` comes exactly once, also when the process crashes or cannot start."""

    progressed = Signal(str, int, int)
    """The folder in hand, and of all folders the messages done and the messages in all, as far as is known."""
    paced = Signal(object, object)
    """Behind it: messages a second, and seconds left; None until they are known."""
    warned = Signal(str, dict)
    ended = Signal(object)
    """An `End`."""

    def __init__(self, command: tuple[str, ...], folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = command
        self._cancelled = False
        self._end: End | None = None
        self._told = False
        self._buffer = bytearray()
        self._skipping = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._lose_patience)
        self._process = QProcess(self)
        self._process.setWorkingDirectory(str(folder))
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

    def start(self, order: ScanOrder, store: Path) -> None:
        self._process.start(self._command[0], [*self._command[1:], *order.words(store)])
        if order.secret is not None:
            self._process.write(order.secret.split("\n")[0].encode() + b"\n")

    def cancel(self) -> None:
        """Ask the engine to stop: the end of its standard input. The batch in hand is still committed."""
        if not self._cancelled and self.running:
            self._cancelled = True
            self._process.closeWriteChannel()
            self._patience.start(PATIENCE)

    @property
    def running(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    def stop(self, milliseconds: int = 3000) -> None:
        """When the window closes: cancel, wait a little, then end the process. What was committed stays."""
        self.cancel()
        if self.running and not self._process.waitForFinished(milliseconds):
            self._process.kill()
            self._process.waitForFinished(1000)

    def _lose_patience(self) -> None:
        self._process.kill()

    # What the process says ---------------------------------------------------------------------------------------

    def _read(self) -> None:
        data = bytes(self._process.readAllStandardOutput().data())
        *lines, rest = data.split(b"\n")
        for line in lines:
            if not self._skipping and len(self._buffer) + len(line) <= LINE_LIMIT:
                self._line(bytes(self._buffer) + line)
            self._buffer.clear()
            self._skipping = False
        if len(self._buffer) + len(rest) > LINE_LIMIT:
            self._buffer.clear()
            self._skipping = True
        elif not self._skipping:
            self._buffer += rest

    def _line(self, line: bytes) -> None:
        """Tell what a line says; what is no line of the interface is ignored."""
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(event, dict):
            return
        match event.get("event"):
            case "progress":
                self.progressed.emit(str(event.get("folder", "")), _number(event, "done"), _number(event, "total"))
                self.paced.emit(_quantity(event, "rate"), _quantity(event, "left"))
            case "warning":
                params = event.get("params")
                self.warned.emit(str(event.get("code", "")), params if isinstance(params, dict) else {})
            case "end":
                self._end = _end(event)

    def _finished(self, exit_code: int, exit_status: QProcess.ExitStatus) -> None:
        self._patience.stop()
        self._read()
        if self._end is not None:
            self._tell(self._end)
        elif self._cancelled:
            self._tell(End(ScanStatus.CANCELLED))
        else:
            self._tell(End(ScanStatus.ERROR, "engine.crashed"))

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._tell(End(ScanStatus.ERROR, "engine.crashed"))

    def _tell(self, end: End) -> None:
        if not self._told:
            self._told = True
            self.ended.emit(end)


def _end(event: Mapping[str, object]) -> End:
    status, code = event.get("status"), event.get("code")
    known = next((each for each in ScanStatus if each == status), ScanStatus.ERROR)
    return End(known, str(code) if code else None, _number(event, "messages"), _number(event, "missing"), _number(event, "unreadable"))


def _number(event: Mapping[str, object], name: str) -> int:
    value = event.get(name)
    return min(max(value, 0), 2**31 - 1) if isinstance(value, int) else 0


def _quantity(event: Mapping[str, object], name: str) -> float | None:
    value = event.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 2**31 else None
