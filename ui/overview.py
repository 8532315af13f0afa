"""The audit at first sight: a few sentences, the domains to look at first, and the charts; everything leads into the table of domains."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from app.charts import charts_of
from app.contain import contained
from app.i18n import Translation
from app.model import DomainRow, Report
from app.report import band_of
from app.review import needing_a_look
from app.terms import term
from app.texts import title_in_words
from ui import tokens as t
from ui.chart_card import ChartCard
from ui.controls import button, clear, column, frame, label, picture, pill, row, scrolling
from ui.domain_filter import DomainFilter
from ui.link import Link
from ui.summary import Sentence, headline, not_judged, sentences
from ui.theme import colours
from ui.words import BANDS, UNREADABLE, ltr

SHOWN = 4
"""Domains to look at first."""
WIDE = 1120
"""From this width on there are three charts side by side, else two."""


class Overview(QWidget):
    """Emits `wanted` with a `DomainFilter`, `opened` with a `DomainRow`, or `border`."""

    wanted = Signal(object)
    opened = Signal(object)
    border = Signal()

    def __init__(self, say: Translation, report: Report) -> None:
        super().__init__()
        self._say = say
        self._top = row(spacing=t.L)
        self._grid = QGridLayout()
        self._grid.setSpacing(t.L)
        self._columns = 0
        self.sentences: list[QPushButton] = []
        self.looks: list[QPushButton] = []
        self.charts: list[ChartCard] = []
        self._cards: list[QWidget] = []
        page = QWidget()
        page.setLayout(column(self._top, self._grid, -1, spacing=t.L, margins=(0, 0, t.S, t.S)))
        page.setMinimumHeight(1)  # as high as its width asks for, not as high as it would be at its narrowest
        self.scroll_area = scrolling(page, say("Overview"))
        self.setLayout(column(self.scroll_area))
        self.set_report(report)

    @property
    def first(self) -> QWidget:
        """Where the keyboard goes."""
        return self.sentences[0] if self.sentences else self.scroll_area

    def set_report(self, report: Report) -> None:
        """Show another report, or the same mail judged anew."""
        for layout in (self._top, self._grid):
            clear(layout)
        self._top.addWidget(self._summary(report), 1)
        looks = needing_a_look(report)
        self.looks = [self._look(each) for each in looks[:SHOWN]]
        if looks:
            self._top.addWidget(self._first_looks(len(looks)), 1)
        self.charts = [ChartCard(chart, self._say) for chart in charts_of(report, self._say)]
        for card in self.charts:
            card.wanted.connect(self.wanted)
        self._cards = [*self.charts, self._believed(report)]
        self._columns = 0
        self._arrange()

    # Sentences ---------------------------------------------------------------------------------------------------

    def _summary(self, report: Report) -> QFrame:
        self.sentences = [self._sentence(each) for each in sentences(report, self._say)]
        words = column(label(headline(report, self._say), "title", wrap=True), spacing=2)
        if rest := not_judged(report, self._say):
            words.addWidget(label(rest, "caption", wrap=True))
        layout = column(words, t.XS, *self.sentences, -1, spacing=t.XS, margins=(t.L, t.L, t.L, t.M))
        return frame("card", layout)

    def _sentence(self, sentence: Sentence) -> QPushButton:
        result = Link("sentence", sentence.text, sentence.shape, sentence.tone, self._say)
        result.add(label(sentence.text, "subheading", wrap=True))
        result.clicked.connect(lambda: self.wanted.emit(sentence.leads_to))
        return result

    # What to look at first ---------------------------------------------------------------------------------------

    def _first_looks(self, n: int) -> QFrame:
        say = self._say
        layout = column(label(say("Look at these first"), "heading"), t.XS, *self.looks, -1, spacing=t.XS, margins=(t.L, t.L, t.L, t.M))
        if n > len(self.looks):
            every = button(say.plural("Show the {n} that needs a look", "Show all {n} that need a look", n), "link")
            every.clicked.connect(lambda: self.wanted.emit(DomainFilter(needs_a_look=True)))
            layout.addLayout(row(every, -1))
        return frame("card", layout)

    def _look(self, domain: DomainRow) -> QPushButton:
        say, word = self._say, BANDS[band_of(domain.worst)]
        against = [finding for finding in domain.findings if finding.points < 0]
        why = title_in_words(against[0], say) if against else say(word.text)
        name = contained(domain.unicode) if domain.unicode else say(UNREADABLE)
        spoken = say("{name}, score {score}: {text}", name=name, score=domain.worst, text=why)
        result = Link("sentence", spoken, word.shape, word.tone, say)
        title, reason = label(ltr(name) if domain.unicode else name, "subheading", wrap=True), label(why, "caption", wrap=True)
        result.add(title, reason)
        result.end(pill(say("{score} of 100", score=domain.worst), word.tone))
        result.clicked.connect(lambda: self.opened.emit(domain))
        return result

    # Cards -------------------------------------------------------------------------------------------------------

    def _believed(self, report: Report) -> QFrame:
        say = self._say
        sentence = say("Anybody can write into a message that it was checked. So only the server that took the mail in for you is believed.")
        layout = column(spacing=t.M, margins=(t.L, t.L, t.L, t.M))
        heading = column(label(say("Which server we believe, and why"), "subheading", wrap=True), label(sentence, "caption", wrap=True), spacing=2)
        layout.addLayout(heading)
        for server in report.scope.border.servers[:3]:
            name = contained(server.id)
            words = column(label(ltr(name) if name else say("(a server that does not write its name)"), "subheading", wrap=True), spacing=0)
            words.addWidget(label(say(term(server.how).name), "caption", wrap=True))
            if server.of:
                seen = say("{n} of {total} messages carry its report where only it can write.", n=server.messages, total=server.of)
                words.addWidget(label(seen, "caption", wrap=True))
            line = row(spacing=t.M)
            line.addWidget(picture("good", colours().good.ink, 22), 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(words, 1)
            layout.addLayout(line)
        if not report.scope.border.servers:
            nothing = say("No server was found that wrote down its checks for this mailbox. So nothing is proven, and nothing has failed: it is not known.")
            layout.addWidget(label(nothing, tone="warn", wrap=True))
        more = button(say("More about it"), "link")
        more.clicked.connect(self.border)
        layout.addStretch(1)
        layout.addLayout(row(more, -1))
        return frame("card", layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """As many cards side by side as there is room for."""
        width = self.width()
        columns = 3 if width >= WIDE else 2
        if columns == self._columns:
            return
        for at in range(3):
            self._grid.setColumnStretch(at, int(at < columns))
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
