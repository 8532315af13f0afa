"""One decision about many domains: what it covers and what it leaves out is shown before anything is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.bulk import Left, Together, together
from app.contain import contained
from app.decisions import LONGEST_NOTE
from app.i18n import Translation, mark
from app.model import Decision, DomainRow, Report
from ui import tokens as t
from ui.controls import button, clear, column, frame, label, row, scrolling
from ui.decide import ACTIONS, HARMLESS
from ui.until import UntilField
from ui.words import UNREADABLE, ltr

NAMED = 4
"""Domains that are named for each reason."""
WHY_LEFT = {
    Left.OWN: mark("Your own domains are never rejected together."),
    Left.ALLOWED: mark("An exception allows them."),
    Left.SHARED: mark("Many people share them; decide about single addresses there."),
    Left.DECIDED: mark("Somebody has decided about them already."),
    Left.NOT_PROVEN: mark("Nothing of theirs is proven, so trust has nothing to hold on to."),
    Left.NO_NAME: mark("Their sender cannot be read."),
}


class TogetherDialog(QDialog):
    """Emits `chosen` with a `Together`, a reason, and the day to look again or None. Show it with `open()`."""

    chosen = Signal(object, str, object)

    def __init__(self, say: Translation, rows: Sequence[DomainRow], report: Report, parent: QWidget, *, selected: bool) -> None:
        """`selected`: the user picked these rows; else they are all that the filter shows."""
        super().__init__(parent)
        self._say, self._rows, self._report = say, rows, report
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Decide together"))
        self.setAccessibleName(say("Decide together"))
        self.setMinimumSize(560, 520)
        about = say.plural("About the {n} domain that is selected", "About the {n} domains that are selected", len(rows)) if selected else say.plural(
            "About the {n} domain that the filter shows", "About all {n} domains that the filter shows", len(rows))  # fmt: skip
        self._group = QButtonGroup(self)
        self.choices = {decision: QRadioButton(say(text)) for decision, text in ACTIONS.items()}
        for choice in self.choices.values():
            self._group.addButton(choice)
        self.choices[Decision.WATCHED].setChecked(True)
        self._group.buttonToggled.connect(lambda _, on: self._preview() if on else None)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_NOTE)
        self.reason.setPlaceholderText(say("Why (optional)"))
        self.reason.setAccessibleName(say("Why (optional)"))
        self.reason.setAccessibleDescription(say("Kept with the decision, your name and the day"))
        self.until = UntilField(say, say("Look again on"))
        self.covers = label("", "subheading", wrap=True)
        self._left = QVBoxLayout()
        self._left.setSpacing(t.S)
        inner = QWidget()
        inner.setLayout(column(self._left, -1))
        self.record = button("", "primary")
        cancel = button(say("Cancel"))
        choices = row(*self.choices.values(), spacing=t.S)
        for at in range(choices.count()):
            choices.setStretch(at, 1)
        self.record.clicked.connect(self._record)
        cancel.clicked.connect(self.reject)
        layout = column(
            label(say("Decide together"), "title"), label(about, "muted", wrap=True), choices,
            self.reason, self.until, t.XS, self.covers, spacing=t.S, margins=(t.XL,) * 4,
        )  # fmt: skip
        layout.addWidget(scrolling(inner, say("What is left out, and why")), 1)
        layout.addWidget(label(say(HARMLESS), "caption", wrap=True))
        layout.addLayout(row(-1, cancel, self.record, spacing=t.S))
        self.setLayout(layout)
        self._preview()
        self.choices[Decision.WATCHED].setFocus()

    def _preview(self) -> None:
        """What the decision that is chosen now would cover, and what not."""
        say = self._say
        decision = next(decision for decision, choice in self.choices.items() if choice.isChecked())
        plan = self._plan = together(self._rows, self._report, decision)
        n = len(plan.covered)
        domains = say.plural("{n} domain", "{n} domains", n)
        messages = say.plural("{n} message", "{n} messages", plan.messages)
        self.covers.setText(say("Covers {domains}, {messages}.", domains=domains, messages=messages) if n else say("Nothing here can be decided so."))
        clear(self._left)
        if plan.left_out:
            self._left.addWidget(label(say.plural("{n} is left out", "{n} are left out", len(plan.left_out)), "subheading"))
        for why in Left:
            rows = [row for row, reason in plan.left_out if reason is why]
            if rows:
                self._left.addWidget(self._reason(why, rows))
        self.record.setText(say.plural("Record {n} decision", "Record {n} decisions", n))
        self.record.setAccessibleName(self.record.text())
        self.record.setEnabled(bool(n))

    def _reason(self, why: Left, rows: Sequence[DomainRow]) -> QWidget:
        say = self._say
        names = [ltr(contained(row.unicode)) if row.domain else say(UNREADABLE) for row in rows[:NAMED]]
        shown = say(", ").join(names)
        if len(rows) > NAMED:
            shown = say("{a}, {b}", a=shown, b=say.plural("and {n} more", "and {n} more", len(rows) - NAMED))
        words = column(label(say(WHY_LEFT[why]), wrap=True), label(shown, "caption", wrap=True), spacing=1)
        line = row(spacing=t.M, margins=(t.M, t.S, t.M, t.S))
        line.addWidget(label(say.number(len(rows)), "heading"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return frame("card", line)

    def _record(self) -> None:
        plan: Together = self._plan
        self.accept()
        self.chosen.emit(plan, self.reason.text().strip(), self.until.day())
