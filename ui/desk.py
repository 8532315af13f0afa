"""What a reviewer does with an audit: decisions and exceptions are kept and the audit is judged again, one after another, in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.bulk import Made
from app.errors import NitaqError
from app.i18n import Translation
from app.library import PUT_OFF
from app.model import Decision, DecisionRecord, DomainRow, Report, Skip
from app.review import looked_through
from ui.ports import Services
from ui.task import in_background

if TYPE_CHECKING:
    from app.bulk import Together
    from app.reach import Reach
    from ui.audit_view import AuditState
    from ui.domain_filter import DomainFilter
    from ui.exceptions import ExceptionsDialog

REVIEWER = "reviewer"
"""The setting that keeps the reviewer's name."""
AT_ONCE = 300
"""Milliseconds within which judging again needs no words."""


class Desk(QObject):
    """Emits `judged` after the audit's report was replaced, and `failed` with a `NitaqError`."""

    judged = Signal()
    failed = Signal(object)
    judging = Signal(bool)
    """Judging again takes long enough to be told of; or it has ended."""
    wanted = Signal(object)
    """A `DomainFilter` that the table is to show."""
    recorded = Signal(int)
    """Decisions were made together, and `state.together` takes them back (0); or so many were taken back."""

    def __init__(self, say: Translation, services: Services, state: AuditState, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self.state, self._window = say, services, state, window
        self.register: ExceptionsDialog | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(lambda: self.judging.emit(True))

    # Decisions ---------------------------------------------------------------------------------------------------

    def decide(self, record: DecisionRecord, taken: Callable[[], None] = lambda: None) -> None:
        """Keep a decision in the reviewer's name, which is asked for where it is not known; `taken` is called once it is accepted."""
        if record.by or record.decision is Decision.UNREVIEWED:
            self._keep(record, taken)
        else:
            self._signed(lambda name: self._keep(replace(record, by=name), taken))

    def decide_together(self, chosen: Together, reason: str, until: date | None) -> None:
        """Keep one decision about many names, in the reviewer's name; `recorded` follows."""

        def keep(name: str) -> None:
            records = [replace(record, by=name) for record in chosen.records(reason=reason, until=until)]
            self._change(lambda report: self._services.audits.decide(report, records), lambda: self._recorded(tuple(map(Made, records, chosen.undone())), 0))

        self._signed(keep)

    def take_back(self, made: Sequence[Made]) -> None:
        """Undo what was decided together."""
        before = [each.before for each in made]
        self._change(lambda report: self._services.audits.decide(report, before), lambda: self._recorded((), len(before)))

    def _recorded(self, undo: tuple[Made, ...], taken_back: int) -> None:
        self.state.together = undo
        self.recorded.emit(taken_back)

    def _signed(self, keep: Callable[[str], None]) -> None:
        """With the reviewer's name, which is asked for where it is not known."""
        name = self.reviewer()
        if name:
            keep(name)
        else:
            self.ask_name(keep)

    def reviewer(self) -> str:
        try:
            return self._services.preferences.setting(REVIEWER)
        except NitaqError:
            return ""

    def ask_name(self, then: Callable[[str], None] = lambda name: None) -> None:
        from ui.reviewer import ReviewerDialog

        def given(name: str) -> None:
            with suppress(NitaqError):  # it is asked again then
                self._services.preferences.set(REVIEWER, name)
            then(name)

        dialog = ReviewerDialog(self._say, self.reviewer(), self._window)
        dialog.given.connect(given)
        dialog.open()

    def _keep(self, record: DecisionRecord, taken: Callable[[], None]) -> None:
        self._change(lambda report: self._services.audits.decide(report, [record]))
        taken()

    def show_together(self, rows: Sequence[DomainRow], *, selected: bool) -> None:
        """One decision about many domains, shown before it is made."""
        from ui.together import TogetherDialog

        dialog = TogetherDialog(self._say, rows, self.state.report, self._window, selected=selected)
        dialog.chosen.connect(self.decide_together)
        dialog.open()

    def skipped(self) -> Sequence[Skip]:
        """What this review has put off, now or before a restart."""
        try:
            return self._services.audits.skipped(self.state.source)
        except NitaqError:
            return ()

    def skip(self, skips: Iterable[Skip]) -> None:
        """Put off these and no others, for the next time as well."""
        try:
            self._services.audits.skip(self.state.source, skips)
        except NitaqError as error:
            self.failed.emit(error)

    # Exceptions --------------------------------------------------------------------------------------------------

    def show_exceptions(self) -> None:
        from ui.exceptions import ExceptionsDialog

        audits = self._services.audits
        try:
            kept = tuple(audits.exceptions())
        except NitaqError as error:
            self.failed.emit(error)
            return
        dialog = ExceptionsDialog(self._say, self.state.report, kept, self.reviewer(), self._window, self._put_off())
        dialog.what_if.connect(self._show_what_if)
        dialog.put_off.connect(self._put_suggestion_off)
        dialog.saved.connect(lambda rule, instead: self._change(lambda report: audits.save_exception(report, rule, instead)))
        dialog.removed.connect(lambda rule: self._change(lambda report: audits.forget_exception(report, rule)))
        dialog.imported.connect(lambda rules: self._change(lambda report: audits.import_exceptions(report, rules)))
        self.judging.connect(dialog.show_judging)
        dialog.finished.connect(self._register_closed)
        self.register = dialog
        dialog.open()
        self._count_reach()

    def _count_reach(self) -> None:
        """What each exception covers; decisions and exceptions change nothing of it."""
        from app.reach import Reach

        in_background(self, lambda: Reach(self.state.report), self._counted, self.failed.emit)

    def _counted(self, reach: Reach) -> None:
        if self.register is not None:
            self.register.set_reach(reach)

    def _show_what_if(self) -> None:
        from ui.what_if import WhatIfDialog

        dialog = WhatIfDialog(self._say, self.state.report, self.register or self._window)
        dialog.wanted.connect(self._show_in_table)
        dialog.open()

    def _show_in_table(self, filter: DomainFilter) -> None:
        if self.register is not None:
            self.register.accept()
        self.wanted.emit(filter)

    def _put_off(self) -> list[str]:
        """Keys of the suggestions that were answered "not now"."""
        try:
            return self._services.preferences.setting(PUT_OFF).splitlines()
        except NitaqError:
            return []

    def _put_suggestion_off(self, key: str) -> None:
        with suppress(NitaqError):  # it is suggested again then
            self._services.preferences.set(PUT_OFF, "\n".join([*self._put_off(), key]))

    def _register_closed(self) -> None:
        self.register = None

    # One after another -------------------------------------------------------------------------------------------

    def _change(self, work: Callable[[Report], Report], then: Callable[[], None] = lambda: None) -> None:
        self.state.turns.wait(lambda: self._begin(work, then))

    def _begin(self, work: Callable[[Report], Report], then: Callable[[], None]) -> None:
        self._late.start(AT_ONCE)
        in_background(self, lambda: looked_through(work(self.state.report)), lambda report: self._done(report, then), self._refused)

    def _done(self, report: Report, then: Callable[[], None]) -> None:
        self._ended()
        self.state.report = report
        if self.register is not None:
            self.register.set_report(report)
        self.judged.emit()
        then()
        self.state.turns.over()

    def _refused(self, error: NitaqError) -> None:
        self._ended()
        self.failed.emit(error)
        self.state.turns.over()

    def _ended(self) -> None:
        if self._late.isActive():
            self._late.stop()
        else:
            self.judging.emit(False)
