"""The window around every screen: its bar, its language and look, its keys, its place. Another language, other digits or another look build the screen anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.errors import NitaqError
from app.i18n import Digits
from ui import first_picture, icons, theme, tokens
from ui.header import Header
from ui.language import Languages, system_language
from ui.place import place_of, put
from ui.theme import Look

if TYPE_CHECKING:
    from ui.account_form import AccountForm
    from ui.audit_view import AuditView
    from ui.help import Help
    from ui.loading import LoadingScreen
    from ui.ports import Services
    from ui.review import ReviewView
    from ui.scan_view import ScanView
    from ui.settings import SettingsScreen
    from ui.start import StartScreen

    # Each has `first`: where the keyboard goes when it is shown. All but the first are imported when they are first shown.
    Screen = StartScreen | AccountForm | ScanView | LoadingScreen | AuditView | ReviewView | SettingsScreen

LANGUAGE, LOOK, DIGITS, PLACE = "language", "look", "digits", "geometry"
"""Settings that hold from one start to the next."""
SCREEN_LEAST = QSize(640, 420)
"""What every screen can be laid out in."""
UNPAINTED = 1_000
"""Milliseconds after which a shown window does what follows its first picture, although there is none, as where it was started as an icon."""
C = TypeVar("C", Look, Digits)


class Shell(QMainWindow):
    """Shows one screen at a time; which one is said by whoever inherits this. What cannot be kept (a full disk) holds until the window closes.

    Emits `seen` when the first picture is there: what nobody should have to wait for before begins then.
    """

    seen = Signal()

    def __init__(self, services: Services, app: QApplication) -> None:
        super().__init__()
        self._services, self._app = services, app
        self._languages = Languages(app)
        self.look = self._chosen(LOOK, Look, Look.SYSTEM)
        self.digits = self._chosen(DIGITS, Digits, Digits.LATIN)
        self._painted = False
        self._build: Callable[[], Screen]
        self.screen_widget: Screen
        put(self, services.preferences.setting(PLACE))
        colours, dark = theme.colour(app, self.look)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._speak(services.preferences.setting(LANGUAGE) or system_language())
        self.show_first()
        theme.dress(app, colours, dark)

    def show_first(self) -> None:
        """The screen that is shown when the program starts."""
        raise NotImplementedError

    def _chosen(self, name: str, choices: Iterable[C], default: C) -> C:
        kept = self._services.preferences.setting(name)
        return next((choice for choice in choices if choice == kept), default)

    def _speak(self, language: str) -> None:
        self.say = self._languages.speak(language, self.digits)
        if self._painted:
            self._explain_terms()
            self.help.speak(self.say)

    def _explain(self, shown: QWidget) -> None:
        from ui.explained import explain_within

        explain_within(shown, self.say)

    def _explain_terms(self) -> None:
        from ui.controls import explain_with
        from ui.explained import explain

        explain_with(lambda widget, text: explain(widget, text, self.say))

    @cached_property
    def help(self) -> Help:
        from ui.help import Help

        return Help(self._services, self)

    # One screen after another ------------------------------------------------------------------------------------

    def show_screen(self, build: Callable[[], Screen]) -> None:
        self._build = build
        self._rebuild()

    def _rebuild(self) -> None:
        say = self.say
        self.setWindowTitle(say("Nitaq"))
        self.setWindowIcon(icons.icon("nitaq", "#000000"))
        self.header = Header(say, self.look)
        self.header.language.connect(self.set_language)
        self.header.look.connect(lambda look: self.set_look(Look(look)))
        self.header.help.connect(lambda: self.help.open())
        self.header.settings.connect(self.show_settings)
        self.screen_widget = self._build()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        for bar in self._bars():
            layout.addWidget(bar)
        layout.addWidget(_room(self.screen_widget), 1)
        self.setCentralWidget(page)
        page.show()  # not when Qt comes to it: a window that becomes the active one until then would find nothing to give the keyboard to
        self.screen_widget.first.setFocus()
        if self._painted:
            self._explain(page)

    def _bars(self) -> Iterable[QWidget]:
        """What stands between the window's bar and every screen."""
        return ()

    def set_language(self, language: str) -> None:
        self.remember(LANGUAGE, language)
        self._say_anew(language)

    def set_digits(self, digits: Digits) -> None:
        self.digits = digits
        self.remember(DIGITS, digits)
        self._say_anew(self.say.language)

    def set_look(self, look: Look) -> None:
        self.look = look
        self.remember(LOOK, look)
        self._paint_anew()

    def _say_anew(self, language: str) -> None:
        self._before_rebuilding()
        self._speak(language)
        self._rebuild()

    def _paint_anew(self) -> None:
        self._before_rebuilding()
        theme.apply(self._app, self.look)
        self._rebuild()

    def _system_changed(self) -> None:
        if self.look is Look.SYSTEM:
            self._paint_anew()

    def _before_rebuilding(self) -> None:
        """The place to keep what has been typed."""

    # Small things ------------------------------------------------------------------------------------------------

    def show_settings(self) -> None:
        raise NotImplementedError

    def remember(self, name: str, value: str) -> None:
        with suppress(NitaqError):
            self._services.preferences.set(name, value)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._settle)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(UNPAINTED, self, lambda: None if self._painted else self._settle())

    def _settle(self) -> None:
        self._painted = True
        self._first_seen()
        self.seen.emit()

    def _first_seen(self) -> None:
        """The window has been painted for the first time: now comes what nobody should have to wait for before."""
        from PySide6.QtGui import QKeySequence, QShortcut

        first_picture.catch_up()
        if self.look is Look.SYSTEM and theme.system_is_dark(self._app) is not (theme.colours() is tokens.DARK):
            self._paint_anew()
        QShortcut(QKeySequence("Ctrl+,"), self).activated.connect(self.show_settings)
        self._explain_terms()
        self._explain(self)
        self.help.speak(self.say)
        self._app.focusChanged.connect(self._meet_dialog)

    def _meet_dialog(self, before: QWidget | None, now: QWidget | None) -> None:
        """What every dialog has when it is shown first: its terms explained, and room."""
        from PySide6.QtWidgets import QDialog, QFileDialog

        from ui.fit import fit

        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and not dialog.property("met") and not isinstance(dialog, QFileDialog):
            dialog.setProperty("met", True)
            self._explain(dialog)
            QTimer.singleShot(0, dialog, lambda: fit(dialog))  # not while Qt hands the keyboard on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does; Qt has it so in dialogs alone."""
        from PySide6.QtCore import Qt

        focus = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton | QToolButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember(PLACE, place_of(self))
        super().closeEvent(event)


def _room(screen: QWidget) -> QScrollArea:
    """Scrolled where the window is smaller than the screen needs, as on a small display that is enlarged."""
    area = QScrollArea()
    area.setObjectName("room")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setProperty("focusPolicy", first_picture.NO_FOCUS)
    screen.setAutoFillBackground(False)
    screen.setMinimumSize(screen.minimumSize().expandedTo(SCREEN_LEAST))
    area.setWidget(screen)
    return area
