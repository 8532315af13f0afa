"""Forgetting an account: look for all that is kept of it, ask, let it go, look again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Translation
from app.model import Remains, Traces
from ui import arrangement
from ui.forget import ForgetDialog, what_was_found
from ui.given_secrets import GivenSecrets
from ui.ports import Services
from ui.task import in_background


class ForgetActions(QObject):
    """Emits `forgotten` with a sentence and its tone, or `failed` with a `NitaqError`."""

    forgotten = Signal(str, str)
    failed = Signal(object)

    def __init__(self, say: Translation, services: Services, given: GivenSecrets, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._given, self._window = say, services, given, window
        self.dialog: ForgetDialog | None = None

    def ask(self, source: str, name: str) -> None:
        """Show what would go; `name` is what the user calls it."""
        from app.forget import traces_of

        services = self._services
        self._in_background(lambda: traces_of(source, services.audits, services.secrets), lambda traces: self._ask(traces, name))

    def _ask(self, traces: Traces, name: str) -> None:
        self.dialog = ForgetDialog(self._say, name, traces, self._window)
        self.dialog.agreed.connect(lambda decisions: self._forget(traces, name, decisions=decisions))
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _forget(self, traces: Traces, name: str, *, decisions: bool) -> None:
        from app.forget import forget

        services = self._services

        def told(remains: Remains) -> None:
            self._given.forget(traces.source)
            self.forgotten.emit(*what_was_found(name, remains, self._say))

        arrangement.forget(traces.source, services.preferences)
        self._in_background(lambda: forget(traces, services.audits, services.secrets, services.tokens, decisions=decisions), told)

    def _in_background(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        in_background(self, work, done, self.failed.emit)
