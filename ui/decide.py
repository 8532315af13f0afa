"""Trust, watch or reject: the reviewer's decision about what the detail panel shows, and the one that was made before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.contain import contained
from app.decisions import LONGEST_NOTE
from app.i18n import Translation, mark
from app.model import Decision, DecisionRecord, DomainRow, Report
from app.parts import Part
from app.review import Subject, subjects_of
from ui import tokens as t
from ui.controls import button, clear, column, label, pill, row, tip
from ui.until import UntilField, day_in_words
from ui.words import DECISIONS, day, ltr

ACTIONS = {Decision.TRUSTED: mark("Trust"), Decision.WATCHED: mark("Watch"), Decision.REJECTED: mark("Reject")}
ICONS = {Decision.TRUSTED: "good", Decision.WATCHED: "eye", Decision.REJECTED: "bad"}
HARMLESS = mark("This changes Nitaq's records alone. No mail is moved, blocked or deleted.")


class DecidePanel(QFrame):
    """Emits `decided` with a `DecisionRecord` that has no name and no time yet; an unreviewed one takes the decision back."""

    decided = Signal(object)

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say = say
        self._subjects: tuple[Subject, ...] = ()
        self.setProperty("kind", "foot")
        self._present = QVBoxLayout()
        self.undo: QPushButton | None = None
        """Takes back the decision that there is."""
        self.which = QComboBox()
        self.which.setAccessibleName(say("The address that is decided about"))
        self.which.currentIndexChanged.connect(self._show_other)
        self.buttons = {decision: button(say(text), icon=ICONS[decision]) for decision, text in ACTIONS.items()}
        for decision, each in self.buttons.items():
            each.clicked.connect(lambda _=False, decision=decision: self._decide(decision))
        self.more = button(say("Reason, date"), "link", description=say("Say why, and when to look again"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._unfold)
        self._form = self._build_form()
        self.title = label(say("Decision"), "subheading", wrap=True)
        heading = row(self.title, self.more)
        heading.setStretch(0, 1)
        self.setLayout(
            column(
                heading, self._present, self.which,
                self._form, row(*self.buttons.values(), -1, spacing=t.S),
                label(say(HARMLESS), "caption", wrap=True), spacing=t.S, margins=(t.XL, t.M, t.XL, t.M),
            )
        )  # fmt: skip

    def _build_form(self) -> QWidget:
        say = self._say
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_NOTE)
        self.reason.setPlaceholderText(say("Why (optional)"))
        self.reason.setAccessibleName(say("Why (optional)"))
        self.reason.setAccessibleDescription(say("Kept with the decision, your name and the day"))
        self.until = UntilField(say, say("Look again on"))
        self.with_proven = QCheckBox(say("Reject the proven mail as well"))
        form = QWidget()
        form.setLayout(column(self.reason, self.until, self.with_proven, spacing=t.S))
        form.hide()
        return form

    def show_row(self, domain: DomainRow, report: Report | None, part: Part | None = None) -> None:
        """What can be decided about a domain; at a shared provider, about its addresses. Nothing without a readable domain.

        `part`: as much of it as the panel above explains; its address comes first.
        """
        before = self._subject
        self._subjects = subjects_of(domain, report) if report else ()
        self.setVisible(bool(self._subjects))
        names = [subject.name for subject in self._subjects]
        by_address = any("@" in name for name in names)
        wanted = part.address if part and part.address in names else before.name if before else ""
        same = names.index(wanted) if wanted in names else None
        self.which.blockSignals(True)
        self.which.clear()
        for name in names:
            self.which.addItem(ltr(contained(name)))
        self.which.setCurrentIndex(same or 0)
        self.which.blockSignals(False)
        self.which.setVisible(by_address)
        about_all = part is not None and not by_address
        self.title.setText(self._say("Decision about all of {domain}", domain=ltr(contained(domain.unicode))) if about_all else self._say("Decision"))
        if same is None or before is None or before.name != wanted:
            self._empty_form()
        self._show_subject()

    def _empty_form(self) -> None:
        self.reason.clear()
        self.until.box.setChecked(False)
        self.with_proven.setChecked(False)
        self.more.setChecked(False)

    def _show_other(self) -> None:
        """Another address was chosen: why and until when were said of the one before."""
        self._empty_form()
        self._show_subject()

    @property
    def _subject(self) -> Subject | None:
        at = self.which.currentIndex()
        return self._subjects[at] if 0 <= at < len(self._subjects) else None

    def _show_subject(self) -> None:
        subject, say = self._subject, self._say
        clear(self._present)
        self.undo = None
        if subject is None:
            return
        if subject.record is not None:
            self._present.addLayout(self._present_decision(subject))
        for earlier, later in pairwise(self.in_order()):
            self.setTabOrder(earlier, later)
        trust, reject = self.buttons[Decision.TRUSTED], self.buttons[Decision.REJECTED]
        explain(trust, subject.can_trust, trust_in_words(subject, say))
        explain(reject, subject.can_reject, rejection_in_words(subject, say))
        self.with_proven.setVisible(bool(subject.unproven and subject.proven) and not subject.protected)

    def in_order(self) -> Sequence[QWidget]:
        """Its controls as they are read."""
        undo = () if self.undo is None else (self.undo,)
        return (self.more, *undo, self.which, self.reason, self.until.box, self.until.edit, self.with_proven, *self.buttons.values())

    def _present_decision(self, subject: Subject) -> QVBoxLayout:
        say, record = self._say, subject.record
        assert record is not None
        word = DECISIONS[record.decision]
        self.undo = button(say("Undo"), "link", description=say("Take this decision back"))
        self.undo.clicked.connect(lambda: self.decided.emit(DecisionRecord(subject.name, Decision.UNREVIEWED)))
        head = row(pill(say(word.text), word.tone), label(signature(record, say), "muted", wrap=True), self.undo, spacing=t.S)
        head.setStretch(1, 1)
        layout = column(head, spacing=t.XS)
        if record.reason:
            layout.addWidget(label(say.isolate(contained(record.reason)), wrap=True))
        if subject.contradicted:
            layout.addWidget(label(say("Mail has come since that this trust does not cover."), tone="bad", wrap=True))
        return layout

    def _unfold(self, shown: bool) -> None:
        self._form.setVisible(shown)
        if shown:
            self.reason.setFocus()

    def _decide(self, decision: Decision) -> None:
        if (subject := self._subject) is not None:
            record = subject.decided(decision, reason=self.reason.text().strip(), until=self.until.day(), with_proven=self.with_proven.isChecked())
            self.decided.emit(record)


def explain(each: QWidget, possible: bool, sentence: str) -> None:
    """Switch an action on or off and say why, or what it covers."""
    each.setEnabled(possible)
    each.setToolTip(tip(sentence))
    each.setAccessibleDescription(sentence)


def trust_in_words(subject: Subject, say: Translation) -> str:
    if not subject.can_trust:
        return say("Nothing here is proven, so there is nothing that trust could hold on to.")
    n = sum(claim.record.messages for claim in subject.proven)
    return say.plural("Covers the {n} proven message, and later ones with the same proof.",
                      "Covers the {n} proven messages, and later ones with the same proof.", n)  # fmt: skip


def rejection_in_words(subject: Subject, say: Translation) -> str:
    if not subject.can_reject:
        return say("All of it is your own or allowed, and proven.")
    n = sum(claim.record.messages for claim in subject.rejected(with_proven=False))
    if subject.unproven:
        return say.plural("Covers the {n} message that is not proven.", "Covers the {n} messages that are not proven.", n)
    return say.plural("Covers the {n} message, and later ones with the same proof.", "Covers all {n} messages, and later ones with the same proof.", n)


def signature(record: DecisionRecord, say: Translation) -> str:
    """Who decided and when, and until when it holds."""
    who, when = contained(record.by), day(record.at, say)
    first = say("{who}, {when}", who=who, when=when) if who else when
    return say("{first}; look again on {day}", first=first, day=day_in_words(record.until, say)) if record.until else first
