"""Writing the report to a file: which form, where, and whether one that is there may be replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.contain import contained
from app.errors import NitaqError
from app.i18n import Translation, mark
from ui.files import file_dialog
from ui.ports import Exporter
from ui.sentences import in_words
from ui.task import in_background
from ui.words import ltr

WRITTEN = mark("The report was written: {name}")
_NOT_IN_A_NAME = re.compile(r"[^\w.@]+")


class ExportAction(QObject):
    """One export from the question to the sentence that it is done. Emits `finished` with that sentence, its tone, and the path or None."""

    finished = Signal(str, str, object)

    def __init__(self, say: Translation, exporters: Sequence[Exporter], write: Callable[[Path], None], created: int, title: str, parent: QWidget, *,
                 heading: str = "", done: str = WRITTEN) -> None:  # fmt: skip
        """`write` is called away from the window's thread. `heading` and `done` (English, with {name}): where it is no report that is written."""
        super().__init__(parent)
        self._say, self._into, self._window = say, write, parent
        self._heading, self._written = heading or say("Export the report"), done
        self._by_filter = {f"{say(each.title)} (*{each.suffix})": each for each in exporters}
        self.dialog = file_dialog(parent, self._heading, say)
        self.dialog.setLabelText(QFileDialog.DialogLabel.Accept, say("Export"))
        self.dialog.setLabelText(QFileDialog.DialogLabel.Reject, say("Cancel"))
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        self.dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # asked below, when the whole name is known
        self.dialog.setNameFilters(list(self._by_filter))
        self.dialog.selectFile(suggested_name(title, created))
        self.dialog.fileSelected.connect(self._selected)

    def start(self) -> None:
        self.dialog.open()

    def _selected(self, name: str) -> None:
        exporter = self._by_filter[self.dialog.selectedNameFilter()]
        path = Path(name)
        known = {each.suffix for each in self._by_filter.values()}
        if path.suffix.lower() not in known:
            path = path.with_name(path.name + exporter.suffix)
        if path.exists():
            self._ask(path)
        else:
            self._write(path)

    def _ask(self, path: Path) -> None:
        say = self._say
        question = QMessageBox(self._window)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle(self._heading)
        question.setText(say("There is already a file {name}.", name=contained(path.name)))
        question.setInformativeText(say("Do you want to replace it?"))
        replace = question.addButton(say("Replace"), QMessageBox.ButtonRole.AcceptRole)
        keep = question.addButton(say("Keep it"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.setEscapeButton(keep)
        question.buttonClicked.connect(lambda pressed: self._write(path) if pressed is replace else None)
        self.question = question
        question.open()

    def _write(self, path: Path) -> None:
        in_background(self, lambda: self._into(path), lambda _: self._done(path), self._failed)

    def _done(self, path: Path) -> None:
        self.finished.emit(self._say.fill(self._written, {"name": ltr(contained(str(path)))}), "good", path)

    def _failed(self, error: NitaqError) -> None:
        self.finished.emit(in_words(error, self._say), "bad", None)


def suggested_name(title: str, created: int) -> str:
    """Of safe characters only: the title may come from a path or a server."""
    day = datetime.fromtimestamp(created, UTC).date().isoformat()
    return _NOT_IN_A_NAME.sub("-", "-".join(filter(None, ("nitaq", title, day))))[:120].strip("-.")
