"""What the first screen is filled with once it is seen, the accounts and audits that are kept and mail of other programs, and the ways from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import NitaqError
from app.i18n import Translation
from app.model import MailProfile
from ui.kept import kept
from ui.ports import Services
from ui.sentences import in_words
from ui.start import StartScreen
from ui.task import Task

if TYPE_CHECKING:
    from ui.several import SeveralDialog


class StartActions(QObject):
    """Emits `several` with the key of an audit of several that is to be made."""

    several = Signal(str)

    def __init__(self, say: Translation, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._services, self._window = say, services, window
        self._found: Sequence[MailProfile] | None = None
        self.dialog: SeveralDialog | None = None

    def fill(self, screen: StartScreen) -> None:
        """With what is kept; an error is said in its place."""
        try:
            shown = kept(self._services.audits, self._services.today(), self._say)
        except NitaqError as error:
            screen.tell(in_words(error, self._say))
        else:
            screen.show_kept(shown)
            screen.together.connect(lambda: self._choose_several(shown.names))
        self._offer(screen)

    def _choose_several(self, names: Mapping[str, str]) -> None:
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
