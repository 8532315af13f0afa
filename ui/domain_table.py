"""The table itself: Enter opens a line's detail, Right and Left (as the language runs) its parts, and columns leave when there is no room."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from app.i18n import Translation
from app.model import DomainRow
from app.parts import Key, key_of
from ui import tokens as t
from ui.claims_at_hand import ClaimsAtHand
from ui.domain_cells import Column
from ui.domain_delegate import DomainDelegate, triangle_in
from ui.domain_model import LEVEL, DomainModel
from ui.spoken import speak

WIDTHS = {
    Column.DOMAIN: 256,
    Column.SCORE: 132,
    Column.FINDING: 240,
    Column.AUTHENTICATION: 156,
    Column.RELATIONSHIP: 120,
    Column.MESSAGES: 92,
    Column.LAST_SEEN: 134,
    Column.DECISION: 146,
    Column.FIRST_SEEN: 134,
    Column.KIND: 150,
    Column.ADDRESSES: 100,
}
GIVEN_UP_FIRST = (
    Column.ADDRESSES, Column.KIND, Column.FIRST_SEEN, Column.LAST_SEEN, Column.DECISION, Column.RELATIONSHIP, Column.MESSAGES, Column.AUTHENTICATION,
)  # fmt: skip
"""What a narrow table goes without; the detail panel shows it all."""


class ColumnChoice(Protocol):
    """What the user goes without, and what the user has made wider or narrower, in pixels."""

    hidden: frozenset[Column]
    widths: dict[Column, int]


class DomainTable(QTableView):
    """Emits `opened` with a `DomainRow` or a `Part` of one."""

    opened = Signal(object)
    failed = Signal(object)
    """A `NitaqError`: what stands below a line cannot be read."""

    def __init__(self, say: Translation, model: DomainModel, chosen: ColumnChoice) -> None:
        super().__init__()
        self._say, self._domains, self._chosen = say, model, chosen
        self._turned = False
        self._claims = ClaimsAtHand(self.viewport())
        self._claims.failed.connect(self.failed)
        self.setModel(model)
        self.setAccessibleName(say("Domains"))
        self.setItemDelegate(DomainDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(t.ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setMinimumSectionSize(60)
        for which in WIDTHS:
            self.setColumnWidth(which, self._width(which))
            header.setSectionResizeMode(which, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.FINDING, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._resized)
        self.clicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        onward, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if rtl else (Qt.Key.Key_Right, Qt.Key.Key_Left)
        here, plain = self.currentIndex(), event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not here.isValid():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(here)
        elif not plain or event.key() not in (onward, back) or not self._step(here, onward=event.key() == onward):
            super().keyPressEvent(event)

    def _step(self, here: QModelIndex, *, onward: bool) -> bool:
        """Open or close the line, or go from a part to what it belongs to; gives whether there was something to do. Else the keys go from cell to cell."""
        opened = self._domains.is_open(here.row())
        if (onward and opened is False) or (not onward and opened):
            self.turn(here.row())
        elif not onward and here.column() == Column.DOMAIN and (parent := self._domains.parent_of(here.row())) != here.row():
            self.setCurrentIndex(self._domains.index(parent, Column.DOMAIN))
        else:
            return False
        return True

    def turn(self, position: int) -> None:
        """Show the parts of a line, or hide them. The claims of a large domain take a moment to come from the store; it opens when they are there."""
        line = self._domains.line_at(position)
        if isinstance(line, DomainRow) and self._domains.is_open(position) is False:
            self._claims.bring(line, lambda: self._open_where_it_is(key_of(line)))
        else:
            self._turn(position)

    def _open_where_it_is(self, key: Key) -> None:
        """It may have moved meanwhile, or have been opened."""
        position = self._domains.position_of(key)
        if position is not None and self._domains.is_open(position) is False:
            self._turn(position)

    def _turn(self, position: int) -> None:
        """At once, and say so to a screen reader."""
        n = self._domains.turn(position)
        lines = self._say.plural("{n} line", "{n} lines", n)
        said = self._say("expanded, {lines}", lines=lines) if self._domains.is_open(position) else self._say("collapsed")
        speak(self, said)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._turned = self._on_triangle(event)
        if not self._turned:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._turned = self._on_triangle(event)
        if not self._turned:
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._turned:
            super().mouseReleaseEvent(event)
        self._turned = False

    def _on_triangle(self, event: QMouseEvent) -> bool:
        """A press on the triangle opens or closes the line and chooses nothing."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index.column() != Column.DOMAIN:
            return False
        if self._domains.is_open(index.row()) is None or not triangle_in(self.visualRect(index), index.data(LEVEL), self.layoutDirection()).contains(at):
            return False
        self.turn(index.row())
        return True

    def _open(self, index: QModelIndex) -> None:
        """The keyboard goes on from the first cell, wherever the mouse was."""
        first = self._domains.index(index.row(), Column.DOMAIN)
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.opened.emit(self._domains.line_at(index.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()
        super().resizeEvent(event)

    def _width(self, which: Column) -> int:
        return self._chosen.widths.get(which, WIDTHS[which])

    def _resized(self, section: int, before: int, now: int) -> None:
        """By the user; the finding takes what is left over, and a hidden column has no width."""
        if before and now and section != Column.FINDING and QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._chosen.widths[Column(section)] = now

    def fit(self) -> None:
        """Hide what has no room, so that nothing scrolls sideways and nothing is squeezed."""
        room = self.viewport().width()
        hidden = set(self._chosen.hidden)
        for which in GIVEN_UP_FIRST:
            if sum(self._width(each) for each in WIDTHS if each not in hidden) <= room:
                break
            hidden.add(which)
        for which in Column:
            self.setColumnHidden(which, which in hidden)
