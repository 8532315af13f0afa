"""The review queue: one name at a time, riskiest first, one key for each answer. What is decided is kept at once, so it can be left at any time."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from app.decisions import LONGEST_NOTE
from app.errors import NitaqError
from app.i18n import Translation, mark
from app.model import Decision
from app.review import Subject
from ui import tokens as t
from ui.controls import button, centred_page, clear, column, frame, label, notice, picture, row, scrolling
from ui.decide import ACTIONS, HARMLESS, ICONS, explain, rejection_in_words, signature, trust_in_words
from ui.desk import Desk
from ui.review_card import review_card, spoken
from ui.review_state import ReviewState
from ui.sentences import in_words
from ui.spoken import speak
from ui.theme import colours
from ui.until import UntilField
from ui.words import DECISIONS

KEYS = {Decision.TRUSTED: "T", Decision.WATCHED: "W", Decision.REJECTED: "R"}
ARABIC_KEYS = {"ف": "T", "ص": "W", "ق": "R", "س": "S", "ي": "D", "ى": "N", "ع": "U"}
"""The letters on the same keys of an Arabic keyboard."""
KEY = mark("{action} ({key})")


class ReviewView(QWidget):
    """Emits `left` when the user goes back to the audit."""

    left = Signal()

    def __init__(self, say: Translation, desk: Desk, state: ReviewState) -> None:
        super().__init__()
        self._say, self._desk, self._state = say, desk, state
        self.setAccessibleName(say("Review"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.first: QWidget = self
        self.back = button(say("Back to the audit"), "quiet", "back", mirrored=say.rtl)
        self.back.clicked.connect(self.left)
        self.words = label("", "subheading")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("Progress of the review"))
        self._body = QVBoxLayout()
        self.buttons = {decision: button(self._keyed(say(text), KEYS[decision]), icon=ICONS[decision]) for decision, text in ACTIONS.items()}
        for decision, each in self.buttons.items():
            each.clicked.connect(lambda _=False, decision=decision: self._decide(decision))
        self.skip = button(self._keyed(say("Skip"), "S"), description=say("Come back to it later"))
        self.undo = button(self._keyed(say("Undo"), "U"), description=say("Take the last answer back"))
        self.skip.clicked.connect(self._skip)
        self.undo.clicked.connect(self._undo)
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(say("A note for this decision (N)"))
        self.note.setAccessibleName(say("A note for this decision (N)"))
        self.note.setAccessibleDescription(say("Kept with the decision, your name and the day"))
        self.note.returnPressed.connect(self.setFocus)
        self.until = UntilField(say, say("Look again on (D)"))
        self.covers = label("", "caption", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        desk.failed.connect(self._failed)
        self._foot = frame("foot", self._build_foot())
        head = row(self.back, spacing=t.L, margins=(t.XL, t.S, t.XL, t.S))
        head.addWidget(self.bar, 1)
        head.addWidget(self.words)
        layout = column(head, spacing=0)
        layout.addLayout(self._body, 1)
        layout.addWidget(self._foot)
        self.setLayout(layout)
        for earlier, later in pairwise((self.back, self.note, self.until.box, self.until.edit, *self.buttons.values(), self.skip, self.undo)):
            self.setTabOrder(earlier, later)
        state.resume(desk.skipped(), desk.state.report)
        self.show_next(state.current)

    def _build_foot(self) -> QVBoxLayout:
        actions = row(*self.buttons.values(), self.skip, -1, self.undo, spacing=t.S)
        words = row(spacing=t.L)
        words.addWidget(self.note, 1)
        words.addWidget(self.until)
        harmless = label(self._say(HARMLESS), "caption", wrap=True)
        return column(self.problem, words, actions, column(self.covers, harmless, spacing=1), spacing=t.S, margins=(t.XL, t.M, t.XL, t.S))

    def _keyed(self, action: str, key: str) -> str:
        return self._say.fill(KEY, {"action": action, "key": key})

    # What is shown -----------------------------------------------------------------------------------------------

    def show_next(self, wanted: Subject | None = None) -> None:
        """The next that waits (or the one wanted), or the end."""
        state, report = self._state, self._desk.state.report
        waiting = state.waiting(report)
        state.current = wanted or (waiting[0] if waiting else None)
        behind = len(state.done(report) | state.skipped.keys())
        ahead = len({each.name for each in waiting} | ({state.current.name} if state.current else set()))
        self.bar.setRange(0, max(1, behind + ahead))
        self.bar.setValue(behind if ahead else max(1, behind))
        self.words.setText(self._say("{n} of {total}", n=behind + 1, total=behind + ahead) if ahead else "")
        clear(self._body)
        self._foot.setVisible(state.current is not None)
        self.undo.setEnabled(bool(state.past))
        if state.current is None:
            self._show_end(len(state.done(report)))
        else:
            self._show_subject(state.current)
            self.setFocus()
            speak(self, self._say("{place}: {subject}", place=self.words.text(), subject=spoken(state.current, self._say)))

    def _show_subject(self, subject: Subject) -> None:
        say, record = self._say, subject.record
        page = QWidget()
        inner = column(margins=(t.XL, t.S, t.XL, t.L), spacing=t.M)
        if record is not None and subject.contradicted:
            sentence = say("You trusted this name ({signature}). Mail has come since that this trust does not cover.", signature=signature(record, say))
            inner.addWidget(notice(sentence, "bad", "bad"))
        elif subject.lapsed is not None:
            before = subject.lapsed
            sentence = say("The day to look again has come. Decided before: {decision} ({signature}).",
                           decision=say(DECISIONS[before.decision].text), signature=signature(before, say))  # fmt: skip
            inner.addWidget(notice(sentence, "warn", "warn"))
        inner.addWidget(review_card(subject, say))
        page.setLayout(inner)
        area = scrolling(page, say("What is known"))
        self._body.addWidget(area, 1)
        self.setTabOrder(self.back, area)
        said = record or subject.lapsed
        self.note.setText(said.reason if said else "")
        self.until.box.setChecked(False)
        trust, reject = self.buttons[Decision.TRUSTED], self.buttons[Decision.REJECTED]
        trusting, rejecting = trust_in_words(subject, say), rejection_in_words(subject, say)
        explain(trust, subject.can_trust, trusting)
        explain(reject, subject.can_reject, rejecting)
        self.covers.setText(say("Trust: {trust} Reject: {reject}", trust=trusting, reject=rejecting))

    def _show_end(self, done: int) -> None:
        say, state = self._say, self._state
        skipped = len(state.skipped)
        later = len(ReviewState(skipped=state.skipped, decided=state.decided, everything=True).waiting(self._desk.state.report))
        items: list[QWidget] = [picture("good", colours().good.ink, 48), label(say("That is all for now. Well done."), "title")]
        if done:
            items.append(label(say.plural("{n} decision is recorded.", "{n} decisions are recorded.", done), "lead"))
        else:
            items.append(label(say("Nothing here needs a decision."), "lead"))
        self.first = self.back
        if skipped:
            again = button(say.plural("Look at the one that was skipped", "Look at the {n} that were skipped", skipped))
            again.clicked.connect(self._unskip)
            items.append(again)
        if later:
            more = button(say.plural("Go on with {n} that looks usual", "Go on with {n} that look usual", later))
            more.clicked.connect(self._go_on)
            items.append(more)
        if state.past:
            undo = button(self._keyed(say("Undo"), "U"), "link", description=say("Take the last answer back"))
            undo.clicked.connect(self._undo)
            items.append(undo)
        page = centred_page(*items)
        self._body.addWidget(page, 1)
        speak(self, say("That is all for now. Well done."))
        self.back.setFocus()

    # What the user does ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = ARABIC_KEYS.get(event.text(), event.text().upper())
        decision = next((decision for decision, letter in KEYS.items() if letter == key), None)
        if event.isAutoRepeat():
            event.accept()  # a key held down answers for the one name that is looked at
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key == "U":
            self._undo()
        elif self._state.current is None:
            super().keyPressEvent(event)
        elif decision is not None:
            self._decide(decision)
        elif key == "S":
            self._skip()
        elif key == "N":
            self.note.setFocus()
            self.note.selectAll()
        elif key == "D":
            self.until.box.setChecked(True)
            self.until.edit.setFocus()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self.note.hasFocus() or self.until.isAncestorOf(self.focusWidget() or self):
            self.setFocus()
        else:
            self.left.emit()

    def _decide(self, decision: Decision) -> None:
        subject = self._state.current
        if subject is None or not self.buttons[decision].isEnabled():
            return
        self._desk.decide(subject.decided(decision, reason=self.note.text().strip(), until=self.until.day()), lambda: self._step(subject, skipped=False))

    def _skip(self) -> None:
        if self._state.current is not None:
            self._step(self._state.current, skipped=True)

    def _step(self, subject: Subject, *, skipped: bool) -> None:
        state = self._state
        self.problem.hide()
        state.past.append(subject)
        if skipped:
            state.skipped[subject.name] = subject.skip
            self._desk.skip(state.skipped.values())
        else:
            state.decided[subject.name] = True
        self.show_next()

    def _undo(self) -> None:
        """The last answer is taken back, and its name is on the screen again."""
        state = self._state
        if not state.past:
            return
        subject = state.past.pop()
        if subject.name in state.skipped:
            del state.skipped[subject.name]
            self._desk.skip(state.skipped.values())
        else:
            state.decided[subject.name] = False
            self._desk.decide(subject.before)
        self.show_next(subject)

    def _failed(self, error: NitaqError) -> None:
        """It could not be kept, so what is not in the report is open again."""
        self._state.decided.clear()
        self.problem.setText(in_words(error, self._say))
        self.problem.show()
        self.show_next(self._state.current)

    def _unskip(self) -> None:
        state = self._state
        state.past = [subject for subject in state.past if subject.name not in state.skipped]
        state.skipped.clear()
        self._desk.skip(())
        self.show_next()

    def _go_on(self) -> None:
        self._state.everything = True
        self.show_next()
