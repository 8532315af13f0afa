"""What a file of exceptions would bring, line by line, before anything is recorded: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from app.compare_text import Cell, Section
from app.contain import contained
from app.exceptions_csv import Line, news, same
from app.i18n import Translation
from app.model import ExceptionRule
from app.patterns import in_words, is_wide
from app.terms import term
from ui import tokens as t
from ui.controls import button, column, label, notice, row
from ui.section_table import SectionTable
from ui.until import day_in_words
from ui.words import ltr

SENTENCES = (2, 6)
"""Columns that share the room and wrap."""


class ImportPreview(QDialog):
    """Emits `confirmed` with the rules that are new or changed. Show it with `open()`."""

    confirmed = Signal(object)

    def __init__(self, say: Translation, name: str, lines: Sequence[Line], kept: Sequence[ExceptionRule], parent: QWidget) -> None:
        """`name`: of the file; `kept`: the register as it is."""
        super().__init__(parent)
        self._say, self._kept = say, frozenset(kept)
        self._places = {same(rule) for rule in kept}
        self._news = news(lines, kept)
        faults = [line for line in lines if line.fault]
        self.setWindowTitle(say("Import exceptions"))
        self.setAccessibleName(say("Import exceptions"))
        self.setMinimumSize(1000, 480)
        self.table = SectionTable()
        self.table.setWordWrap(True)
        self.table.verticalHeader().setDefaultSectionSize(t.ROW + t.L)  # two lines of Arabic
        self.import_button = button(say.plural("Import {n} exception", "Import {n} exceptions", len(self._news)) if self._news else say("Import"), "primary")
        self.import_button.setEnabled(bool(self._news))
        cancel = button(say("Cancel"))
        self.import_button.clicked.connect(self._confirm)
        cancel.clicked.connect(self.reject)
        layout = column(
            label(say("Import exceptions"), "title"), label(ltr(contained(name)), "muted", wrap=True), self._summary(len(faults)), self.table,
            label(say("Nothing is recorded before you confirm; no mail is touched."), "caption", wrap=True),
            row(-1, cancel, self.import_button, spacing=t.S), spacing=t.M, margins=(t.XL,) * 4,
        )  # fmt: skip
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)
        self._show(sorted(lines, key=lambda line: not line.fault), only_faults=bool(faults))
        (self.import_button if self._news else cancel).setFocus()

    def _summary(self, faults: int) -> QWidget:
        say = self._say
        if faults:
            text = say.plural("{n} line has a fault, so nothing is imported. Mend it in the file and import it again.",
                              "{n} lines have a fault, so nothing is imported. Mend them in the file and import it again.", faults)  # fmt: skip
            return notice(text, "bad", "bad")
        if not self._news:
            return notice(say("There is nothing new in this file."), "info", "info")
        return notice(say.plural("{n} exception is new or changed.", "{n} exceptions are new or changed.", len(self._news)), "info", "info")

    def _show(self, lines: Sequence[Line], *, only_faults: bool) -> None:
        """With a fault, the lines that have one; else all that would happen."""
        say = self._say
        heads: tuple[str, ...]
        rows: tuple[tuple[Cell, ...], ...]
        if only_faults:
            heads = (say("What is wrong"), say("Line"))
            rows = tuple((Cell(self._fault(line)), Cell(say.number(line.number))) for line in lines if line.fault)
        else:
            heads = (say("What happens"), say("Domain"), say("What is allowed"), say("Through"), say("Until"), say("Approved by"), say("Why"))
            rows = tuple(self._told(line.rule) for line in lines if line.rule is not None)
        self.table.show_section(Section(say("Lines of the file"), "", heads, rows), say)
        if not only_faults:
            header = self.table.horizontalHeader()
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
            for at in SENTENCES:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _told(self, rule: ExceptionRule) -> tuple[Cell, ...]:
        say = self._say
        return (
            Cell(self._happens(rule)), self._whose(rule), Cell(say(term(rule.direction).name)),
            Cell(contained(rule.source), code=True) if rule.source else Cell(say("any")),
            Cell(day_in_words(rule.until, say) if rule.until else "–"), Cell(contained(rule.approved_by) or "–"), Cell(contained(rule.reason) or "–"),
        )  # fmt: skip

    def _whose(self, rule: ExceptionRule) -> Cell:
        return Cell(in_words(rule, self._say)) if is_wide(rule) else Cell(contained(rule.domain), code=True)

    def _happens(self, rule: ExceptionRule) -> str:
        if rule in self._kept:
            return self._say("stays as it is")
        return self._say("is changed") if same(rule) in self._places else self._say("is added")

    def _fault(self, line: Line) -> str:
        return self._say.fill(line.fault, {name: contained(value) for name, value in line.params.items()})

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit(self._news)
