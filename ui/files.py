"""The dialog in which files and folders are chosen; where the desktop has none of its own, Qt's, made complete for both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from app.i18n import Translation


def file_dialog(parent: QWidget, title: str, say: Translation) -> QFileDialog:
    """Begins where the user keeps documents; forgets itself when it is closed. Show it with `open()`."""
    dialog = QFileDialog(parent, title, documents())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for part, text in (
        (QFileDialog.DialogLabel.LookIn, say("Folder:")),
        (QFileDialog.DialogLabel.FileName, say("Name:")),
        (QFileDialog.DialogLabel.FileType, say("Form:")),
    ):
        dialog.setLabelText(part, text)  # Qt's own Arabic has some of them only
    for edit in dialog.findChildren(QLineEdit):
        edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return dialog


def choose_mail(parent: QWidget, say: Translation, chosen: Callable[[str], None], *, folder: bool) -> None:
    """Ask for a file of mail, or for a folder, and call `chosen` with its path."""
    dialog = file_dialog(parent, say("Open mail files"), say)
    dialog.setFileMode(QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, say("Open"))
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, say("Cancel"))
    dialog.fileSelected.connect(chosen)
    dialog.open()


def documents() -> str:
    """The folder of the user's documents, or the home folder where there is none."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return found if found and Path(found).is_dir() else str(Path.home())
