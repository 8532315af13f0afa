"""The register of exceptions: who may write in our name, who is expected from outside, and who has approved it. Each change takes effect at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QStackedWidget, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from app.contain import contained
from app.decisions import ends_soon, has_ended
from app.i18n import Translation, mark
from app.model import Direction, ExceptionRule, Report
from app.patterns import in_words, is_wide
from app.reach import Reach
from app.suggestions import suggestions
from app.terms import term
from ui import tokens as t
from ui.audit_messages import JUDGING
from ui.controls import button, clear, column, label, notice, row, tip
from ui.exception_form import ExceptionForm
from ui.exceptions_transfer import ExceptionsTransfer
from ui.until import day_in_words
from ui.words import day, ltr, source_name

RULE = Qt.ItemDataRole.UserRole
COLUMNS = (mark("Domain"), mark("What is allowed"), mark("Through"), mark("Messages"), mark("Approved by"), mark("Why"), mark("Until"))
RENEWED = timedelta(days=365)
WORDS, REASON = 1, 5
"""The columns of what is allowed and why."""
NAMES, WORDS_WIDTH, WIDEST = 150, 134, 240
"""Room for whose mail it is and what is allowed, and the widest that any column gets."""
LEAST, USUAL = QSize(980, 560), QSize(1140, 620)


def renewed(rule: ExceptionRule, today: date) -> ExceptionRule:
    """As one that has ended is offered again: for a year, unless the user says otherwise."""
    return replace(rule, until=today + RENEWED)


class ExceptionsDialog(QDialog):
    """Emits `saved` with a rule and the one it takes the place of (or None), and `removed` with a rule. Show it with `open()`."""

    saved = Signal(object, object)
    removed = Signal(object)
    imported = Signal(object)
    """Rules from a file, which the user has looked at and confirmed."""
    what_if = Signal()
    put_off = Signal(str)
    """The key of a suggestion that is not to be made again."""

    def __init__(self, say: Translation, report: Report, kept: tuple[ExceptionRule, ...], reviewer: str, parent: QWidget,
                 put_off: Collection[str] = ()) -> None:  # fmt: skip
        """`kept`: those that the user may change; the sample brings some that belong to it. `put_off`: keys of suggestions that were answered "not now"."""
        super().__init__(parent)
        self._say, self._report, self._reviewer = say, report, reviewer
        self._rules = report.exceptions
        self._fixed = frozenset(report.exceptions) - frozenset(kept)
        self._put_off = set(put_off)
        self._form: ExceptionForm | None = None
        self._reach: Reach | None = None
        self.transfer = ExceptionsTransfer(say, self)
        self.transfer.imported.connect(self.imported)
        self.transfer.told.connect(self._tell)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Exceptions"))
        self.setAccessibleName(say("Exceptions"))
        self.setMinimumSize(LEAST)
        self.resize(USUAL.boundedTo(self.screen().availableSize()))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_register())
        self.setLayout(column(self._pages))
        self._fill()

    def _build_register(self) -> QWidget:
        say = self._say
        self.table = QTableWidget(0, len(COLUMNS), self)
        self.table.setAccessibleName(say("Exceptions"))
        self.table.setHorizontalHeaderLabels([say(text) for text in COLUMNS])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(t.ROW + t.L)  # two lines of Arabic
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMaximumSectionSize(WIDEST)
        for at in range(len(COLUMNS)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch if at == REASON else QHeaderView.ResizeMode.ResizeToContents)
        for at, width in ((0, NAMES), (WORDS, WORDS_WIDTH)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(at, width)
        self.table.currentCellChanged.connect(lambda *_: self._chosen())
        self.table.doubleClicked.connect(lambda: self._change())
        self.empty = label(say("Nothing has been allowed yet. Everybody outside counts as external."), "muted", wrap=True)
        self.fixed = label(say("This one belongs to the sample mailbox and stays as it is."), "caption")
        self._suggested, self._told, self._judging = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.add = button(say("Add an exception"), "primary")
        self.change = button(say("Change"))
        self.remove = button(say("Remove"))
        self.what_if_button = button(say("What if …"), description=say("What would be refused if everything that fails the check of its sender were"))
        self.what_if_button.clicked.connect(self.what_if)
        self.import_button = button(say("Import …"), description=say("Read exceptions from a table (CSV); you see what it would bring first"))
        self.export_button = button(say("Export …"), description=say("Write all exceptions as a table (CSV)"))
        self.import_button.clicked.connect(lambda: self.transfer.read(self._rules))
        self.export_button.clicked.connect(lambda: self.transfer.write(self._rules, self._report.created))
        close = button(say("Close"))
        self.add.clicked.connect(lambda: self.show_form(None))
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        close.clicked.connect(self.accept)
        sentence = say("Services that may write in your name, and outside domains that you expect. A change takes effect at once; no mail is touched.")
        page = QWidget()
        layout = column(
            label(say("Exceptions"), "title"), label(sentence, "muted", wrap=True), self._told, self._judging, self._suggested,
            self.empty, self.table, self.fixed,
            row(self.add, self.change, self.remove, -1, self.import_button, self.export_button, self.what_if_button, close, spacing=t.S),
            spacing=t.M, margins=(t.XL,) * 4,
        )  # fmt: skip
        layout.setStretchFactor(self.table, 1)
        page.setLayout(layout)
        return page

    def set_report(self, report: Report) -> None:
        """The audit has been judged again with other exceptions."""
        self._report, self._rules = report, report.exceptions
        self._fill()

    def set_reach(self, reach: Reach) -> None:
        """What each exception covers can be counted now."""
        self._reach = reach
        self._fill()
        if self._form is not None:
            self._form.set_reach(reach)

    def _fill(self) -> None:
        say, row_before = self._say, self.table.currentRow()
        today = self._today()
        self.table.setRowCount(len(self._rules))
        for at, rule in enumerate(self._rules):
            lapsed = has_ended(rule, today)
            until = "–" if rule.until is None else day_in_words(rule.until, say)
            texts = (
                in_words(rule, say) if is_wide(rule) else ltr(contained(rule.domain)),
                say(term(rule.direction).name),
                source_name(rule.source, say) if rule.source else say("any"),
                "…" if self._reach is None else say.number(self._reach.of(rule).messages),
                say.isolate(contained(rule.approved_by)) or "–",
                say.isolate(contained(rule.reason)) or "–",
                say("{day} (over)", day=until) if lapsed else say("{day} (ends soon)", day=until) if ends_soon(rule, today) else until,
            )
            for column_, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(RULE, rule)
                item.setToolTip(tip(text))
                if lapsed:
                    item.setForeground(self.palette().placeholderText())
                self.table.setItem(at, column_, item)
        self._suggest()
        self.export_button.setEnabled(bool(self._rules))
        self.empty.setVisible(not self._rules)
        self.table.setVisible(bool(self._rules))
        if self._rules:
            self.table.setCurrentCell(min(max(row_before, 0), len(self._rules) - 1), 0)
        self._chosen()

    def _selected(self) -> ExceptionRule | None:
        item = self.table.item(self.table.currentRow(), 0)
        rule = item.data(RULE) if item is not None else None
        return rule if isinstance(rule, ExceptionRule) else None

    def _suggest(self) -> None:
        """What the evidence speaks for most, one at a time."""
        clear(self._suggested)
        wanted = next((each for each in suggestions(self._report) if each.key not in self._put_off), None)
        if wanted is None:
            return
        say, rule = self._say, wanted.rule
        values = {"domain": ltr(contained(rule.domain)), "source": ltr(contained(rule.source)), "when": day(wanted.since, say)}
        if rule.direction is Direction.AS_US:
            text = say.plural("{n} proven message in the name of {domain} through {source} since {when}: allow it?",
                              "{n} proven messages in the name of {domain} through {source} since {when}: allow it?", wanted.messages, **values)  # fmt: skip
        else:
            text = say.plural("{n} proven message from {domain} since {when}, and nothing unusual: is it expected?",
                              "{n} proven messages from {domain} since {when}, and nothing unusual: is it expected?", wanted.messages, **values)  # fmt: skip
        self.accept_suggestion = button(say("Allow …"), description=say("Opens the form, so that you can say who has approved it and why"))
        self.not_now = button(say("Not now"), description=say("Do not suggest this one again"))
        for each in (self.accept_suggestion, self.not_now):
            each.setAccessibleDescription(f"{text} {each.accessibleDescription()}")
        self.accept_suggestion.clicked.connect(lambda: self.show_form(rule, new=True))
        self.not_now.clicked.connect(lambda: self._put_suggestion_off(wanted.key))
        self._suggested.addWidget(notice(text, "info", "info", self.accept_suggestion, self.not_now))

    def _put_suggestion_off(self, key: str) -> None:
        self._put_off.add(key)
        self.put_off.emit(key)
        self._suggest()
        (self.table if self._rules else self.add).setFocus()

    def _tell(self, sentence: str, tone: str, _: object) -> None:
        clear(self._told)
        self._told.addWidget(notice(sentence, tone, tone))

    def show_judging(self, now: bool) -> None:
        """Whether what was changed last is still being judged."""
        clear(self._judging)
        if now:
            self._judging.addWidget(notice(self._say(JUDGING), "info", "info"))

    def _today(self) -> date:
        return datetime.fromtimestamp(self._report.created, UTC).date()

    def _chosen(self) -> None:
        rule = self._selected()
        mine = rule is not None and rule not in self._fixed
        over = rule is not None and has_ended(rule, self._today())
        self.change.setText(self._say("Renew") if over else self._say("Change"))
        self.change.setAccessibleName(self.change.text())
        self.change.setEnabled(mine)
        self.remove.setEnabled(mine)
        self.fixed.setVisible(rule is not None and not mine)

    def _change(self) -> None:
        rule = self._selected()
        if rule is not None and rule not in self._fixed:
            self.show_form(rule)

    def _remove(self) -> None:
        rule = self._selected()
        if rule is not None and rule not in self._fixed:
            self.removed.emit(rule)

    # The form ----------------------------------------------------------------------------------------------------

    def show_form(self, rule: ExceptionRule | None, *, new: bool = False) -> None:
        """Add an exception, or change one; `new`: it is filled in already, and takes no other's place."""
        shown = renewed(rule, self._today()) if rule is not None and has_ended(rule, self._today()) else rule
        form = ExceptionForm(self._say, replace(shown, approved_by=self._reviewer) if shown and new else shown, self._reviewer, new=new)
        if self._reach is not None:
            form.set_reach(self._reach)
        form.finished.connect(lambda made: self._save(made, None if new else rule))
        form.left.connect(self._back)
        self._form = form
        self._pages.addWidget(form)
        self._pages.setCurrentWidget(form)
        (form.domain if form.domain.isEnabled() else form.whose).setFocus()

    def _save(self, rule: ExceptionRule, instead: ExceptionRule | None) -> None:
        self._back()
        self.saved.emit(rule, instead)

    def _back(self) -> None:
        if self._form is not None:
            self._pages.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None
        (self.table if self._rules else self.add).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form is not None:
            self._back()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self._remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._change()
        else:
            super().keyPressEvent(event)
