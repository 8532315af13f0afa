"""The window: which screen is shown, and what follows from what the user does there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import NitaqError
from ui.announcements import Announcement, AnnouncementBar, Announcements
from ui.given_secrets import GivenSecrets
from ui.shell import Shell
from ui.start import StartScreen
from ui.waiting_files import WaitingFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.account_actions import AccountActions
    from ui.account_draft import Draft
    from ui.account_form import AccountForm
    from ui.audit_actions import AuditActions
    from ui.audit_view import AuditState
    from ui.auditing import Auditing
    from ui.drop import DropTarget
    from ui.engine import End
    from ui.forget_actions import ForgetActions
    from ui.ports import Services
    from ui.scanning import Scanning
    from ui.settings import SettingsScreen
    from ui.shell import Screen
    from ui.start_actions import StartActions

SAMPLE = "sample"
NO_ACCOUNT = "account"
"""The name of what is announced where an account could not be used."""


class Window(Shell):
    """One audit at a time. `services` brings the store, the keyring, the exporters and the engine.

    Everything that the first screen can do without is imported when it is first needed. Emits `moved` with the screen (`start`, `scan`, `audit`)
    and its source, and `engine_failed` when a scan ended by a fault of ours.
    """

    moved = Signal(str, str)
    engine_failed = Signal()

    def __init__(self, services: Services, app: QApplication) -> None:
        self._scanning: Scanning | None = None
        self._form: AccountForm | None = None
        self._accounts: AccountActions | None = None
        self._forgetting: ForgetActions | None = None
        self._start_actions: StartActions | None = None
        self._audits: Auditing | None = None
        self._given = GivenSecrets()
        self._keyring = True
        """Whether the system can keep a secret, as far as is known."""
        super().__init__(services, app)

    @cached_property
    def announcements(self) -> Announcements:
        return Announcements(self)

    @cached_property
    def _waiting(self) -> WaitingFiles:
        return WaitingFiles(self.announcements, self._in_the_middle, self._is_reading, self.scan_source, self)

    @cached_property
    def drop(self) -> DropTarget:
        from ui.drop import DropTarget

        target = DropTarget(self, self._is_reading)
        target.dropped.connect(lambda paths: self.scanning.scan_paths(paths))
        return target

    def _bars(self) -> tuple[QWidget, ...]:
        return (AnnouncementBar(self.say, self.announcements),)

    def show_first(self) -> None:
        self.show_start()

    def _speak(self, language: str) -> None:
        super()._speak(language)
        self._accounts = self._forgetting = self._start_actions = None
        if self._painted:
            self.drop.speak(self.say)

    @property
    def accounts(self) -> AccountActions:
        if self._accounts is None:
            from ui.account_actions import AccountActions

            self._accounts = AccountActions(self.say, self._services, self._given, self)
            self._accounts.ready.connect(lambda order, aside: self.scanning.scan(order, aside))
            self._accounts.all_ready.connect(lambda orders, aside: self.scanning.scan_together(orders, aside))
            self._accounts.failed.connect(self._no_account)
        return self._accounts

    @property
    def forgetting(self) -> ForgetActions:
        if self._forgetting is None:
            from ui.forget_actions import ForgetActions

            self._forgetting = ForgetActions(self.say, self._services, self._given, self)
            self._forgetting.forgotten.connect(lambda told, tone: self.show_screen(lambda: self._start_screen(told=(told, tone))))
            self._forgetting.failed.connect(self.show_start)
        return self._forgetting

    @property
    def begin(self) -> StartActions:
        if self._start_actions is None:
            from ui.start_actions import StartActions

            self._start_actions = StartActions(self.say, self._services, self)
            self._start_actions.several.connect(self.accounts.read)
        return self._start_actions

    def _no_account(self, problem: NitaqError) -> None:
        """On the form that is shown still, so that nothing has to be typed again; on the start screen; or above the screen that the user is at."""
        from ui.account_actions import GIVEN_UP

        if self._form is not None:
            self._form.fail(problem)
        elif isinstance(self.screen_widget, StartScreen) and problem.code not in GIVEN_UP:
            self.show_start(problem)
        else:
            from ui.sentences import in_words

            tone, icon = ("info", "info") if problem.code in GIVEN_UP else ("bad", "bad")
            self.announcements.announce(NO_ACCOUNT, Announcement(lambda say: in_words(problem, say), tone=tone, icon=icon))

    def leave_account(self) -> None:
        """What was said of an account is over."""
        self.announcements.withdraw(NO_ACCOUNT)

    @property
    def auditing(self) -> Auditing:
        if self._audits is None:
            from ui.auditing import Auditing

            self._audits = Auditing(self, self._services)
            self._audits.failed.connect(self._not_opened)
        return self._audits

    def _rebuild(self) -> None:
        self._form = None
        if self._audits is not None:
            self._audits.left()
        super()._rebuild()
        if self._painted:
            self.drop.leave_to_window(self.screen_widget)

    def _before_rebuilding(self) -> None:
        if self._form is not None:
            self.show_form(self._form.draft())

    def title_of(self, source: str) -> str:
        """What the user calls an audit."""
        from ui.kept import name_of

        return name_of(source, self._services.audits, self.say)

    # Start -------------------------------------------------------------------------------------------------------

    def resume(self) -> str:
        """The audit that was on the screen when the window was closed, where it is kept still; else the start. Gives its source, or nothing. Only
        once: a window that ends badly closes nothing, and what is done then is another matter (`ui/recovery.py`)."""
        if self._services.preferences.setting("last"):
            from ui.arrangement import last_shown

            last = last_shown(self._services.preferences)
            self.remember("last", "")
            if last is not None and any(entry.source == last[0] for entry in self._services.audits.recent()):
                self.auditing.open(*last)
                return last[0]
        return ""

    def show_start(self, problem: NitaqError | None = None) -> None:
        self.show_screen(lambda: self._start_screen(problem))
        self.moved.emit("start", "")

    def _start_screen(self, problem: NitaqError | None = None, told: tuple[str, str] | None = None) -> Screen:
        """`told`: a sentence about what was just done, and its tone."""
        screen = StartScreen(self.say)
        screen.account.connect(lambda: self.show_form())
        screen.file.connect(lambda: self._choose(folder=False))
        screen.folder.connect(lambda: self._choose(folder=True))
        screen.sample.connect(self.open_sample)
        screen.recent.connect(self.open_audit)
        screen.settings.connect(self.change)
        screen.profile.connect(self.scan_source)
        screen.forgotten.connect(lambda source: self.forgetting.ask(source, self.title_of(source)))
        if problem is not None:
            from ui.sentences import in_words

            screen.tell(in_words(problem, self.say))
        elif told is not None:
            screen.tell(*told)
        if self._painted:
            self.begin.fill(screen)
        return screen

    def _first_seen(self) -> None:
        super()._first_seen()
        self.drop.speak(self.say)
        self.drop.leave_to_window(self.screen_widget)
        if isinstance(self.screen_widget, StartScreen):
            self.begin.fill(self.screen_widget)

    def _choose(self, *, folder: bool) -> None:
        from ui.files import choose_mail

        choose_mail(self, self.say, self.scan_source, folder=folder)

    def show_settings(self) -> None:
        """And back to where the user was."""
        from ui.settings import SettingsScreen

        if not isinstance(self.screen_widget, SettingsScreen):
            self._before_rebuilding()
            before = self._build
            self.show_screen(lambda: self._settings_screen(before))

    def _settings_screen(self, before: Callable[[], Screen]) -> SettingsScreen:
        from ui.setting_groups import setting_groups
        from ui.settings import SettingsScreen

        screen = SettingsScreen(self.say, setting_groups(self, self._services), self._focus_name())
        screen.left.connect(lambda: self.show_screen(before))
        return screen

    def _focus_name(self) -> str:
        """Which choice of the settings has the keyboard, if any."""
        focus = QApplication.focusWidget()
        parent = focus.parentWidget() if focus is not None else None
        return parent.objectName() if parent is not None else ""

    def show_form(self, draft: Draft | None = None, wrong: str = "", sentence: str = "") -> None:
        """`wrong`: the field that a failed audit asks to be changed, with the reason."""
        self.show_screen(lambda: self._account_form(draft))
        if self._form is not None and wrong:
            self._form.show_mistakes({wrong: sentence})

    def _account_form(self, draft: Draft | None) -> AccountForm:
        from ui.account_draft import Draft
        from ui.account_form import AccountForm
        from ui.task import in_background

        form = AccountForm(self.say, draft or Draft(), keyring=self._keyring, proxy=self._services.proxy)
        in_background(self, self._services.secrets.available, self._keyring_known, self.show_start)
        form.left.connect(self.show_start)
        form.submitted.connect(self.accounts.submit)
        form.tried.connect(lambda draft: self.accounts.try_out(draft, lambda trial: form.tell(trial) if self._form is form else None))
        form.search.asked.connect(lambda address: self._discover(form, address))
        self._form = form
        return form

    def _discover(self, form: AccountForm, address: str) -> None:
        from ui.sentences import in_words

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

    def change(self, source: str, wrong: str = "", sentence: str = "") -> None:
        """The form of an account, at the field that is wrong, with the reason."""
        from ui.account_draft import draft_of

        self.show_form(draft_of(self._services.audits.account(source)), wrong, sentence)

    # Scan --------------------------------------------------------------------------------------------------------

    @property
    def scanning(self) -> Scanning:
        if self._scanning is None:
            from ui.scanning import Scanning

            self._scanning = Scanning(self, self._services, self._given)
            self._scanning.ended.connect(self._scanned)
        return self._scanning

    def scan_source(self, source: str) -> None:
        """Scan mail files or the sample, with what is known of them."""
        self.scanning.scan_source(source)

    def _scanned(self, end: End) -> None:
        self._waiting.show()
        if end.at_fault:
            self.engine_failed.emit()

    # Audit -------------------------------------------------------------------------------------------------------

    def open_sample(self) -> None:
        self.scan_source(SAMPLE)

    def open_audit(self, source: str, aside: str = "") -> None:
        """With a sentence beside it."""
        self.auditing.open(source, aside=aside)
        self.moved.emit("audit", source)

    def _not_opened(self, source: str, error: NitaqError) -> None:
        """What was kept can be had again by reading the mailbox, once; anything else is said."""
        if error.code == "store.damaged" and (self.scanning.run is None or self.scanning.run.source != source):
            self.accounts.read(source, self.say("What had been kept of this mailbox cannot be used any more, so it is read again."))
        else:
            self.show_start(error)

    def show_audit(self, state: AuditState) -> None:
        self.auditing.show(state)

    @property
    def audit_actions(self) -> AuditActions:
        """Of the audit that is shown."""
        return self.auditing.actions

    # From outside ------------------------------------------------------------------------------------------------

    def open_files(self, sources: list[str]) -> None:
        """Audit mail files (absolute paths) or the sample, one after another."""
        self._waiting.add(sources)

    def come_forward(self) -> None:
        """As far as the desktop lets a window do so by itself."""
        from PySide6.QtCore import Qt

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
        return self._scanning is not None and self._scanning.goes_on

    def settle(self) -> None:
        """After it was closed, before the store is: what was decided last is kept first."""
        if self._audits is not None:
            self._audits.settle()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._scanning is not None:
            self._scanning.stop()
        if self._audits is not None:
            self._audits.keep_arrangement()
        self.help.close()
        super().closeEvent(event)
