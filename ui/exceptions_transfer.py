"""The register of exceptions written to a file, and a file read into it after a look at what it would bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import NitaqError
from app.i18n import Translation, mark
from app.model import ExceptionRule
from ui.export import ExportAction
from ui.files import file_dialog
from ui.sentences import in_words
from ui.task import in_background

if TYPE_CHECKING:
    from app.exceptions_csv import Line

UNREADABLE = mark("This file cannot be opened.")


@dataclass(frozen=True, slots=True)
class _Table:
    suffix: str = ".csv"
    title: str = mark("Exceptions for spreadsheets (CSV)")


class ExceptionsTransfer(QObject):
    """Emits `told` with a sentence, its tone and a path or None, and `imported` with rules that the user has confirmed."""

    told = Signal(str, str, object)
    imported = Signal(object)

    def __init__(self, say: Translation, window: QWidget) -> None:
        super().__init__(window)
        self._say, self._window = say, window

    def write(self, rules: Sequence[ExceptionRule], created: int) -> None:
        say = self._say
        self.exporting = ExportAction(
            say, (_Table(),), lambda path: _write(rules, path), created, say("Exceptions"), self._window,
            heading=say("Export the exceptions"), done=mark("The exceptions were written: {name}"),
        )  # fmt: skip
        self.exporting.finished.connect(self.told)
        self.exporting.start()

    def read(self, kept: Sequence[ExceptionRule]) -> None:
        say = self._say
        self.dialog = file_dialog(self._window, say("Import exceptions"), say)
        self.dialog.setLabelText(QFileDialog.DialogLabel.Accept, say("Open"))
        self.dialog.setLabelText(QFileDialog.DialogLabel.Reject, say("Cancel"))
        self.dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.dialog.setNameFilters([f"{say(_Table().title)} (*.csv)"])
        self.dialog.fileSelected.connect(lambda name: self.preview(Path(name), kept))
        self.dialog.open()

    def preview(self, path: Path, kept: Sequence[ExceptionRule]) -> None:
        in_background(self, lambda: _lines(path), lambda lines: self._show(path, lines, kept), self._failed)

    def _failed(self, error: NitaqError) -> None:
        self.told.emit(in_words(error, self._say), "bad", None)

    def _show(self, path: Path, lines: Sequence[Line], kept: Sequence[ExceptionRule]) -> None:
        from ui.import_preview import ImportPreview

        self.shown = ImportPreview(self._say, path.name, lines, kept, self._window)
        self.shown.confirmed.connect(self.imported)
        self.shown.open()


def _write(rules: Sequence[ExceptionRule], path: Path) -> None:
    from app.exceptions_csv import written
    from app.exporters import write_whole

    def write(out: BinaryIO) -> None:
        out.write(written(rules))

    write_whole(path, write)


def _lines(path: Path) -> Sequence[Line]:
    from app.exceptions_csv import LARGEST, Line, read

    try:
        with path.open("rb") as file:
            return read(file.read(LARGEST + 1))
    except OSError:
        return (Line(1, fault=UNREADABLE),)
