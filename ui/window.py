"""The window: which screen is shown, and what follows from what the user does there. A switch of language or look builds the screen anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.error_text import describe
from app.errors import NitaqError
from app.model import Report, ScanStatus
from app.several import key_of
from ui import icons, theme
from ui.account_actions import AccountActions, order_for
from ui.announcements import AnnouncementBar, Announcements
from ui.audit_actions import AuditActions
from ui.drop import DropTarget
from ui.forget_actions import ForgetActions
from ui.header import Header
from ui.help import Help
from ui.language import Languages, system_language
from ui.ports import Services
from ui.sentences import in_words
from ui.start import StartScreen
from ui.start_actions import SAMPLE, StartActions
from ui.task import Task
from ui.theme import Look
from ui.waiting_files import WaitingFiles

if TYPE_CHECKING:
    from ui.account_draft import Draft
    from ui.account_form import AccountForm
    from ui.audit_view import AuditState, AuditView
    from ui.desk import Desk
    from ui.engine import End, ScanOrder
    from ui.loading import LoadingScreen
    from ui.review import ReviewView
    from ui.scan_run import ScanRun
    from ui.scan_runs import ScanRuns
    from ui.scan_view import ScanView

    # Each has `first`: where the keyboard goes when it is shown. All but the first are imported when they are first shown.
    Screen = StartScreen | AccountForm | ScanView | LoadingScreen | AuditView | ReviewView

TITLE_BAR = 40
"""Pixels that the desktop's frame around the window may take."""
FAILED = (ScanStatus.ERROR, ScanStatus.REFUSED)
OUR_FAULTS = ("engine.crashed", "program.fault")
SETTLE = 350
"""Milliseconds that a finished scan stays on the screen before its result opens."""


