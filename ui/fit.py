"""A dialog that is larger than the screen, as on a small display that is enlarged, is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.place import TITLE_BAR


def fit(dialog: QDialog) -> None:
    """Does nothing where it fits."""
    room = dialog.screen().availableSize() - QSize(0, TITLE_BAR)
    layout, least = dialog.layout(), dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    if layout is None or least == least.boundedTo(room):
        return
    keyboard = dialog.focusWidget()
    inner = QWidget()
    inner.setLayout(layout)  # which takes the layout, and all that is in it, from the dialog
    inner.setMinimumWidth(dialog.minimumWidth())
    area = QScrollArea()
    area.setObjectName("room")
    area.setWidgetResizable(True)
    area.setAccessibleName(dialog.windowTitle())
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    dialog.setMinimumSize(0, 0)
    dialog.resize(least.boundedTo(room))
    if keyboard is not None:
        keyboard.setFocus()  # which a new parent takes away
