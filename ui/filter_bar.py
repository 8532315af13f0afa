"""Search as you type, and one list for each of the three axes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from app.i18n import Translation
from ui import icons
from ui import tokens as t
from ui.controls import button, row
from ui.domain_filter import DomainFilter
from ui.theme import colours
from ui.words import AUTHENTICATIONS, DECISIONS, RELATIONSHIPS, Word

V = TypeVar("V", bound=StrEnum)
NARROW = 1000
"""Below this width the lists stand under the search."""


class Axis(QComboBox, Generic[V]):
    """One axis, or any value of it. The values stay here: Qt would hand an enumeration's member back as a plain string."""

    def __init__(self, name: str, any_word: str, words: Mapping[V, Word], say: Translation) -> None:
        super().__init__()
        self._values: list[V | None] = [None, *words]
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.addItem(any_word)
        for word in words.values():
            self.addItem(say(word.text))
            self.setItemData(self.count() - 1, say(word.help), Qt.ItemDataRole.ToolTipRole)

    def chosen(self) -> V | None:
        return self._values[self.currentIndex()]

    def choose(self, value: V | None) -> None:
        self.setCurrentIndex(self._values.index(value))


class FilterBar(QWidget):
    """Emits `changed` with the new filter at each keystroke and choice."""

    changed = Signal(object)

    def __init__(self, say: Translation, wanted: DomainFilter) -> None:
        super().__init__()
        self._wanted = wanted
        self.search = QLineEdit(wanted.text)
        self.search.setPlaceholderText(say("Search for a domain"))
        self.search.setAccessibleName(say("Search for a domain"))
        self.search.setToolTip(say("Search for a domain (Ctrl+F)"))
        self.search.setAccessibleDescription("Ctrl+F")
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(200)
        lens = QAction(QIcon(icons.pixmap("search", colours().muted, 16)), "", self.search)
        self.search.addAction(lens, QLineEdit.ActionPosition.LeadingPosition)
        for inner in self.search.findChildren(QToolButton):  # Qt's own: the lens and the cross that empties the field
            inner.setAccessibleName(say("Empty the search"))
        self.relationship = Axis(say("Relationship"), say("Any relationship"), RELATIONSHIPS, say)
        self.authentication = Axis(say("Proof"), say("Any proof"), AUTHENTICATIONS, say)
        self.decision = Axis(say("Decision"), say("Any decision"), DECISIONS, say)
        self._axes: tuple[Axis[Any], ...] = (self.relationship, self.authentication, self.decision)
        self.clear = button(say("Show all"), "link")
        self.clear.setToolTip(say("Take all filters away"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(t.S)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        self.search.textChanged.connect(self._changed)
        for box in self._axes:
            box.currentIndexChanged.connect(self._changed)
        self.clear.clicked.connect(lambda: self.show_filter(DomainFilter()))
        self.show_filter(wanted, tell=False)

    def _arrange(self, *, narrow: bool) -> None:
        """In one line, or with the search above the lists where there is no room."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        controls: tuple[QWidget, ...] = (self.search, *self._axes, self.clear)
        for control in controls:
            self._grid.removeWidget(control)
        for at in range(len(controls)):
            self._grid.setColumnStretch(at, 0)
        if narrow:
            self._grid.addLayout(row(self.search, self.clear, spacing=t.S), 0, 0, 1, len(self._axes))
            for at, box in enumerate(self._axes):
                self._grid.addWidget(box, 1, at)
                self._grid.setColumnStretch(at, box.sizeHint().width())
        else:
            for at, control in enumerate(controls):
                self._grid.addWidget(control, 0, at)
            self._grid.setColumnStretch(0, 1)
        for earlier, later in pairwise((self.search, self.clear, *self._axes) if narrow else controls):
            self.setTabOrder(earlier, later)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(narrow=self.width() < NARROW)
        super().resizeEvent(event)

    def show_filter(self, wanted: DomainFilter, *, tell: bool = True) -> None:
        """Set every control to `wanted`, and tell once."""
        self._wanted = wanted
        for control in (self.search, *self._axes):
            control.blockSignals(True)
        if self.search.text() != wanted.text:
            self.search.setText(wanted.text)
        self.relationship.choose(wanted.relationship)
        self.authentication.choose(wanted.authentication)
        self.decision.choose(wanted.decision)
        for control in (self.search, *self._axes):
            control.blockSignals(False)
        self._mark_active()
        if tell:
            self.changed.emit(wanted)

    def _changed(self) -> None:
        self._wanted = replace(
            self._wanted,
            text=self.search.text(),
            relationship=self.relationship.chosen(),
            authentication=self.authentication.chosen(),
            decision=self.decision.chosen(),
        )
        self._mark_active()
        self.changed.emit(self._wanted)

    def _mark_active(self) -> None:
        for box in self._axes:
            box.setProperty("active", box.currentIndex() > 0)
            box.style().unpolish(box)
            box.style().polish(box)
        self.clear.setVisible(not self._wanted.asks_nothing)
