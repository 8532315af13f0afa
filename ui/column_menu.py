"""Which columns the table has: a menu of ticks, at the header and at a button, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import Translation
from ui.domain_cells import HEADERS, Column

ALWAYS = frozenset((Column.DOMAIN, Column.SCORE))
"""Without them the table says nothing."""
HIDDEN_AT_FIRST = frozenset((Column.FIRST_SEEN, Column.KIND, Column.ADDRESSES))


def column_menu(say: Translation, hidden: frozenset[Column], choose: Callable[[frozenset[Column]], None], parent: QWidget) -> QMenu:
    """Calls `choose` with the columns that are to be hidden."""
    menu = QMenu(parent)
    menu.setAccessibleName(say("Columns"))
    for column in Column:
        if column not in ALWAYS:
            menu.addAction(_tick(say, column, hidden, choose, menu))
    menu.addSeparator()
    menu.addAction(say("As at first")).triggered.connect(lambda: choose(HIDDEN_AT_FIRST))
    return menu


def _tick(say: Translation, column: Column, hidden: frozenset[Column], choose: Callable[[frozenset[Column]], None], menu: QMenu) -> QAction:
    action = QAction(say(HEADERS[column][0]), menu)
    action.setToolTip(say(HEADERS[column][1]))
    action.setCheckable(True)
    action.setChecked(column not in hidden)
    action.triggered.connect(lambda shown: choose(hidden - {column} if shown else hidden | {column}))
    return action


def to_setting(hidden: Iterable[Column]) -> str:
    """`first_seen kind`; "none" where every column is shown."""
    return " ".join(sorted(column.name.lower() for column in hidden)) or "none"


def from_setting(text: str) -> frozenset[Column]:
    """What is not understood is left out; nothing chosen yet: as at first."""
    if not text:
        return HIDDEN_AT_FIRST
    return frozenset(Column[name.upper()] for name in text.split() if name.upper() in Column.__members__) - ALWAYS
