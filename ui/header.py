"""The bar above every screen: the program's name, its look and its language."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from app.i18n import Translation, mark
from ui import first_picture
from ui import tokens as t
from ui.controls import button, icon_button, label, picture
from ui.language import NAMES, other
from ui.theme import Look

LOOKS = {Look.SYSTEM: mark("As the system"), Look.LIGHT: mark("Light"), Look.DARK: mark("Dark"), Look.CONTRAST: mark("High contrast")}


class Header(QFrame):
    """Emits the `language` or the `look` that was chosen, and `help`, `settings`."""

    language = Signal(str)
    look = Signal(str)
    help = Signal()
    settings = Signal()

    def __init__(self, say: Translation, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setFixedHeight(56)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(t.XL, 0, t.L, 0)
        layout.setSpacing(t.M)
        layout.addWidget(picture("nitaq", "#000000", 28))
        layout.addWidget(label(say("Nitaq"), "heading"))
        layout.addStretch(1)
        self.look_button = icon_button(say("Light or dark"), look.value)
        self.look_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        first_picture.later(self.look_button, lambda _: self._offer_looks(say, look))
        wanted = other(say.language)
        self.language_button = button(NAMES[wanted], "quiet", "language")
        self.language_button.setToolTip(NAMES[wanted])
        self.language_button.setAccessibleDescription(say("Language"))
        self.language_button.clicked.connect(lambda: self.language.emit(wanted))
        self.help_button = icon_button(say("Guide (F1)"), "help")
        self.help_button.clicked.connect(self.help)
        self.settings_button = icon_button(say("Settings (Ctrl+,)"), "settings")
        self.settings_button.clicked.connect(self.settings)
        layout.addWidget(self.help_button)
        layout.addWidget(self.settings_button)
        layout.addWidget(self.look_button)
        layout.addWidget(self.language_button)

    def _offer_looks(self, say: Translation, look: Look) -> None:
        from PySide6.QtGui import QAction, QActionGroup
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self.look_button)
        group = QActionGroup(menu)
        for each, text in LOOKS.items():
            action = QAction(say(text), menu, checkable=True, checked=each is look)
            action.triggered.connect(lambda _, each=each: self.look.emit(each.value))
            group.addAction(action)
            menu.addAction(action)
        self.look_button.setMenu(menu)
