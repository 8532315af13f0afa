"""Why a domain has its score: the strands of evidence, the sum of the chosen one, its findings, messages, senders and sources."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.charts.timeline import Months, by_claim, timeline
from app.contain import contained
from app.i18n import Translation
from app.model import DomainClass, DomainRow, Report
from app.parts import Part
from app.report import band_of
from ui import tokens as t
from ui.carrier_list import carrier_list
from ui.chart_card import ChartCard
from ui.controls import button, clear, column, frame, icon_button, label, picture, pill, row, scrolling, tip
from ui.decide import DecidePanel
from ui.elided_label import ElidedLabel
from ui.evidence import Strand, strands_of, ways_decided
from ui.finding_card import finding_card
from ui.message_list import message_list
from ui.name_pair import name_pair, resembled_in
from ui.score_parts import score_parts
from ui.sender_list import sender_list
from ui.theme import colours
from ui.words import AUTHENTICATIONS, BANDS, CLASSES, DECISIONS, RELATIONSHIPS, UNREADABLE, day, ltr

STRANDS_SHOWN = 12


class Detail(QFrame):
    """Shows one `DomainRow`, or a part of one. Emits `closed` when the user goes back to the table, `header` with an `Example` to be fetched again,
    and `whole` with the `DomainRow` that a part belongs to."""

    closed = Signal()
    header = Signal(object)
    whole = Signal(object)

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say = say
        self.setProperty("kind", "side")
        self.setMinimumWidth(380)
        self.close_button = icon_button(say("Back to the table (Esc)"), "close")
        self.close_button.clicked.connect(self.closed)
        self._page = QWidget()
        self._body = QVBoxLayout(self._page)
        self._body.setContentsMargins(t.XL, t.S, t.XL, t.XL)
        self._body.setSpacing(t.S)
        self._title, self._head = column(), column(spacing=t.S)
        top = row(spacing=t.S)
        top.addLayout(self._title, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        head = QWidget()  # before the rest, so that Tab comes to it first, as it is read first
        head.setLayout(column(top, self._head, spacing=t.S, margins=(t.XL, t.L, t.XL, t.S)))
        self.scroll_area = scrolling(self._page, say("Why this score"))
        self._strand_body = QVBoxLayout()
        self.decide = DecidePanel(say)
        self.setLayout(column(head, self.scroll_area, self.decide, spacing=0))
        self._strands: list[Strand] = []
        self._months: Months = {}
        self._months_of: object = None
        self._choices = QButtonGroup(self)
        self._choices.idToggled.connect(self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def show_line(self, line: DomainRow | Part, report: Report | None = None) -> None:
        """`report`: that of the line, where something can be decided about its domain."""
        if isinstance(line, Part):
            self._show(line.row, report, line)
        else:
            self._show(line, report)

    def _show(self, domain: DomainRow, report: Report | None, part: Part | None = None) -> None:
        """`domain`: as much of it as is to be explained; what is decided is decided about all of it."""
        say = self._say
        self.setUpdatesEnabled(False)
        self.decide.show_row(part.whole if part else domain, report, part)
        for layout in (self._title, self._head, self._body):
            clear(layout)
        for each in self._choices.buttons():
            self._choices.removeButton(each)
        self._fill_head(domain, part)
        self._strands = strands_of(domain)
        self._section(say("What arrives in this name"), say("Each line is one kind of evidence. Choose one to see its score."))
        for position, strand in enumerate(self._strands[:STRANDS_SHOWN]):
            self._body.addWidget(self._strand_button(strand, position))
        if len(self._strands) > STRANDS_SHOWN:
            more = len(self._strands) - STRANDS_SHOWN
            self._body.addWidget(label(say.plural("and {n} more, with higher scores", "and {n} more, with higher scores", more), "caption"))
        if alike := resembled_in(domain):
            self._section(say("What it resembles"), say("Above: the name in your mail. Below: the name it can be taken for."))
            for finding in alike:
                self._body.addWidget(name_pair(finding, say))
        self._strand_body = QVBoxLayout()
        self._strand_body.setSpacing(t.S)
        self._body.addLayout(self._strand_body)
        if report is not None:
            self._show_timeline(domain, report)
        self._section(say("Senders"), "")
        self._body.addWidget(sender_list(domain.addresses, say))
        self._section(say("Sending sources"), say("The organisations or networks whose computers carried the mail."))
        self._body.addWidget(carrier_list(domain, report, say))
        self._body.addStretch(1)
        self._choices.button(0).setChecked(True)
        self.scroll_area.verticalScrollBar().setValue(0)
        self.setAccessibleName(say("Details of {domain}", domain=contained(domain.unicode)))
        self.setUpdatesEnabled(True)

    def _show_timeline(self, domain: DomainRow, report: Report) -> None:
        if report.months is not self._months_of:
            self._months_of, self._months = report.months, by_claim(report.months)
        chart = timeline(domain, self._months, report.created, self._say)
        if chart.total:
            self._body.addSpacing(t.M)
            self._body.addWidget(ChartCard(chart, self._say, leads=False))

    def _fill_head(self, domain: DomainRow, part: Part | None) -> None:
        say = self._say
        name = ltr(contained(domain.unicode)) if domain.domain else say(UNREADABLE)
        title = label(breakable(name), "title", wrap=True)
        title.setAccessibleName(name)
        self._title.addWidget(title)
        if part is not None:
            self._head.addLayout(self._part_of_it(part))
            self.setTabOrder(self.close_button, self.whole_button)
        if domain.domain and domain.domain != domain.unicode:
            self._head.addWidget(label(say("As computers write it: {domain}", domain=ltr(contained(domain.domain))), "caption", wrap=True, selectable=True))
        words = [RELATIONSHIPS[domain.relationship], AUTHENTICATIONS[domain.authentication], DECISIONS[domain.decision]]
        pills = row(*(pill(say(word.text), word.tone, say(word.help)) for word in words), -1, spacing=t.XS + 2)
        self._head.addLayout(pills)
        covered, ways = ways_decided(domain)
        if 0 < covered < ways:
            partly = say.plural("Decided for {covered} of {n} way it writes", "Decided for {covered} of {n} ways it writes", ways, covered=covered)
            self._head.addWidget(label(partly, "caption", wrap=True))
        sentence = say.plural("{n} message, {first} to {last}", "{n} messages, {first} to {last}", domain.messages,
                              first=day(domain.first_seen, say), last=day(domain.last_seen, say))  # fmt: skip
        if domain.domain_class is not DomainClass.ORDINARY:
            sentence = say("{a} · {b}", a=say(CLASSES[domain.domain_class]), b=sentence)
        self._head.addWidget(label(sentence, "muted", wrap=True))

    def _part_of_it(self, part: Part) -> QHBoxLayout:
        """Which part of the domain is shown, and the way to all of it."""
        say = self._say
        source = source_in_words(part.source, say)
        address = ltr(contained(part.address)) if part.address else ""
        words = say("Only {address}, {source}", address=address, source=source) if address else say("Only this part: {source}", source=source)
        self.whole_button = button(say("Show all of it"), "link")
        self.whole_button.clicked.connect(lambda: self.whole.emit(part.whole))
        line = row(label(words, "subheading", wrap=True), self.whole_button)
        line.setStretch(0, 1)
        return line

    def _section(self, title: str, sentence: str) -> None:
        self._body.addSpacing(t.M)
        self._body.addWidget(label(title, "heading"))
        if sentence:
            self._body.addWidget(label(sentence, "caption", wrap=True))

    def _strand_button(self, strand: Strand, position: int) -> QPushButton:
        """A line of evidence: its score, what is proven, through whom, how often."""
        say, word = self._say, BANDS[band_of(strand.score)]
        proof = AUTHENTICATIONS[strand.authentication]
        count = say.plural("{n} message", "{n} messages", strand.messages)
        who = contained(strand.names[0]) if strand.names else contained(strand.addresses[0]) if strand.addresses else say("no name")
        headline = say("{proof} · {count}", proof=say(proof.text), count=count)
        through = say("{name} · {source}", name=who, source=source_in_words(strand.source, say))
        result = QPushButton()
        result.setProperty("kind", "entry")
        result.setCheckable(True)
        result.setAutoExclusive(True)  # else a screen reader takes it for a box to tick
        result.setCursor(Qt.CursorShape.PointingHandCursor)
        result.setAccessibleName(say("{headline}, {through}, score {score}", headline=headline, through=through, score=strand.score))
        result.setAccessibleDescription(say("Shows how its score came about"))
        result.setToolTip(tip(through))
        number = label(say.number(strand.score), "heading", tone=word.tone)
        number.setFixedWidth(36)
        shape = picture(word.shape, getattr(colours(), word.tone).ink, 22)
        second = label(through, "caption", line=ElidedLabel())
        lines = column(label(headline, "subheading"), second, spacing=1)
        inner = row(shape, number, lines, spacing=t.S, margins=(t.M, t.XS, t.M, t.XS))
        inner.setStretch(2, 1)
        for child in (number, shape, second):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        result.setLayout(inner)
        self._choices.addButton(result, position)
        return result

    def _chosen(self, position: int, checked: bool) -> None:
        if not checked:
            return
        say, strand = self._say, self._strands[position]
        clear(self._strand_body)
        self._strand_body.addSpacing(t.M)
        self._strand_body.addWidget(label(say("Why {score}", score=strand.score), "heading"))
        self._strand_body.addWidget(label(say("The parts add up to the score."), "caption"))
        self.parts = score_parts(strand.findings, strand.score, say)
        self._strand_body.addWidget(self.parts)
        self._strand_body.addSpacing(t.S)
        told = [finding for finding in strand.findings if finding.id not in ("base", "limit")]
        for finding in sorted(told, key=lambda finding: finding.points):
            self._strand_body.addWidget(finding_card(finding, say))
        if strand.exhibits:
            self._strand_body.addSpacing(t.M)
            self._strand_body.addWidget(label(say("Example messages"), "heading"))
            self._strand_body.addWidget(label(say("Copy a Message-ID to find the message in your mail program, or look at its header."), "caption", wrap=True))
            self._strand_body.addWidget(frame("card", message_list(strand.exhibits, self.header.emit, say)))
        self._decide_last()

    def _decide_last(self) -> None:
        """Tab comes to what is built anew before the decision below it."""
        below = (*self._page.findChildren(QWidget), *self.decide.in_order())
        met = [each for each in below if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.window() is self.window()]
        for earlier, later in pairwise((self.scroll_area, *met)):
            self.setTabOrder(earlier, later)


def breakable(name: str) -> str:
    """A long name may break after each dot."""
    return name.replace(".", ".\u200b")


def source_in_words(source: str, say: Translation) -> str:
    if source == "own":
        return say("sent by itself")
    if source in ("", "unknown"):
        return say("sending source not known")
    return say("through {source}", source=contained(source))
