"""What is done in the list of a mailbox's audits: each is loaded in the background, and what changed is written to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.compare import Comparison, Seen
from app.compare_text import as_they_were, caveats, sections, summed_up
from app.i18n import Translation, mark
from app.model import AuditEntry, Report
from ui.audits import AuditsDialog
from ui.changes import Changes
from ui.export import ExportAction
from ui.ports import Services
from ui.sentences import in_words
from ui.task import in_background
from ui.words import day


@dataclass(frozen=True, slots=True)
class _Page:
    suffix: str = ".html"
    title: str = mark("Report to read, print and sign (HTML)")


class PastAudits(QObject):
    """Emits `told` with a sentence, its tone, and the path of a file that was written or None; and `opened` with the report of an audit as it was."""

    told = Signal(str, str, object)
    opened = Signal(object)

    def __init__(self, say: Translation, services: Services, source: str, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._source, self._title, self._window = say, services, source, title, window
        self._comparison: Comparison | None = None
        self._entries: dict[int, AuditEntry] = {}
        self.dialog: AuditsDialog | None = None

    def show(self) -> None:
        self._work(lambda: self._services.audits.history(self._source), self._listed)

    def _listed(self, entries: tuple[AuditEntry, ...]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self.dialog = AuditsDialog(self._say, self._title, entries, self._window)
        self.dialog.opened.connect(self._open)
        self.dialog.compared.connect(self._compare)
        self.dialog.saved.connect(self._save)
        self.dialog.finished.connect(lambda _: self._closed())
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _open(self, id: int) -> None:
        audits = self._services.audits
        self._work(lambda: audits.as_it_was(id) or audits.domains_of(id), lambda found: self._opened(found, self._entries[id]))

    def _opened(self, found: Report | Sequence[Seen], entry: AuditEntry) -> None:
        """The whole audit; or its domains alone, where the rules of another version judged it."""
        say = self._say
        if not isinstance(found, Report):
            title = say("The audit as it was on {day}", day=day(entry.created, say))
            lead = say("It was judged by the rules of another version of Nitaq, whose findings meant something else. So only its domains are shown.")
            self._show(Changes(say, title, lead, [as_they_were(found, say)], can_be_saved=False))
        elif self.dialog is not None:
            self.dialog.accept()
            self.opened.emit(found)

    def _compare(self, earlier: int, later: int) -> None:
        self._work(lambda: self._services.audits.compared(earlier, later), self._compared)

    def _compared(self, comparison: Comparison) -> None:
        say, self._comparison = self._say, comparison
        title = say("What changed between two audits")
        self._show(Changes(say, title, summed_up(comparison, say), sections(comparison, say), caveats(comparison, say)))

    def _show(self, changes: Changes) -> None:
        if self.dialog is not None:
            self.dialog.show_changes(changes)

    def _save(self) -> None:
        comparison, services = self._comparison, self._services
        if comparison is None or self.dialog is None:
            return
        created = max(entry.created for entry in self._entries.values())
        title = self._say("What changed between two audits")
        say = self._say
        self.exporting = ExportAction(
            say, (_Page(),), lambda path: services.write_comparison(comparison, path, say), created, f"{self._title}-{title}", self.dialog
        )
        self.exporting.finished.connect(self._saved)
        self.exporting.start()

    def _saved(self, sentence: str, tone: str, path: object) -> None:
        """It is said on the audit, which is behind the list."""
        if self.dialog is not None:
            self.dialog.accept()
        self.told.emit(sentence, tone, path)

    def _work(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        in_background(self, work, done, lambda error: self.told.emit(in_words(error, self._say), "bad", None))
