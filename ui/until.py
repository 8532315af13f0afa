"""A day that may be left open: a box to tick, and the day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QWidget

from app.i18n import Translation
from ui import tokens as t
from ui.controls import row
from ui.day_field import DayField
from ui.words import day as shown

USUAL_MONTHS = 6


def day_in_words(day: date, say: Translation) -> str:
    return shown(int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()), say)


class UntilField(QWidget):
    """`day` is None while the box is not ticked."""

    def __init__(self, say: Translation, text: str, day: date | None = None, *, past: bool = False) -> None:
        """`past`: a day that is over may stay, as that of an exception that has lapsed; else the first is tomorrow."""
        super().__init__()
        today = QDate.currentDate()
        self.box = QCheckBox(text)
        self.box.setChecked(day is not None)
        self.edit = DayField(say, QDate(day.year, day.month, day.day) if day else today.addMonths(USUAL_MONTHS))
        if not past:
            self.edit.setMinimumDate(today.addDays(1))
        self.edit.setAccessibleName(text)
        self.edit.setEnabled(day is not None)
        self.box.toggled.connect(self.edit.setEnabled)
        self.setLayout(row(self.box, self.edit, -1, spacing=t.S))

    def day(self) -> date | None:
        return self.edit.chosen() if self.box.isChecked() else None
