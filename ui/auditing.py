"""A finished audit on the screen: opened, looked at, reviewed. It outlives its screens, which each switch of language or look builds anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Signal

from app.errors import NitaqError
from app.model import Report
from app.review import is_at_hand, looked_through, queue_of
from ui import arrangement
from ui.audit_actions import AuditActions
from ui.audit_view import AuditState, AuditView, Page
from ui.desk import Desk
from ui.loading import LoadingScreen
from ui.ports import Services
from ui.review import ReviewView
from ui.sentences import in_words
from ui.task import in_background
from ui.turns import Turns

if TYPE_CHECKING:
    from ui.window import Window


class Auditing(QObject):
    """Emits `failed` with a source and a `NitaqError` where its audit cannot be opened."""

    failed = Signal(str, object)

    def __init__(self, window: Window, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self.view: AuditView | None = None
        """Only while it is on the screen."""
        self._turns = Turns()

    def open(self, source: str, page: Page = Page.OVERVIEW, aside: str = "") -> None:
        """Load a report in the background and show it, with a sentence beside it."""
        self._window.show_screen(lambda: LoadingScreen(self._window.say))
        self._load(source, lambda: self._services.audits.load(source), lambda report: self._loaded(source, report, page, aside))

    def freeze(self, key: str, aside: str = "", *, shown: bool) -> None:
        """Judge what several scans have just read as one, keep it, and show it with a sentence beside it."""
        say = self._window.say
        if shown:
            self._window.show_screen(lambda: LoadingScreen(self._window.say))
        self._load(
            key, lambda: self._services.audits.freeze(key, say), lambda report: self._loaded(key, report, Page.OVERVIEW, aside) if shown else None
        )

    def _load(self, source: str, work: Callable[[], Report | None], done: Callable[[Report | None], None]) -> None:
        in_background(self, lambda: (report := work()) and looked_through(report), done, lambda error: self.failed.emit(source, error))

    def _loaded(self, source: str, report: Report | None, page: Page, aside: str) -> None:
        if report is None:
            self.failed.emit(source, NitaqError("input", path=source, reason=""))
        else:
            self.show(AuditState(source, self._window.title_of(source), report, page))
            if aside:
                self._with_view(lambda shown: shown.messages.once(aside, "warn"))

    def show(self, state: AuditState) -> None:
        state.turns = self._turns
        arrangement.recall(state, self._services.preferences)
        self._window.show_screen(lambda: self._audit_view(state))

    def left(self) -> None:
        """Another screen comes."""
        self.view = None

    def settle(self) -> None:
        """Come back when all that was decided is kept. A window that is closed at once still has decisions that wait for their turn.

        A `QEventLoop` of its own would end once the program is told to end again.
        """
        while self._turns.taken:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def keep_arrangement(self) -> None:
        """When the window closes: how the audit was looked at, and that it was; nothing where another screen is shown."""
        with_audit = self.view.state if self.view is not None else None
        arrangement.keep(with_audit, self._services.preferences)

    def _audit_view(self, state: AuditState) -> AuditView:
        window = self._window
        state.title = window.title_of(state.source)
        view = AuditView(window.say, state)
        view.domains.columns_chosen.connect(lambda: arrangement.keep_columns(state, self._services.preferences))
        live = state.live
        view.left.connect(window.show_start if live is None else lambda: self.show(live))
        view.rescan.connect(lambda: window.accounts.read(state.source))
        self.actions = AuditActions(window.say, self._services, window.accounts, state, window)
        self.actions.judged.connect(lambda: self._with_view(lambda shown: shown.set_report(state.report)))
        self.actions.told.connect(lambda text, tone, path: self._with_view(lambda shown: shown.messages.once(text, tone, path)))
        self.actions.opened.connect(
            lambda report: self.show(AuditState(state.source, state.title, report, live=state, folders={}))  # which a report does not keep
        )
        self.actions.folders.connect(lambda folders: self._with_view(lambda shown: shown.domains.show_folders(folders)))
        view.domains.folders_asked.connect(self.actions.find_folders)
        view.domains.table.failed.connect(lambda error: view.messages.once(in_words(error, window.say), "bad"))
        view.own_domains.connect(self.actions.edit_own_domains)
        view.export.connect(lambda: self.actions.export(view.shown_rows()))
        view.border.connect(self.actions.show_border)
        view.audits.connect(self.actions.show_audits)
        view.header.connect(self.actions.show_header)
        desk = self._desk(state)
        view.decided.connect(desk.decide)
        view.together.connect(lambda rows, selected: desk.show_together(rows, selected=selected))
        view.undo_all.connect(desk.take_back)
        view.exceptions.connect(desk.show_exceptions)
        view.review.connect(lambda: self._review(view, state))
        self.view = view
        return view

    def _desk(self, state: AuditState) -> Desk:
        desk = Desk(self._window.say, self._services, state, self._window)
        desk.judged.connect(lambda: self._with_view(lambda shown: shown.set_report(state.report)))
        desk.judging.connect(lambda now: self._with_view(lambda shown: shown.messages.judging(now)))
        desk.failed.connect(lambda error: self._with_view(lambda shown: shown.messages.once(in_words(error, self._window.say), "bad")))
        desk.wanted.connect(lambda wanted: self._with_view(lambda shown: shown.show_domains(wanted)))
        desk.recorded.connect(lambda taken_back: self._with_view(lambda shown: shown.say_recorded(taken_back)))
        return desk

    def _review(self, view: AuditView, state: AuditState) -> None:
        """What is asked about single addresses may have to come from the store first; the window goes on meanwhile."""
        report = state.report
        if is_at_hand(report):
            self._window.show_screen(lambda: self._review_view(state))
        elif view.wait_for_review(True):
            in_background(view, lambda: queue_of(report), lambda _: self._review_read(view, state), lambda error: self._review_failed(view, error))

    def _review_read(self, view: AuditView, state: AuditState) -> None:
        view.wait_for_review(False)
        self._review(view, state)

    def _review_failed(self, view: AuditView, error: NitaqError) -> None:
        view.wait_for_review(False)
        view.messages.once(in_words(error, self._window.say), "bad")

    def _review_view(self, state: AuditState) -> ReviewView:
        view = ReviewView(self._window.say, self._desk(state), state.review)
        view.left.connect(lambda: self.show(state))
        return view

    def _with_view(self, act: Callable[[AuditView], None]) -> None:
        """If an audit is on the screen still, or again in another language."""
        if self.view is not None:
            act(self.view)
