"""Which columns the table has: a menu of ticks, at the header and at a button, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

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


def widths_to_setting(widths: Mapping[Column, int]) -> str:
    """`domain=236 score=138`, of those that the user has changed."""
    return " ".join(f"{column.name.lower()}={width}" for column, width in sorted(widths.items()))


def widths_from_setting(text: str) -> dict[Column, int]:
    """What is not understood is left out."""
    pairs = (word.partition("=") for word in text.split())
    return {Column[name.upper()]: int(width) for name, _, width in pairs if name.upper() in Column.__members__ and width.isdecimal() and int(width) < 4000}


def from_setting(text: str) -> frozenset[Column]:
    """What is not understood is left out; nothing chosen yet: as at first."""
    if not text:
        return HIDDEN_AT_FIRST
    return frozenset(Column[name.upper()] for name in text.split() if name.upper() in Column.__members__) - ALWAYS
