"""The window: which screen is shown, and what follows from what the user does there. A switch of language or look builds the screen anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QVBoxLayout, QWidget

from app.errors import NitaqError
from app.model import Account, Report, ScanStatus
from ui import icons, theme
from ui.audit_actions import AuditActions
from ui.header import Header
from ui.language import Languages, system_language
from ui.ports import Services
from ui.sentences import in_words
from ui.start import StartScreen
from ui.task import Task
from ui.theme import Look

if TYPE_CHECKING:
    from ui.account_draft import Draft
    from ui.account_form import AccountForm
    from ui.audit_view import AuditState, AuditView
    from ui.engine import End, ScanOrder
    from ui.loading import LoadingScreen
    from ui.scan_run import ScanRun
    from ui.scan_view import ScanView

    # Each has `first`: where the keyboard goes when it is shown. All but the first are imported when they are first shown.
    Screen = StartScreen | AccountForm | ScanView | LoadingScreen | AuditView

SAMPLE = "sample"
SETTLE = 350
"""Milliseconds that a finished scan stays on the screen before its result opens."""


class Window(QMainWindow):
    """One audit at a time. `services` brings the store, the keyring, the exporters and the engine."""

    def __init__(self, services: Services, app: QApplication) -> None:
        super().__init__()
        self._services, self._app = services, app
        self._languages = Languages(app)
        self._look = Look(look) if (look := services.preferences.setting("look", Look.SYSTEM)) in list(Look) else Look.SYSTEM
        self._run: ScanRun | None = None
        self._form: AccountForm | None = None
        self._audit: AuditView | None = None
        self._last_order: ScanOrder | None = None
        self._build: Callable[[], Screen] = self._start_screen
        self.screen_widget: Screen
        self.setMinimumSize(900, 600)
        self.resize(1280, 800)
        theme.apply(app, self._look)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.say = self._languages.speak(services.preferences.setting("language") or system_language())
        self._rebuild()

    # One screen after another ------------------------------------------------------------------------------------

    def show_screen(self, build: Callable[[], Screen]) -> None:
        self._build = build
        self._rebuild()

    def _rebuild(self) -> None:
        say = self.say
        self.setWindowTitle(say("Nitaq"))
        self.setWindowIcon(icons.icon("nitaq", "#000000"))
        self.header = Header(say, self._look)
        self.header.language.connect(self.set_language)
        self.header.look.connect(lambda look: self.set_look(Look(look)))
        self._form = self._audit = None
        self.screen_widget = self._build()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.screen_widget, 1)
        self.setCentralWidget(page)
        self.screen_widget.first.setFocus()

    def set_language(self, language: str) -> None:
        self._keep_draft()
        self.say = self._languages.speak(language)
        self._remember("language", language)
        self._rebuild()

    def set_look(self, look: Look) -> None:
        self._keep_draft()
        self._look = look
        self._remember("look", look)
        theme.apply(self._app, look)
        self._rebuild()

    def _system_changed(self) -> None:
        if self._look is Look.SYSTEM:
            self._keep_draft()
            theme.apply(self._app, self._look)
            self._rebuild()

    def _keep_draft(self) -> None:
        if self._form is not None:
            self.show_form(self._form.draft())

    # Start -------------------------------------------------------------------------------------------------------

    def show_start(self, problem: NitaqError | None = None) -> None:
        self.show_screen(lambda: self._start_screen(problem))

    def _start_screen(self, problem: NitaqError | None = None) -> Screen:
        audits = self._services.audits
        try:
            recent = list(audits.recent())
            names = {entry.source: audits.account(entry.source).name for entry in recent}
        except NitaqError as error:
            recent, names, problem = [], {}, problem or error
        names[SAMPLE] = self.say("Sample mailbox")
        screen = StartScreen(self.say, recent, names, in_words(problem, self.say) if problem else "")
        screen.account.connect(lambda: self.show_form())
        screen.file.connect(lambda: self._choose(QFileDialog.FileMode.ExistingFile))
        screen.folder.connect(lambda: self._choose(QFileDialog.FileMode.Directory))
        screen.sample.connect(self.open_sample)
        screen.recent.connect(self.open_audit)
        return screen

    def _choose(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, self.say("Open mail files"))
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(self.scan_source)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_form(self, draft: Draft | None = None) -> None:
        self.show_screen(lambda: self._account_form(draft))

    def _account_form(self, draft: Draft | None) -> Screen:
        from ui.account_draft import Draft
        from ui.account_form import AccountForm

        draft = draft or Draft()
        form = AccountForm(self.say, draft, keyring=self._services.secrets.available(), secret_known=draft.keep_secret and not draft.secret)
        form.left.connect(self.show_start)
        form.submitted.connect(self._submitted)
        self._form = form
        return form

    def _submitted(self, draft: Draft) -> None:
        account = draft.account(self._services.audits.accounts())
        order = self._order(account, draft.secret or None)

        def keep() -> Account:
            if draft.secret and draft.keep_secret:
                self._services.secrets.set(account.source, draft.secret)
            return account

        self._in_background(keep, lambda kept: self._save_and_scan(kept, order), lambda _: self._save_and_scan(replace(account, keep_secret=False), order))

    def _save_and_scan(self, account: Account, order: ScanOrder) -> None:
        try:
            self._services.audits.save_account(account)
        except NitaqError as error:
            self.show_start(error)
        else:
            self.scan(order)

    # Scan --------------------------------------------------------------------------------------------------------

    def scan_source(self, source: str) -> None:
        """Scan mail files or the sample, with what is known of them."""
        self.scan(self._order(self._services.audits.account(source)))

    def _order(self, account: Account, secret: str | None = None) -> ScanOrder:
        from ui.engine import ScanOrder

        return ScanOrder(account.source, account.folders, account.since, account.own_domains, secret)

    def scan(self, order: ScanOrder) -> None:
        """Start the engine and show how far it is."""
        from ui.engine import Engine
        from ui.scan_run import ScanRun

        services = self._services
        engine = Engine(services.engine, services.engine_folder, self)
        run = ScanRun(engine, self._title(order.source), order.source)
        self._run, self._last_order = run, order
        run.ended.connect(self._scanned)
        engine.start(order, services.store)
        self.show_screen(lambda: self._scan_view(run))

    def _scan_view(self, run: ScanRun) -> Screen:
        from ui.account_draft import draft_of
        from ui.scan_view import ScanView

        view = ScanView(self.say, run)
        view.opened.connect(lambda: self.open_audit(run.source))
        view.again.connect(self._again)
        view.edited.connect(lambda: self.show_form(draft_of(self._services.audits.account(run.source))))
        view.left.connect(self.show_start)
        return view

    def _scanned(self, end: End) -> None:
        """A complete audit opens by itself; anything else is explained first."""
        run = self._run
        if run is not None and end.status is ScanStatus.COMPLETE and end.messages:
            QTimer.singleShot(SETTLE, self.screen_widget, lambda: self.open_audit(run.source))

    def _again(self) -> None:
        if self._last_order is not None:
            self.scan(self._last_order)

    def rescan(self, source: str) -> None:
        """Read a source again, with the account's own wishes; the password is asked where the keyring does not have it."""
        account = self._services.audits.account(source)
        order = self._order(account)
        if not source.startswith(("imap://", "imaps://")):
            self.scan(order)
            return
        secret = (lambda: self._services.secrets.get(source)) if account.keep_secret else (lambda: None)
        self._in_background(secret, lambda known: self._with_secret(account, order, known), lambda _: self._with_secret(account, order, None))

    def _with_secret(self, account: Account, order: ScanOrder, secret: str | None) -> None:
        if secret:
            self.scan(replace(order, secret=secret))
            return
        from ui.password import PasswordDialog

        dialog = PasswordDialog(self.say, account.name, self)
        dialog.given.connect(lambda typed: self.scan(replace(order, secret=typed)))
        dialog.open()

    # Audit -------------------------------------------------------------------------------------------------------

    def open_sample(self) -> None:
        self.scan_source(SAMPLE)

    def open_audit(self, source: str) -> None:
        """Load a report in the background and show it."""
        from ui.loading import LoadingScreen

        self.show_screen(lambda: LoadingScreen(self.say))
        self._in_background(lambda: self._services.audits.load(source), lambda report: self._loaded(source, report), self.show_start)

    def _loaded(self, source: str, report: Report | None) -> None:
        if report is None:
            self.show_start(NitaqError("input", path=source, reason=""))
        else:
            from ui.audit_view import AuditState

            self.show_audit(AuditState(source, self._title(source), report))

    def show_audit(self, state: AuditState) -> None:
        self.show_screen(lambda: self._audit_view(state))

    def _audit_view(self, state: AuditState) -> Screen:
        from ui.audit_view import AuditView

        if state.source == SAMPLE:
            state.title = self.say("Sample mailbox")
        view = AuditView(self.say, state)
        view.left.connect(self.show_start)
        view.rescan.connect(lambda: self.rescan(state.source))
        self.audit_actions = AuditActions(self.say, self._services, state, self)
        self.audit_actions.judged.connect(lambda: self._with_audit(lambda shown: shown.set_report(state.report)))
        self.audit_actions.told.connect(lambda text, tone: self._with_audit(lambda shown: shown.say_once(text, tone)))
        view.own_domains.connect(self.audit_actions.edit_own_domains)
        view.export.connect(self.audit_actions.export)
        self._audit = view
        return view

    def _with_audit(self, act: Callable[[AuditView], None]) -> None:
        """If an audit is on the screen still, or again in another language."""
        if self._audit is not None:
            act(self._audit)

    # Small things ------------------------------------------------------------------------------------------------

    def _remember(self, name: str, value: str) -> None:
        """A choice of look or language holds even where it cannot be kept."""
        with suppress(NitaqError):
            self._services.preferences.set(name, value)

    def _title(self, source: str) -> str:
        return self.say("Sample mailbox") if source == SAMPLE else self._services.audits.account(source).name

    def _in_background(self, work: Callable[[], object], done: Callable[..., None], failed: Callable[[NitaqError], None]) -> None:
        task = Task(work, self)
        task.done.connect(done)
        task.failed.connect(failed)
        task.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._run is not None:
            self._run.engine.stop()
        super().closeEvent(event)
