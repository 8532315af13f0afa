"""One exception, to be added or changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QRadioButton, QWidget

from app.contain import contained
from app.i18n import Translation, mark
from app.model import Direction, ExceptionRule
from ui import tokens as t
from ui.account_draft import DOMAIN_WRONG, domains_in, wrong_domain
from ui.controls import button, column, label, row
from ui.until import UntilField

LONGEST = 500
CHOICES = {
    Direction.TO_US: mark("It is expected from outside: its mail counts as authorised."),
    Direction.AS_US: mark("It may be written by a service in our name."),
}
DOMAIN_MISSING = mark("Name a domain.")


class ExceptionForm(QWidget):
    """Emits `finished` with an `ExceptionRule`, or `left`."""

    finished = Signal(object)
    left = Signal()

    def __init__(self, say: Translation, rule: ExceptionRule | None, reviewer: str, *, new: bool = False) -> None:
        """`new`: `rule` only fills the form in."""
        super().__init__()
        self._say = say
        self.domain = self._entry(say("Domain"), rule.domain if rule else "", "partner.example")
        self.source = self._entry(say("Sending source"), rule.source if rule else "", say("any"))
        self.approved_by = self._entry(say("Approved by"), rule.approved_by if rule else reviewer)
        self.reason = self._entry(say("Why"), rule.reason if rule else "")
        self.until = UntilField(say("It ends on"), rule.until if rule else None, past=True)
        self.directions = QButtonGroup(self)
        self.choices: dict[Direction, QRadioButton] = {}
        for direction, text in CHOICES.items():
            self.choices[direction] = QRadioButton(say(text))
            self.directions.addButton(self.choices[direction])
        self.choices[rule.direction if rule else Direction.TO_US].setChecked(True)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.save = button(say("Save"), "primary")
        cancel = button(say("Cancel"))
        self.save.clicked.connect(self._save)
        cancel.clicked.connect(self.left)
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.M)
        grid.setVerticalSpacing(t.S)
        grid.setColumnStretch(1, 1)
        for at, (text, entry) in enumerate((
            (say("Domain"), self.domain), (say("Sending source"), self.source), (say("Approved by"), self.approved_by), (say("Why"), self.reason),
        )):  # fmt: skip
            words = label(text)
            words.setBuddy(entry)
            grid.addWidget(words, at, 0)
            grid.addWidget(entry, at, 1)
        grid.addWidget(self.until, grid.rowCount(), 1)
        hint = say("The domain of the service that carries the mail, or its network; leave it empty for any.")
        title = say("Change an exception") if rule and not new else say("Add an exception")
        self.setLayout(
            column(
                label(title, "title"), *self.choices.values(), t.XS, grid, label(hint, "caption", wrap=True), self.error, -1,
                row(-1, cancel, self.save, spacing=t.S), spacing=t.S, margins=(t.XL,) * 4,
            )
        )  # fmt: skip

    def _entry(self, name: str, text: str, example: str = "") -> QLineEdit:
        entry = QLineEdit(text)
        entry.setMaxLength(LONGEST)
        entry.setAccessibleName(name)
        entry.setPlaceholderText(example)
        return entry

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        wrong = wrong_domain(self.domain.text())
        domains = domains_in(self.domain.text()) if wrong is None else ()
        self.error.setVisible(len(domains) != 1)
        if wrong is not None:
            self.error.setText(self._say.fill(DOMAIN_WRONG, {"domain": contained(wrong)}))
        elif len(domains) != 1:
            self.error.setText(self._say(DOMAIN_MISSING))
        else:
            self.finished.emit(
                ExceptionRule(
                    domains[0], self._direction(), self.source.text().strip().lower(), self.approved_by.text().strip(), self.reason.text().strip(),
                    self.until.day(),
                )
            )  # fmt: skip
            return
        self.domain.setFocus()

    def _direction(self) -> Direction:
        return next(direction for direction, choice in self.choices.items() if choice.isChecked())
