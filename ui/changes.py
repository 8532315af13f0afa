"""Sections of text in tables, one shown at a time: what changed between two audits, or the domains of one as they were."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from app.compare_text import Section
from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, column, label, notice, row
from ui.section_table import SectionTable

SIDE = 250
"""Width of the list of sections."""


class Changes(QWidget):
    """Emits `left`, and `saved` when it is to be written to a file."""

    left = Signal()
    saved = Signal()

    def __init__(
        self, say: Translation, title: str, lead: str, sections: Sequence[Section], warnings: Sequence[str] = (), *, can_be_saved: bool = True
    ) -> None:
        super().__init__()
        self._say, self._sections = say, sections
        self.list = QListWidget(self)
        self.list.setAccessibleName(say("What changed between two audits"))
        self.list.setFixedWidth(SIDE)
        self.list.addItems([say("{title}: {n}", title=section.title, n=len(section.rows)) for section in sections])
        self.list.setVisible(len(sections) > 1)
        self.meaning = label("", "muted", wrap=True)
        self.table = SectionTable()
        self.back = button(say("All audits"), icon="back", mirrored=say.rtl)
        self.save = button(say("Save as a report"), "primary", "export")
        self.save.setVisible(can_be_saved)
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self.saved)
        self.first: QWidget = self.list if len(sections) > 1 else self.table
        inner = row(self.list, column(self.meaning, self.table), spacing=t.L)
        inner.setStretch(1, 1)
        layout = column(label(title, "title", wrap=True), label(lead, "lead", wrap=True), spacing=t.M, margins=(t.XL,) * 4)
        for sentence in warnings:
            layout.addWidget(notice(sentence, "warn", "warn"))
        layout.addLayout(inner, 1)
        layout.addLayout(row(self.back, -1, self.save))
        self.setLayout(layout)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(next((at for at, section in enumerate(sections) if section.rows), 0))

    def _show(self, at: int) -> None:
        self.meaning.setText(self._sections[at].meaning)
        self.table.show_section(self._sections[at], self._say)
