"""Which language the window speaks, and which way it runs: direction is set once, at the application, and Qt mirrors everything."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.i18n import LANGUAGES, Digits, Translation
from ui.first_picture import LEFT_TO_RIGHT, RIGHT_TO_LEFT

NAMES = {"en": "English", "ar": "العربية"}
"""Each language in its own words, so that whoever needs it can find it."""


class Languages:
    """The languages of one application; Qt's own texts (file dialogs, context menus) follow."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._qt = QTranslator(app)

    def speak(self, language: str, digits: Digits = Digits.LATIN) -> Translation:
        """Set the application's direction and Qt's own texts; the caller builds its widgets anew with what is returned."""
        say = Translation(language, digits)
        self._app.removeTranslator(self._qt)
        if language != "en" and self._qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(self._qt)
        self._app.setProperty("layoutDirection", RIGHT_TO_LEFT if say.rtl else LEFT_TO_RIGHT)
        return say


def other(language: str) -> str:
    """The language that a switch leads to."""
    return LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]


def system_language() -> str:
    """The first of the user's languages that the window speaks."""
    wanted = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((language for language in wanted if language in LANGUAGES), "en")
