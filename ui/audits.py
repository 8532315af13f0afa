"""The audits of one mailbox: open one as it was, or see what changed between two. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QStackedWidget, QTableWidget, QTableWidgetItem, QWidget

from app.contain import contained
from app.i18n import Translation, mark
from app.model import AuditEntry, ScanStatus
from app.terms import STATUSES
from ui import tokens as t
from ui.changes import Changes
from ui.controls import button, column, label, row
from ui.words import day, ltr

COLUMNS = (mark("Audit"), mark("Messages"), mark("State"), mark("Fingerprint"))
TICKED = Qt.CheckState.Checked


class AuditsDialog(QDialog):
    """Emits `opened` with the id of an audit, `compared` with the ids of two (the earlier first), and `saved` when what changed is to be written.
    Show it with `open()`."""

    opened = Signal(int)
    compared = Signal(int, int)
    saved = Signal()

    def __init__(self, say: Translation, name: str, audits: Sequence[AuditEntry], parent: QWidget) -> None:
        """`audits`: newest first."""
        super().__init__(parent)
        self._say, self._audits = say, audits
        self._days: list[QTableWidgetItem] = []
        """The first cell of each, which can be ticked."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Audits"))
        self.setAccessibleName(say("Audits"))
        self.setMinimumSize(900, 540)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_history(name))
        self.changes: Changes | None = None
        self.setLayout(column(self._pages))
        (self.table if audits else self._close).setFocus()

    def _build_history(self, name: str) -> QWidget:
        say = self._say
        self.open_button, self.compare_button, self._close = button(say("Open")), button(say("Compare the two"), "primary"), button(say("Close"))
        self.table = self._build_table()
        self.open_button.clicked.connect(self._open)
        self.open_button.setEnabled(bool(self._audits))
        self.compare_button.clicked.connect(self._compare)
        self._close.clicked.connect(self.accept)
        self._ticked()
        if len(self._audits) > 1:
            sentence = say(
                "Each audit was frozen when it was finished and never changes. Choose one to open it as it was, or two to see what changed between them."
            )
        elif self._audits:
            sentence = say("There is only one audit so far. Read the mailbox again some day, and the two can be compared.")
        else:
            sentence = say("No audit has been kept yet.")
        page = QWidget()
        layout = column(
            label(say("Audits of {name}", name=contained(name)), "title", wrap=True), label(sentence, "muted", wrap=True), self.table,
            row(self.open_button, self.compare_button, -1, self._close, spacing=t.S), spacing=t.M, margins=(t.XL,) * 4,
        )  # fmt: skip
        layout.setStretchFactor(self.table, 1)
        page.setLayout(layout)
        return page

    def _build_table(self) -> QTableWidget:
        say, table = self._say, QTableWidget(len(self._audits), len(COLUMNS), self)
        table.setAccessibleName(say("Audits"))
        table.setHorizontalHeaderLabels([say(text) for text in COLUMNS])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        for at, audit in enumerate(self._audits):
            state = say(STATUSES[ScanStatus(audit.status)].name)
            texts = (day(audit.created, say), say.number(audit.messages), state, ltr(audit.fingerprint) if audit.fingerprint else "–")
            items = [QTableWidgetItem(text) for text in texts]
            for position, item in enumerate(items):
                item.setToolTip(item.text())
                table.setItem(at, position, item)
            first = items[0]
            self._days.append(first)
            first.setFlags(first.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            first.setCheckState(TICKED if at < 2 else Qt.CheckState.Unchecked)
            messages = say.plural("{n} message", "{n} messages", audit.messages)
            first.setData(Qt.ItemDataRole.AccessibleTextRole, say("Audit of {day}: {messages}, {state}", day=texts[0], messages=messages, state=state))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(0, table.sizeHintForColumn(0) + t.XXL)  # Qt leaves the box's own width out
        if self._audits:
            table.setCurrentCell(0, 0)
        table.itemChanged.connect(lambda _: self._ticked())
        table.doubleClicked.connect(lambda _: self._open())
        return table

    def chosen(self) -> list[AuditEntry]:
        """The ticked audits, the earliest first."""
        return [audit for audit, first in reversed(list(zip(self._audits, self._days, strict=True))) if first.checkState() == TICKED]

    def _ticked(self) -> None:
        two = len(self.chosen()) == 2
        self.compare_button.setEnabled(two)
        self.compare_button.setToolTip("" if two else self._say("Choose two audits to compare them"))
        self.compare_button.setAccessibleDescription(self.compare_button.toolTip())

    def _open(self) -> None:
        if 0 <= self.table.currentRow() < len(self._audits):
            self.opened.emit(self._audits[self.table.currentRow()].id)

    def _compare(self) -> None:
        earlier, later = self.chosen()
        self.compared.emit(earlier.id, later.id)

    def show_changes(self, changes: Changes) -> None:
        """Put a frozen audit, or what changed, in the place of the list."""
        self._back()
        changes.left.connect(self._back)
        changes.saved.connect(self.saved)
        self.changes = changes
        self._pages.addWidget(changes)
        self._pages.setCurrentWidget(changes)
        changes.first.setFocus()

    def _back(self) -> None:
        if self.changes is not None:
            self._pages.removeWidget(self.changes)
            self.changes.deleteLater()
            self.changes = None
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.changes is not None:
            self._back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._open()
        else:
            super().keyPressEvent(event)
