"""What else can be asked of a domain: its kind, in which folder it wrote and in which days, how serious, between which scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QGridLayout, QLabel, QSpinBox, QWidget

from app.contain import contained
from app.i18n import Translation
from app.model import Severity
from ui import tokens as t
from ui.controls import button, column, edge, label, row
from ui.day_field import DayField
from ui.domain_filter import DomainFilter, InFolder
from ui.filter_bar import Axis
from ui.words import KINDS, SEVERITIES

NO_FOLDER, NEEDED = "", 12
"""What stands for any folder, and the letters that a list has room for at least."""
LEVELS = (None, Severity.LOW, Severity.MEDIUM, Severity.HIGH)


class FilterForm(QDialog):
    """Emits `wanted` with the filter as changed. Show it with `open()`."""

    wanted = Signal(object)

    def __init__(self, say: Translation, asked: DomainFilter, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._say, self._asked = say, asked
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("More filters"))
        self.setAccessibleName(say("More filters"))
        self.severity = QComboBox()
        self.severity.addItem(say("Any finding"))
        for level in LEVELS[1:]:
            self.severity.addItem(say("{level} or worse", level=say(SEVERITIES[level].text)) if level is not Severity.HIGH else say(SEVERITIES[level].text))
        self.severity.setCurrentIndex(LEVELS.index(asked.severity))
        low, high = asked.scores or (0, 100)
        self.low, self.high = self._score(say("Lowest score from"), low), self._score(say("Lowest score up to"), high)
        self.since, self.since_day = self._day(say("Wrote on or after"), asked.since, today.replace(day=1))
        self.until, self.until_day = self._day(say("Wrote on or before"), asked.until, today)
        self.kind = Axis(say("Kind of domain"), say("Any kind"), KINDS, say)
        self.kind.choose(asked.kind)
        self.folder = QComboBox()
        self._folders: dict[str, frozenset[str]] = {asked.folder.name: asked.folder.domains} if asked.folder else {}
        self._list_folders(say("Looking which domains wrote into each folder …"))
        for choice in (self.kind, self.folder):  # what they hold may be longer than there is room
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(NEEDED)
        grid = QGridLayout()
        grid.setSpacing(t.S)
        self._line(grid, 0, say("Kind of domain"), self.kind)
        self._line(grid, 1, say("Folder"), self.folder)
        self._line(grid, 2, say("Most serious finding"), self.severity)
        self._line(grid, 3, say("Lowest score from"), self.low)
        self._line(grid, 4, say("Lowest score up to"), self.high)
        for at, (box, day) in enumerate(((self.since, self.since_day), (self.until, self.until_day)), 5):
            grid.addWidget(box, at, 0)
            grid.addWidget(day, at, 1)
        grid.setColumnStretch(1, 1)
        self.ok = button(say("Show these"), "primary")
        self.ok.setDefault(True)
        cancel = button(say("Cancel"))
        hint = label(say("What you choose stands above the table in words, and each word can be taken away again."), "caption", wrap=True)
        self.setLayout(column(label(say("More filters"), "heading"), hint, grid, row(-1, cancel, self.ok), spacing=t.M, margins=(t.XL,) * 4))
        hint.setMinimumWidth(380)  # the rest may need more
        self.ok.clicked.connect(self._accept)
        cancel.clicked.connect(self.reject)

    def show_folders(self, folders: Mapping[str, frozenset[str]]) -> None:
        """Each folder with the domains that wrote into it."""
        self._folders = dict(folders)
        self._list_folders("")

    def _list_folders(self, waiting: str) -> None:
        """`waiting`: said in place of the folders while these are looked for; one that is asked for already can be taken away meanwhile."""
        say = self._say
        chosen = self.folder.currentData() if self.folder.count() else self._asked.folder and self._asked.folder.name
        self.folder.clear()
        self.folder.addItem(say("Any folder") if self._folders or not waiting else waiting, NO_FOLDER)
        for name, domains in self._folders.items():
            self.folder.addItem(say("{name} · {domains}", name=contained(name), domains=say.plural("{n} domain", "{n} domains", len(domains))), name)
        self.folder.setCurrentIndex(max(0, self.folder.findData(chosen)))
        self.folder.setEnabled(bool(self._folders))

    def _line(self, grid: QGridLayout, at: int, text: str, control: QWidget) -> None:
        name: QLabel = label(text)
        name.setBuddy(control)
        control.setAccessibleName(text)
        grid.addWidget(name, at, 0)
        grid.addWidget(control, at, 1)

    def _score(self, name: str, value: int) -> QSpinBox:
        result = QSpinBox()
        result.setRange(0, 100)
        result.lineEdit().setTextMargins(t.S, 0, t.S, 0)  # the style leaves no room inside
        result.setAlignment(edge())
        result.setValue(value)
        result.setAccessibleName(name)
        return result

    def _day(self, name: str, chosen: date | None, first: date) -> tuple[QCheckBox, DayField]:
        """A day that counts only where its box is ticked."""
        shown = chosen or first
        box, field = QCheckBox(name), DayField(self._say, QDate(shown.year, shown.month, shown.day))
        box.setAccessibleName(name)
        field.setAccessibleName(name)
        box.setChecked(chosen is not None)
        field.setEnabled(chosen is not None)
        box.toggled.connect(field.setEnabled)
        return box, field

    def _accept(self) -> None:
        low, high = sorted((self.low.value(), self.high.value()))
        wanted = replace(
            self._asked,
            kind=self.kind.chosen(),
            folder=InFolder(name, self._folders[name]) if (name := str(self.folder.currentData())) else None,
            severity=LEVELS[self.severity.currentIndex()],
            scores=None if (low, high) == (0, 100) else (low, high),
            since=_chosen(self.since, self.since_day),
            until=_chosen(self.until, self.until_day),
        )
        self.wanted.emit(wanted)
        self.accept()


def _chosen(box: QCheckBox, field: DayField) -> date | None:
    return field.chosen() if box.isChecked() else None
