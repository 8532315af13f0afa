"""What can be done with a finished audit: other own domains, another server to believe, a message's header, an export. Outlives the screen that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.audit_key import sources_of
from app.errors import NitaqError
from app.excerpt import Choices, chosen, only
from app.i18n import Translation
from app.model import DomainRow, Example, Report
from app.review import looked_through, needing_a_look
from app.several import owner_of_message
from ui.ports import Services
from ui.sentences import in_words
from ui.task import in_background

if TYPE_CHECKING:
    from ui.account_actions import AccountActions
    from ui.audit_view import AuditState


class AuditActions(QObject):
    """Emits `judged` after the audit's report was replaced, and `told` with a sentence, its tone, and the path of a file that was written or None."""

    judged = Signal()
    folders = Signal(object)
    """Which domains wrote into each folder."""
    told = Signal(str, str, object)
    opened = Signal(object)
    """The report of an earlier audit, to be shown as it was."""

    def __init__(self, say: Translation, services: Services, accounts: AccountActions, state: AuditState, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._accounts, self._state, self._window = say, services, accounts, state, window

    def edit_own_domains(self) -> None:
        from ui.own_domains import OwnDomainsDialog

        dialog = OwnDomainsDialog(self._say, self._state.report.scope.own_domains, self._window)
        dialog.chosen.connect(self._reassess)
        dialog.open()

    def show_border(self) -> None:
        from ui.border_panel import BorderPanel

        scope, fixed = self._state.report.scope, self._state.live is not None
        panel = BorderPanel(self._say, scope.border, self._window, several=len(scope.sources) > 1, fixed=fixed)
        panel.chosen.connect(self._believe)
        panel.open()

    def show_header(self, example: Example) -> None:
        """Fetched from the mailbox again, with the password where one is needed."""
        from ui.message_header import HeaderDialog

        source, id = owner_of_message(example.id, sources_of(self._state.source))
        account, wanted = self._services.audits.account(source), replace(example, id=id)
        self._accounts.with_secret(account, lambda secret, _: HeaderDialog(self._say, self._services, account, wanted, secret, self._window).open())

    def find_folders(self) -> None:
        """Once for an audit: decisions change nothing of it."""
        state, audits = self._state, self._services.audits
        if state.folders is not None:
            self.folders.emit(state.folders)
            return
        in_background(self, lambda: audits.folders(state.source), self._found, self._failed)

    def _found(self, folders: Mapping[str, frozenset[str]]) -> None:
        self._state.folders = folders
        self.folders.emit(folders)

    def _reassess(self, domains: tuple[str, ...]) -> None:
        audits = self._services.audits
        self._judge(lambda report: audits.with_own_domains(report, domains), self._say("Judged again with the new own domains."))

    def _believe(self, servers: tuple[str, ...]) -> None:
        audits = self._services.audits
        said = self._say("From now on only these servers are believed.") if servers else self._say("The believed server was learned again.")
        self._judge(lambda report: audits.with_servers(report, servers), said)

    def _judge(self, work: Callable[[Report], Report], said: str) -> None:
        state = self._state
        state.turns.wait(lambda: in_background(self, lambda: looked_through(work(state.report)), lambda report: self._judged(report, said), self._not_judged))

    def _not_judged(self, error: NitaqError) -> None:
        self._failed(error)
        self._state.turns.over()

    def _failed(self, error: NitaqError) -> None:
        self.told.emit(in_words(error, self._say), "bad", None)

    def _judged(self, report: Report, said: str) -> None:
        self._state.report = report
        self.judged.emit()
        self.told.emit(said, "good", None)
        self._state.turns.over()

    def show_audits(self) -> None:
        from ui.past_audits import PastAudits

        self.past = PastAudits(self._say, self._services, self._state.source, self._state.title, self._window)
        self.past.told.connect(self.told)
        self.past.opened.connect(self.opened)
        self.past.show()

    def export(self, shown: Sequence[DomainRow]) -> None:
        """Ask what goes into the report and where it is saved. `shown`: the rows that the table shows now."""
        from ui.export_choices import ExportChoices

        rows = self._state.report.domains
        self.choosing = ExportChoices(self._say, len(shown), len(needing_a_look(self._state.report)), len(rows), self._window)
        self.choosing.chosen.connect(lambda choices, as_shown, language: self._export(choices, shown if as_shown else rows, language))
        self.choosing.open()

    def _export(self, choices: Choices, rows: Sequence[DomainRow], language: str) -> None:
        from ui.export import ExportAction

        services, report = self._services, self._state.report

        def write(path: Path) -> None:
            services.export(chosen(only(report, rows), choices, token_bytes(32)), path, Translation(language, self._say.digits))

        title = "" if choices.redacted else self._state.title  # which can be somebody's address
        self.exporting = ExportAction(self._say, services.exporters(), write, report.created, title, self._window)
        self.exporting.finished.connect(self.told)
        self.exporting.start()
