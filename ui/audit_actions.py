"""What can be done with a finished audit: other own domains, and an export. Outlives the screen that shows the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Translation
from app.model import Report
from ui.ports import Services
from ui.sentences import in_words
from ui.task import Task

if TYPE_CHECKING:
    from ui.audit_view import AuditState


class AuditActions(QObject):
    """Emits `judged` after the audit's report was replaced, and `told` with a sentence and its tone."""

    judged = Signal()
    told = Signal(str, str)

    def __init__(self, say: Translation, services: Services, state: AuditState, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._state, self._window = say, services, state, window

    def edit_own_domains(self) -> None:
        from ui.own_domains import OwnDomainsDialog

        dialog = OwnDomainsDialog(self._say, self._state.report.scope.own_domains, self._window)
        dialog.chosen.connect(self._reassess)
        dialog.open()

    def _reassess(self, domains: tuple[str, ...]) -> None:
        report = self._state.report
        task = Task(lambda: self._services.audits.with_own_domains(report, domains), self)
        task.done.connect(self._judged)
        task.failed.connect(lambda error: self.told.emit(in_words(error, self._say), "bad"))
        task.start()

    def _judged(self, report: Report) -> None:
        self._state.report = report
        self.judged.emit()
        self.told.emit(self._say("Judged again with the new own domains."), "good")

    def export(self) -> None:
        from ui.export import ExportAction

        services, state = self._services, self._state
        self.exporting = ExportAction(self._say, services.exporters, services.export, state.report, state.title, self._window)
        self.exporting.finished.connect(lambda text, tone, _: self.told.emit(text, tone))
        self.exporting.start()
