"""The setting that lets Nitaq ask for a newer version, off until it is switched on, with all that is asked of whom beside it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QWidget

from app import __version__
from app.errors import NitaqError
from app.i18n import Translation
from app.updates import DOWNLOADS, NEWEST, is_newer
from ui import tokens as t
from ui.announcements import Announcement, Announcements
from ui.controls import button, column, label, row
from ui.ports import Preferences
from ui.sentences import in_words
from ui.task import Task, in_background

SETTING = "updates"
ASKED = "updates-asked"
"""The day of the last question, so that there is one a day."""
Newest = Callable[[], str]


class UpdateSetting(QWidget):
    """The group of the settings: a switch, what it means, and a question now. `newest` is called in a worker thread and may raise NitaqError."""

    def __init__(self, say: Translation, preferences: Preferences, newest: Newest) -> None:
        super().__init__()
        self._say, self._preferences, self._newest = say, preferences, newest
        self.switch = QCheckBox(say("Ask once a day, at the start, whether there is a newer version"))
        self.switch.setAccessibleName(self.switch.text())
        self.switch.setChecked(preferences.setting(SETTING) == "on")
        asked = say("Asked is {address}: one small file is read, and its number is compared with yours here.", address=NEWEST)
        told = say("Who runs that page sees your internet address, as with every web page, and nothing else: no name, no number of yours, no cookie."
                   " Nothing is downloaded or changed.")  # fmt: skip
        self.ask_button = button(say("Ask now"))
        self.page_button = button(say("Open the page in the browser"), "link")
        self.page_button.hide()
        self.answer = label("", wrap=True)
        self.answer.hide()
        self.setLayout(
            column(
                label(say("Newer versions"), "heading"), self.switch, label(asked, "muted", wrap=True), label(told, "muted", wrap=True),
                self.answer, row(self.ask_button, self.page_button, -1), spacing=t.S,
            )
        )  # fmt: skip
        self.switch.toggled.connect(lambda on: self._remember("on" if on else ""))
        self.ask_button.clicked.connect(self._ask)
        self.page_button.clicked.connect(open_page)

    def _remember(self, value: str) -> None:
        with suppress(NitaqError):
            self._preferences.set(SETTING, value)

    def _ask(self) -> None:
        self.ask_button.setEnabled(False)
        self._tell(self._say("Asking …"))
        in_background(self, self._newest, self._answered, lambda error: self._tell(in_words(error, self._say)))

    def _answered(self, version: str) -> None:
        newer = is_newer(version)
        self.page_button.setVisible(newer)
        self._tell(newer_sentence(version, self._say) if newer else self._say("You have the newest version, {version}.", version=__version__))

    def _tell(self, sentence: str) -> None:
        self.ask_button.setEnabled(sentence != self._say("Asking …"))
        self.answer.setText(sentence)
        self.answer.show()


def ask_at_start(preferences: Preferences, newest: Newest, announcements: Announcements, today: date, parent: QObject) -> None:
    """Where the user has switched it on, and once a day. Only a newer version is spoken of; no answer is not worth a word."""
    if preferences.setting(SETTING) != "on" or preferences.setting(ASKED) == today.isoformat():
        return

    with suppress(NitaqError):
        preferences.set(ASKED, today.isoformat())  # before asking: once a day also where nobody answers

    def answered(version: str) -> None:
        if is_newer(version):
            ways = ((lambda say: say("Open the page in the browser"), open_page),)
            announcements.announce("update", Announcement(lambda say: newer_sentence(version, say), ways))

    task = Task(newest, parent)
    task.done.connect(answered)
    task.start()


def newer_sentence(version: str, say: Translation) -> str:
    return say("There is a newer version, {newer}. You have {version}. Nothing has been downloaded.", newer=version, version=__version__)


def open_page() -> None:
    QDesktopServices.openUrl(QUrl(DOWNLOADS))
