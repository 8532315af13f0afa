"""What an exception would cover of this audit, said while it is written: how many messages, of whom, through which sources."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QVBoxLayout

from app.compare_text import Cell, Section
from app.contain import contained
from app.i18n import Translation
from app.model import ExceptionRule
from app.reach import Reach, Reached
from ui import tokens as t
from ui.controls import column, label
from ui.section_table import SectionTable
from ui.words import source_name

SHOWN = 200


class ReachList(QFrame):
    """Shows what a rule reaches, once `reach` is known; what is said is told to a screen reader as the name of the list."""

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say = say
        self._reach: Reach | None = None
        self._rule: ExceptionRule | None = None
        self.setProperty("kind", "card")
        self.count = label("", "subheading", wrap=True)
        self.unproven = label("", "caption", wrap=True)
        self.table = SectionTable()
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout: QVBoxLayout = column(label(say("What it covers in this audit"), "caption"), self.count, self.unproven, spacing=t.S, margins=(t.M,) * 4)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)  # below the words where there is no table
        self.setLayout(layout)
        self._show()

    def set_reach(self, reach: Reach) -> None:
        self._reach = reach
        self._show()

    def show_rule(self, rule: ExceptionRule | None) -> None:
        """None: what is written so far is no rule."""
        self._rule = rule
        self._show()

    def _show(self) -> None:
        say = self._say
        reached = self._reach.of(self._rule) if self._reach is not None and self._rule is not None else None
        if reached is None:
            self.count.setText(say("Write a domain to see how many messages it covers.") if self._rule is None else say("Counting …"))
        else:
            self.count.setText(in_words(reached, say))
        unproven = reached.unproven if reached else 0
        self.unproven.setVisible(bool(unproven))
        self.unproven.setText(
            say.plural("{n} message more in these names is not proven. No exception vouches for it.",
                       "{n} messages more in these names are not proven. No exception vouches for them.", unproven)
        )  # fmt: skip
        self.table.setVisible(reached is not None and bool(reached.parts))
        if reached is not None and reached.parts:
            self._fill(reached)

    def _fill(self, reached: Reached) -> None:
        say = self._say
        shown = reached.parts[:SHOWN]
        rows = [(Cell(contained(domain), code=True), Cell(source_name(source, say)), Cell(say.number(messages))) for domain, source, messages in shown]
        if len(reached.parts) > SHOWN:
            more = len(reached.parts) - SHOWN
            rows.append((Cell(say.plural("and {n} more", "and {n} more", more)), Cell(""), Cell("")))
        heads = (say("Domain"), say("Through"), say("Messages"))
        self.table.show_section(Section(in_words(reached, say), "", heads, tuple(rows)), say)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def in_words(reached: Reached, say: Translation) -> str:
    if not reached.messages:
        return say("Nothing in this audit is proven and would be covered.")
    domains = say.plural("{n} domain", "{n} domains", reached.domains)
    return say.plural("{n} proven message of {domains}", "{n} proven messages of {domains}", reached.messages, domains=domains)
