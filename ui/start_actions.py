"""What the first screen shows and offers: the accounts and audits that are kept, mail of other programs, and the ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import NitaqError
from app.i18n import Translation
from app.model import MailProfile
from app.several import is_several, sources_of
from ui.files import file_dialog
from ui.ports import Services
from ui.sentences import in_words
from ui.start import StartScreen
from ui.task import Task

if TYPE_CHECKING:
    from ui.several import SeveralDialog

SAMPLE = "sample"


class StartActions(QObject):
    """Emits `scanned` with a source to read now, and `several` with the key of an audit of several."""

    scanned = Signal(str)
    several = Signal(str)

    def __init__(self, say: Translation, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._window = say, services, window
        self._names: dict[str, str] = {}
        self._found: Sequence[MailProfile] | None = None
        self.dialog: QFileDialog | SeveralDialog | None = None

    def screen(self, problem: NitaqError | None, told: tuple[str, str] | None, lapsing: str) -> StartScreen:
        """`told`: a sentence about what was just done, with its tone; what has failed goes before it. `lapsing`: the announcement of exceptions that end."""
        audits, say = self._services.audits, self._say
        try:
            recent = list(audits.recent())
            self._names = {entry.source: self.name(entry.source) for entry in recent}
            unread = [account for account in audits.accounts() if account.source not in self._names and account.source.startswith(("imap://", "imaps://"))]
        except NitaqError as error:
            recent, self._names, unread, problem = [], {}, [], problem or error
        names = {**self._names, **{account.source: account.name for account in unread}}
        screen = StartScreen(say, recent, unread, names, (in_words(problem, say), "bad") if problem else told, lapsing)
        screen.file.connect(lambda: self._choose(QFileDialog.FileMode.ExistingFile))
        screen.folder.connect(lambda: self._choose(QFileDialog.FileMode.Directory))
        screen.profile.connect(self.scanned)
        singles = {source: name for source, name in names.items() if source != SAMPLE and not is_several(source)}
        screen.together.connect(lambda: self._choose_several(singles))
        self._offer(screen)
        return screen

    def name(self, source: str) -> str:
        """What the user calls a source, or several."""
        if source == SAMPLE:
            return self._say("Sample mailbox")
        audits = self._services.audits
        if is_several(source):
            return name_of_several([audits.account(each).name for each in sources_of(source)])
        return audits.account(source).name

    def _choose(self, mode: QFileDialog.FileMode) -> None:
        say = self._say
        dialog = file_dialog(self._window, say("Open mail files"), say)
        dialog.setFileMode(mode)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, say("Open"))
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, say("Cancel"))
        dialog.fileSelected.connect(self.scanned)
        self.dialog = dialog
        dialog.open()

    def _choose_several(self, names: dict[str, str]) -> None:
        from ui.several import SeveralDialog

        dialog = SeveralDialog(self._say, names, self._window)
        dialog.chosen.connect(self.several)
        self.dialog = dialog
        dialog.open()

    def _offer(self, screen: StartScreen) -> None:
        """What other programs keep here, looked for once."""
        if self._found is not None:
            screen.show_found(self._found)
            return
        task = Task(self._services.profiles, self)
        task.done.connect(self._keep)
        task.done.connect(screen.show_found)
        task.start()

    def _keep(self, found: Sequence[MailProfile]) -> None:
        self._found = found


def name_of_several(names: Sequence[str]) -> str:
    """What an audit of several mailboxes is called, in any language: both of them, or the first and how many more."""
    return " + ".join(names) if len(names) == 2 else f"{names[0]} + {len(names) - 1}"