class Window(QMainWindow):
    """One audit at a time. `services` brings the store, the keyring, the exporters and the engine.

    Emits `moved` with the screen (`start`, `scan`, `audit`) and its source, and `engine_failed` when a scan ended by a fault of ours.
    """

    moved = Signal(str, str)
    engine_failed = Signal()

    def __init__(self, services: Services, app: QApplication) -> None:
        super().__init__()
        self._services, self._app = services, app
        self._languages = Languages(app)
        self._look = Look(look) if (look := services.preferences.setting("look", Look.SYSTEM)) in list(Look) else Look.SYSTEM
        self._run: ScanRun | ScanRuns | None = None
        self._form: AccountForm | None = None
        self._audit: AuditView | None = None
        self._last_orders: Sequence[ScanOrder] = ()
        self.announcements = Announcements(self)
        self._waiting = WaitingFiles(self.announcements, self._in_the_middle, self._is_reading, self.scan_source, self)
        self._keyring = True
        """Whether the system can keep a secret, as far as is known."""
        self._build: Callable[[], Screen] = self._start_screen
        self.drop = DropTarget(self, lambda: self._run is not None and self._run.end is None)
        self.drop.dropped.connect(self.scan_paths)
        self.screen_widget: Screen
        self.setMinimumSize(900, 600)
        room = self.screen().availableSize() - QSize(0, TITLE_BAR)
        if not self.restoreGeometry(QByteArray.fromBase64(services.preferences.setting("geometry").encode("ascii", "ignore"))):
            self.resize(QSize(1280, 800).boundedTo(room))
        theme.apply(app, self._look)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.help = Help(services, self)
        self._speak(services.preferences.setting("language") or system_language())
        self._rebuild()

    def _speak(self, language: str) -> None:
        self.say = self._languages.speak(language)
        self.help.speak(self.say)
        self.accounts = AccountActions(self.say, self._services, self)
        self.accounts.ready.connect(self.scan)
        self.accounts.failed.connect(self._no_account)
        self.accounts.all_ready.connect(self.scan_together)
        self.forgetting = ForgetActions(self.say, self._services, self)
        self.forgetting.forgotten.connect(lambda told, tone: self.show_screen(lambda: self._start_screen(told=(told, tone))))
        self.forgetting.failed.connect(self.show_start)
        self.begin = StartActions(self.say, self._services, self)
        self.begin.scanned.connect(self.scan_source)
        self.begin.several.connect(self.accounts.read)
        self.drop.speak(self.say)

    def _no_account(self, problem: NitaqError) -> None:
        """On the form that is shown still, so that nothing has to be typed again; else on the start screen."""
        if self._form is not None:
            self._form.fail(problem)
        else:
            self.show_start(problem)

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
        self.header.help.connect(self.help.open)
        self._form = self._audit = None
        self.screen_widget = self._build()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(AnnouncementBar(say, self.announcements))
        layout.addWidget(self.screen_widget, 1)
        self.drop.leave_to_window(page)
        self.setCentralWidget(page)
        self.screen_widget.first.setFocus()

    def set_language(self, language: str) -> None:
        self._keep_draft()
        self._speak(language)
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
        self.moved.emit("start", "")

    def _start_screen(self, problem: NitaqError | None = None, told: tuple[str, str] | None = None) -> Screen:
        """`told`: a sentence about what was just done, and its tone."""
        screen = self.begin.screen(problem, told, self._lapsing())
        screen.account.connect(lambda: self.show_form())
        screen.sample.connect(self.open_sample)
        screen.recent.connect(self.open_audit)
        screen.settings.connect(self._change)
        screen.forgotten.connect(lambda source: self.forgetting.ask(source, self.begin.name(source)))
        return screen

    def _lapsing(self) -> str:
        try:
            rules = self._services.audits.exceptions()
        except NitaqError:  # said above already
            return ""
        if not rules:
            return ""
        from ui.lapsing import lapsing

        return lapsing(rules, self._services.today(), self.say)

    def show_form(self, draft: Draft | None = None, wrong: str = "", sentence: str = "") -> None:
        """`wrong`: the field that a failed audit asks to be changed, with the reason."""
        self.show_screen(lambda: self._account_form(draft))
        if self._form is not None and wrong:
            self._form.show_mistakes({wrong: sentence})

    def _account_form(self, draft: Draft | None) -> Screen:
        from ui.account_draft import Draft
        from ui.account_form import AccountForm

        form = AccountForm(self.say, draft or Draft(), keyring=self._keyring, proxy=self._services.proxy)
        self._in_background(self._services.secrets.available, self._keyring_known, self.show_start)
        form.left.connect(self.show_start)
        form.submitted.connect(self.accounts.submit)
        form.tried.connect(lambda draft: self.accounts.try_out(draft, lambda trial: form.tell(trial) if self._form is form else None))
        form.search.asked.connect(lambda address: self._discover(form, address))
        self._form = form
        return form

    def _discover(self, form: AccountForm, address: str) -> None:
        self.accounts.discover(
            address,
            lambda server: form.search.tell(address, server) if self._form is form else None,
            lambda error: form.search.fail(address, in_words(error, self.say)) if self._form is form else None,
        )

    def _keyring_known(self, found: bool) -> None:
        """Asking for the keyring can take as long as the system likes, so the form does not wait for it."""
        self._keyring = found
        if self._form is not None and not found:
            self._form.without_keyring()

    def _change(self, source: str, wrong: str = "", sentence: str = "") -> None:
        from ui.account_draft import draft_of

        self.show_form(draft_of(self._services.audits.account(source)), wrong, sentence)

    # Scan --------------------------------------------------------------------------------------------------------

    def scan_source(self, source: str) -> None:
        """Scan mail files or the sample, with what is known of them."""
        self.scan(order_for(self._services.audits.account(source)))

    def scan_paths(self, paths: list[str]) -> None:
        """What was dropped: one mailbox, or several as one audit."""
        key = key_of(os.path.abspath(path) for path in paths)
        self.accounts.read(key)

    def scan(self, order: ScanOrder, aside: str = "") -> None:
        """Start the engine and show how far it is, with a sentence beside it."""
        run, start = self._made_run(order)
        run.aside = aside
        self._show_run(run, [order], start)

    def scan_together(self, orders: Sequence[ScanOrder], aside: str = "") -> None:
        """One audit of several sources."""
        from ui.scan_runs import ScanRuns

        key = key_of(order.source for order in orders)
        runs = ScanRuns(self.title_of(key), key, [self._made_run(order) for order in orders], self)
        runs.aside = aside
        self._show_run(runs, orders, runs.start)

    def _made_run(self, order: ScanOrder) -> tuple[ScanRun, Callable[[], None]]:
        """A scan, and what begins it."""
        from ui.engine import Engine
        from ui.scan_run import ScanRun

        services = self._services
        engine = Engine(services.engine, services.engine_folder, self)
        run = ScanRun(engine, self.title_of(order.source), order.source)
        run.by_browser = order.auth == "oauth"
        return run, lambda: engine.start(order, services.store)

    def _show_run(self, run: ScanRun | ScanRuns, orders: Sequence[ScanOrder], start: Callable[[], None]) -> None:
        self._run, self._last_orders = run, orders
        run.ended.connect(self._scanned)
        start()
        self.show_screen(lambda: self._scan_view(run))
        self.moved.emit("scan", run.source)

    def _scan_view(self, run: ScanRun | ScanRuns) -> Screen:
        from ui.scan_view import ScanView

        view = ScanView(self.say, run)
        view.opened.connect(lambda: self.open_audit(run.source))
        view.again.connect(self._again)
        view.edited.connect(lambda: self._mend(run))
        view.sign_in.connect(lambda: self.accounts.sign_in_again(run.source))
        view.left.connect(self.show_start)
        return view

    def _scanned(self, end: End) -> None:
        """A complete audit opens by itself; anything else is explained first."""
        run = self._run
        self._waiting.show()
        if end.code in OUR_FAULTS:
            self.engine_failed.emit()
        if run is None or not end.messages:
            return
        if run.parts and end.status in (ScanStatus.COMPLETE, ScanStatus.PARTIAL):
            self._freeze(run, shown=end.status is ScanStatus.COMPLETE)
        elif end.status is ScanStatus.COMPLETE:
            QTimer.singleShot(SETTLE, self.screen_widget, lambda: self.open_audit(run.source, self._aside(run)))

    def _freeze(self, run: ScanRun | ScanRuns, *, shown: bool) -> None:
        """Judge what several scans have just read as one, keep it, and show it."""
        from ui.loading import LoadingScreen

        audits, say, key = self._services.audits, self.say, run.source
        if shown:
            self.show_screen(lambda: LoadingScreen(self.say))
        self._in_background(
            lambda: audits.freeze(key, say), lambda report: self._loaded(key, report, self._aside(run)) if shown else None, self.show_start
        )

    def _aside(self, run: ScanRun | ScanRuns) -> str:
        """What was said beside a scan that went well: what did not find its way into the keyring."""
        kept = [describe(each.code, dict(each.params), self.say) for each in run.notices if each.code == "secret.not_kept"]
        return " ".join(filter(None, (run.aside, *kept)))

    def _again(self) -> None:
        """A sign-in with the browser may have been renewed meanwhile, so it is looked up anew."""
        if any(order.auth == "oauth" for order in self._last_orders):
            self.accounts.read(key_of(order.source for order in self._last_orders))
        elif len(self._last_orders) > 1:
            self.scan_together(self._last_orders)
        elif self._last_orders:
            self.scan(self._last_orders[0])

    def _mend(self, run: ScanRun | ScanRuns) -> None:
        """The form, at the field that the failed audit speaks of; of several, that of the first that failed."""
        from ui.account_draft import field_to_mend
        from ui.scan_view import sentence_of

        run = next((part for part in run.parts if part.end and part.end.status in FAILED), run)
        self._change(run.source, field_to_mend(run.end.code if run.end else None), sentence_of(run.end, run.notices, self.say) if run.end else "")

    # Audit -------------------------------------------------------------------------------------------------------

    def open_sample(self) -> None:
        self.scan_source(SAMPLE)

    def open_audit(self, source: str, aside: str = "") -> None:
        """Load a report in the background and show it, with a sentence beside it."""
        from ui.loading import LoadingScreen

        self.show_screen(lambda: LoadingScreen(self.say))
        self.moved.emit("audit", source)
        self._in_background(
            lambda: self._services.audits.load(source),
            lambda report: self._loaded(source, report, aside),
            lambda error: self._not_loaded(source, error),
        )

    def _not_loaded(self, source: str, error: NitaqError) -> None:
        """What was kept can be had again by reading the mailbox, once; anything else is said."""
        if error.code == "store.damaged" and (self._run is None or self._run.source != source):
            self.accounts.read(source, self.say("What had been kept of this mailbox cannot be used any more, so it is read again."))
        else:
            self.show_start(error)

    def _loaded(self, source: str, report: Report | None, aside: str) -> None:
        if report is None:
            self.show_start(NitaqError("input", path=source, reason=""))
        else:
            from ui.audit_view import AuditState

            self.show_audit(AuditState(source, self.title_of(source), report))
            if aside:
                self._with_audit(lambda shown: shown.say_once(aside, "warn"))

    def show_audit(self, state: AuditState) -> None:
        self.show_screen(lambda: self._audit_view(state))

    def _audit_view(self, state: AuditState) -> Screen:
        from ui.audit_view import AuditView
        from ui.column_menu import from_setting

        if state.source == SAMPLE:
            state.title = self.say("Sample mailbox")
        state.domains.hidden = from_setting(self._services.preferences.setting("columns"))
        view = AuditView(self.say, state)
        view.domains.columns_chosen.connect(lambda text: self._remember("columns", text))
        view.left.connect(self.show_start)
        view.rescan.connect(lambda: self.accounts.read(state.source))
        self.audit_actions = AuditActions(self.say, self._services, self.accounts, state, self)
        self.audit_actions.judged.connect(lambda: self._with_audit(lambda shown: shown.set_report(state.report)))
        self.audit_actions.folders.connect(lambda folders: self._with_audit(lambda shown: shown.domains.show_folders(folders)))
        view.domains.folders_asked.connect(self.audit_actions.find_folders)
        self.audit_actions.told.connect(lambda text, tone, path: self._with_audit(lambda shown: shown.say_once(text, tone, path)))
        view.own_domains.connect(self.audit_actions.edit_own_domains)
        view.export.connect(lambda: self.audit_actions.export(view.shown_rows()))
        view.border.connect(self.audit_actions.show_border)
        view.audits.connect(self.audit_actions.show_audits)
        view.header.connect(self.audit_actions.show_header)
        desk = self._desk(state)
        view.decided.connect(desk.decide)
        view.together.connect(lambda rows, selected: desk.show_together(rows, selected=selected))
        view.exceptions.connect(desk.show_exceptions)
        view.review.connect(lambda: self.show_screen(lambda: self._review_view(state)))
        self._audit = view
        return view

    def _desk(self, state: AuditState) -> Desk:
        from ui.desk import Desk

        desk = Desk(self.say, self._services, state, self)
        desk.judged.connect(lambda: self._with_audit(lambda shown: shown.set_report(state.report)))
        desk.failed.connect(lambda error: self._with_audit(lambda shown: shown.say_once(in_words(error, self.say), "bad")))
        desk.wanted.connect(lambda wanted: self._with_audit(lambda shown: shown.show_domains(wanted)))
        desk.recorded.connect(lambda n, before: self._with_audit(lambda shown: shown.say_recorded(n, before, desk.take_back)))
        return desk

    def _review_view(self, state: AuditState) -> Screen:
        from ui.review import ReviewView

        view = ReviewView(self.say, self._desk(state), state.review)
        view.left.connect(lambda: self.show_audit(state))
        return view

    def _with_audit(self, act: Callable[[AuditView], None]) -> None:
        """If an audit is on the screen still, or again in another language."""
        if self._audit is not None:
            act(self._audit)

    # From outside ------------------------------------------------------------------------------------------------

    def open_files(self, sources: list[str]) -> None:
        """Audit mail files (absolute paths) or the sample, one after another."""
        self._waiting.add(sources)

    def come_forward(self) -> None:
        """As far as the desktop lets a window do so by itself."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def ask_for_newer(self) -> None:
        """Whether there is a newer version, where the user wants that to be asked."""
        from ui.update_setting import ask_at_start

        services = self._services
        ask_at_start(services.preferences, services.newest, self.announcements, services.today(), self)

    def _in_the_middle(self) -> bool:
        return self._form is not None or QApplication.activeModalWidget() is not None

    def _is_reading(self) -> bool:
        return self._run is not None and self._run.end is None

    # Small things ------------------------------------------------------------------------------------------------

    def _remember(self, name: str, value: str) -> None:
        """A choice of look or language holds even where it cannot be kept."""
        with suppress(NitaqError):
            self._services.preferences.set(name, value)

    def title_of(self, source: str) -> str:
        return self.begin.name(source)

    def _in_background(self, work: Callable[[], object], done: Callable[..., None], failed: Callable[[NitaqError], None]) -> None:
        task = Task(work, self)
        task.done.connect(done)
        task.failed.connect(failed)
        task.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does; Qt has it so in dialogs alone."""
        focus = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton | QToolButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._run is not None:
            self._run.stop()
        self._remember("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        super().closeEvent(event)
