"""A table of plain text that is never changed: one section of a comparison."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.compare_text import Section
from app.i18n import Translation
from ui import tokens as t
from ui.words import ltr

DISPLAY, TOOL_TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole

WIDEST = 320
"""Pixels that a column gets at most."""


class SectionModel(QAbstractTableModel):
    """The rows of a section as they are."""

    def __init__(self, section: Section, say: Translation, parent: QObject) -> None:
        super().__init__(parent)
        self._section, self._say = section, say

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._section.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._section.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        return self._section.heads[section] if orientation is Qt.Orientation.Horizontal and role == DISPLAY else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = DISPLAY) -> object:
        if role not in (DISPLAY, TOOL_TIP):
            return None
        cell = self._section.rows[index.row()][index.column()]
        return ltr(cell.text) if cell.code else self._say.isolate(cell.text)


class SectionTable(QTableView):
    """Shows one section after another."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(t.CONTROL)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMaximumSectionSize(WIDEST)

    def show_section(self, section: Section, say: Translation) -> None:
        self.setAccessibleName(section.title)
        self.setAccessibleDescription(section.meaning)
        before = self.model()
        self.setModel(SectionModel(section, say, self))
        if before is not None:
            before.deleteLater()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        if section.rows:
            self.selectRow(0)
