"""One exception, to be added or changed; what it would cover is shown while it is written."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QLineEdit, QRadioButton, QWidget

from app.contain import contained
from app.decisions import LONGEST_NOTE
from app.i18n import Translation, mark
from app.model import Direction, ExceptionRule
from app.patterns import ANY, ANYBODY, BELOW, base_of, pattern_in
from app.reach import Reach
from ui import tokens as t
from ui.account_draft import DOMAIN_WRONG, domains_in
from ui.controls import button, column, label, row
from ui.filter_bar import Axis
from ui.reach_list import ReachList
from ui.until import UntilField
from ui.words import KINDS

CHOICES = {
    Direction.TO_US: mark("It is expected from outside: its mail counts as authorised."),
    Direction.AS_US: mark("It may be written by a service in our name."),
}
DOMAIN_MISSING = mark("Name a domain.")


class Whose(StrEnum):
    """Which domains a rule speaks of."""

    WHOLE = "whole"
    BELOW = "below"
    ANY = "any"


WHOSE = {
    Whose.WHOLE: mark("A domain and everything below it"),
    Whose.BELOW: mark("Only what is below a domain"),
    Whose.ANY: mark("Any domain"),
}


class ExceptionForm(QWidget):
    """Emits `finished` with an `ExceptionRule`, or `left`."""

    finished = Signal(object)
    left = Signal()

    def __init__(self, say: Translation, rule: ExceptionRule | None, reviewer: str, *, new: bool = False) -> None:
        """`new`: `rule` only fills the form in."""
        super().__init__()
        self._say = say
        self.whose = QComboBox()
        self.whose.setAccessibleName(say("Whose mail"))
        for whose, text in WHOSE.items():
            self.whose.addItem(say(text), whose.value)
        self.domain = self._entry(say("Domain"), base_of(rule.domain) if rule else "", "partner.example")
        self.kind = Axis(say("Kind of domain"), say("Any kind"), KINDS, say)
        self.source = self._entry(say("Sending source"), rule.source if rule else "", say("any"))
        self.approved_by = self._entry(say("Approved by"), rule.approved_by if rule else reviewer)
        self.reason = self._entry(say("Why"), rule.reason if rule else "")
        self.until = UntilField(say, say("It ends on"), rule.until if rule else None, past=True)
        self.directions = QButtonGroup(self)
        self.choices: dict[Direction, QRadioButton] = {}
        for direction, text in CHOICES.items():
            self.choices[direction] = QRadioButton(say(text))
            self.directions.addButton(self.choices[direction])
        self.choices[rule.direction if rule else Direction.TO_US].setChecked(True)
        if rule is not None:
            shown = Whose.ANY if rule.domain == ANY else Whose.BELOW if rule.domain.startswith(BELOW) else Whose.WHOLE
            self.whose.setCurrentIndex(list(Whose).index(shown))
            self.kind.choose(rule.kind)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.reach = ReachList(say)
        self.save = button(say("Save"), "primary")
        cancel = button(say("Cancel"))
        self.save.clicked.connect(self._save)
        cancel.clicked.connect(self.left)
        title = say("Change an exception") if rule and not new else say("Add an exception")
        both = row(spacing=t.XL)
        both.addLayout(self._fields(), 1)
        both.addWidget(self.reach, 1)
        layout = column(label(title, "title"), *self.choices.values(), spacing=t.S, margins=(t.XL,) * 4)
        layout.addLayout(both, 1)
        layout.addLayout(row(-1, cancel, self.save, spacing=t.S))
        self.setLayout(layout)
        for entry in (self.domain, self.source):
            entry.textChanged.connect(self._written)
        for box in (self.whose, self.kind):
            box.currentIndexChanged.connect(self._written)
        self.directions.buttonToggled.connect(lambda _, on: self._written() if on else None)
        self._written()

    def _fields(self) -> QGridLayout:
        say, grid = self._say, QGridLayout()
        grid.setHorizontalSpacing(t.M)
        grid.setVerticalSpacing(t.S)
        grid.setColumnStretch(1, 1)
        lines: tuple[tuple[str, QWidget], ...] = (
            (say("Whose mail"), self.whose), (say("Domain"), self.domain), (say("Kind of domain"), self.kind), (say("Sending source"), self.source),
        )  # fmt: skip
        hint = label(say("The domain of the service that carries the mail, or its network; leave it empty for any."), "caption", wrap=True)
        for at, (text, field) in enumerate(lines):
            self._line(grid, at, text, field)
        grid.addWidget(hint, len(lines), 1)
        self._line(grid, len(lines) + 1, say("Approved by"), self.approved_by)
        self._line(grid, len(lines) + 2, say("Why"), self.reason)
        grid.addWidget(self.until, len(lines) + 3, 1)
        grid.addWidget(self.error, len(lines) + 4, 0, 1, 2)
        grid.setRowStretch(len(lines) + 5, 1)
        return grid

    @staticmethod
    def _line(grid: QGridLayout, at: int, text: str, field: QWidget) -> None:
        words = label(text)
        words.setBuddy(field)
        grid.addWidget(words, at, 0)
        grid.addWidget(field, at, 1)

    def _entry(self, name: str, text: str, example: str = "") -> QLineEdit:
        entry = QLineEdit(text)
        entry.setMaxLength(LONGEST_NOTE)
        entry.setAccessibleName(name)
        entry.setPlaceholderText(example)
        return entry

    def set_reach(self, reach: Reach) -> None:
        """What has been read of the mailbox, to be counted in."""
        self.reach.set_reach(reach)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)

    def _written(self) -> None:
        """A domain is asked for unless any is meant; a kind only where any outside domain is."""
        any_domain = self._whose() is Whose.ANY
        self.domain.setEnabled(not any_domain)
        self.kind.setEnabled(any_domain and self._direction() is Direction.TO_US)
        rule, _ = self._read()
        self.reach.show_rule(rule)

    def _save(self) -> None:
        rule, fault = self._read()
        self.error.setVisible(rule is None)
        self.error.setText(fault)
        if rule is not None:
            self.finished.emit(rule)
        else:
            (self.domain if self.domain.isEnabled() else self.source).setFocus()

    def _read(self) -> tuple[ExceptionRule | None, str]:
        """What is written, or why it is no exception."""
        pattern, fault = self._pattern()
        kind = self.kind.chosen() if self.kind.isEnabled() else None
        source = self.source.text().strip().lower()
        if pattern == ANY and kind is None and not source:
            pattern, fault = None, self._say(ANYBODY)
        if pattern is None:
            return None, fault
        by, reason = self.approved_by.text().strip(), self.reason.text().strip()
        return ExceptionRule(pattern, self._direction(), source, by, reason, self.until.day(), kind), ""

    def _pattern(self) -> tuple[str | None, str]:
        """The author domains, or why they cannot be read. `*.example.com` is understood wherever it is written; an address counts as its domain."""
        if self._whose() is Whose.ANY:
            return ANY, ""
        text = self.domain.text().strip()
        below = self._whose() is Whose.BELOW or text.startswith(BELOW)
        domains = domains_in(text.removeprefix(BELOW))
        if len(domains) != 1:
            return None, self._say(DOMAIN_MISSING)
        pattern = pattern_in(BELOW + domains[0] if below else domains[0])
        return pattern, "" if pattern else self._say.fill(DOMAIN_WRONG, {"domain": contained(text)})

    def _whose(self) -> Whose:
        return list(Whose)[self.whose.currentIndex()]

    def _direction(self) -> Direction:
        return next(direction for direction, choice in self.choices.items() if choice.isChecked())
