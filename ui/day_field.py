"""A field for a day, written as days are written everywhere else in the window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit

from app.i18n import Translation
from ui.words import DAY, locale_of


class DayField(QDateEdit):
    def __init__(self, say: Translation, shown: QDate) -> None:
        super().__init__(shown)
        self.setLocale(locale_of(say))
        self.setDisplayFormat(DAY)
        self.setCalendarPopup(True)
        self.setMinimumWidth(140)

    def chosen(self) -> date:
        day = self.date()
        return date(day.year(), day.month(), day.day())
