"""Everything inside a built program, each part with its licence in full."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit, QWidget

from app.i18n import Translation, mark
from app.inside import Part
from ui import tokens as t
from ui.controls import button, column, label, row

FROM_SOURCE = mark("This copy runs from its source. The libraries that it uses are installed beside it, each with its licence.")


class ContentsDialog(QDialog):
    """Show it with `open()`. Without parts the program runs from its source."""

    def __init__(self, say: Translation, parts: tuple[Part, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._parts = parts
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("What is inside"))
        self.setAccessibleName(say("What is inside"))
        self.list, self.text = QListWidget(), QPlainTextEdit()
        self.list.setAccessibleName(say("What is inside"))
        self.text.setAccessibleName(say("The licence in full"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # licences are in English
        self.close_button = button(say("Close"), "primary")
        self.close_button.clicked.connect(self.reject)
        layout = column(label(say("What is inside"), "title"), spacing=t.S, margins=(t.XL,) * 4)
        if parts:
            self.list.addItems([f"{part.name} {part.version}".strip() + f" · {part.licence}" for part in parts])
            self.list.currentRowChanged.connect(self._read)
            layout.addWidget(label(say("Choose a part to read its licence in full."), "muted"))
            layout.addWidget(self.list, 2)
            layout.addWidget(self.text, 3)
            self.list.setCurrentRow(0)
            self.resize(min(680, parent.width()), min(640, parent.height()))
        else:
            layout.addWidget(label(say(FROM_SOURCE), wrap=True))
            self.resize(min(560, parent.width()), 0)
        layout.addLayout(row(-1, self.close_button))
        self.setLayout(layout)

    def _read(self, position: int) -> None:
        self.text.setPlainText(self._parts[position].text())
