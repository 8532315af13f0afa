"""A finished audit: what it covered, its domains, and why each has its score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from app.bulk import Made, standing
from app.contain import contained
from app.error_text import ending
from app.errors import NitaqError
from app.i18n import Translation
from app.model import DomainRow, Report, ScanStatus
from app.parts import Key, key_of, part_called
from app.review import looks_of
from ui import tokens as t
from ui.audit_messages import AuditMessages
from ui.claims_at_hand import ClaimsAtHand
from ui.controls import button, column, label, row
from ui.detail import Detail
from ui.domain_filter import DomainFilter
from ui.domains_view import DomainsState, DomainsView
from ui.lapsing import lapsing
from ui.overview import Overview
from ui.review_state import ReviewState
from ui.spoken import speak
from ui.turns import Turns
from ui.unfolded import Line
from ui.words import day, ltr

SIDE_LEAST, SIDE_MOST = 400, 540
"""Width of the detail panel when it opens."""


LEAST = QSize(980, 540)
"""Below it the table with the detail panel beside it is scrolled as a whole."""


class Page(IntEnum):
    OVERVIEW = 0
    DOMAINS = 1


@dataclass(slots=True)
class AuditState:
    """What is shown and how, kept while the window is built anew."""

    source: str
    title: str
    report: Report
    page: Page = Page.OVERVIEW
    domains: DomainsState = field(default_factory=DomainsState)
    review: ReviewState = field(default_factory=ReviewState)
    together: tuple[Made, ...] = ()
    """The last decisions that were made together."""
    panel: int = 0
    """Pixels that the user gave the detail panel; 0: not chosen yet."""
    folders: Mapping[str, frozenset[str]] | None = None
    """Which domains wrote into each folder; None until it is asked for."""
    turns: Turns = field(default_factory=Turns, compare=False)
    """Of what replaces the report."""
    live: AuditState | None = None
    """This one is an earlier audit, frozen; what to go back to. None: it is the audit of now."""


class AuditView(QWidget):
    """Emits what the user wants: `export`, `own_domains`, `border`, `header` of an `Example`, `review`, `exceptions`, `audits`, `rescan`, or back to
    the `start`; `decided` with a `DecisionRecord`; and `undo_all` with what was `Made` together."""

    export = Signal()
    own_domains = Signal()
    border = Signal()
    header = Signal(object)
    review = Signal()
    exceptions = Signal()
    audits = Signal()
    decided = Signal(object)
    undo_all = Signal(object)
    together = Signal(object, bool)
    """Rows to be decided about at once, and whether they were selected one by one."""
    rescan = Signal()
    left = Signal()

    def __init__(self, say: Translation, state: AuditState) -> None:
        super().__init__()
        self._say, self._state = say, state
        self.back = button(say("The audit of now") if state.live else say("Start"), "quiet", "back", mirrored=say.rtl)
        self.own_button = button(say("Own domains"), "link", description=say("Say which domains belong to your organisation"))
        self.rescan_button = button(say("Read again"), description=say("Fetch what has arrived since"))
        self.export_button = button(say("Export"), "primary", "export", description=say("Write the report to a file (Ctrl+E)"))
        self.review_button = button(say("Review"), icon="eye", description=say("Look one name after another over, with the keyboard or the mouse"))
        self.together_button = button(say("Decide together"), description=say("One decision about the selected domains, or about all that are shown (Ctrl+D)"))
        self.exceptions_button = button(say("Exceptions"), "link", description=say("Who may write in your name, and who is expected"))
        self.audits_button = button(say("Audits"), "link", description=say("Earlier audits of this mailbox, and what changed between two of them"))
        self.title = label(contained(state.title), "title", wrap=True)
        self.scope = label("", "muted", wrap=True)
        self.border_button = button("", "link", description=say("Which server we believe, and why"))
        self.messages = AuditMessages(say, self.audits_button)
        self.domains = DomainsView(say, state.report.domains, state.domains, looks_of(state.report))
        self.overview = Overview(say, state.report)
        self.tabs = {Page.OVERVIEW: button(say("Overview"), "tab"), Page.DOMAINS: button(say("Domains"), "tab")}
        self._pages = QStackedWidget()
        self._pages.addWidget(self.overview)
        self._pages.addWidget(self.domains)
        self.detail = Detail(say)
        self.detail.hide()
        self.detail.closed.connect(self.close_detail)
        self.detail.decide.decided.connect(self.decided)
        self.detail.whole.connect(self._open)
        self.detail.header.connect(self.header)
        self._claims = ClaimsAtHand(self)
        self._review_comes = False
        self._claims.failed.connect(self._not_explained)
        self.domains.opened.connect(self._open)
        self.domains.moved.connect(self._moved)
        heading = row(self.title, *self.tabs.values(), spacing=t.S)
        heading.setStretch(0, 1)
        words = column(heading, self.scope, row(self.border_button, self.own_button, self.exceptions_button, self.audits_button, -1), spacing=2)
        actions = row(self.back, -1, self.rescan_button, self.together_button, self.review_button, self.export_button, spacing=t.S)
        main = QWidget()
        layout = column(actions, words, self.messages, spacing=t.M, margins=(t.XL, t.M, t.XL, t.L))
        layout.addWidget(self._pages, 1)
        main.setLayout(layout)
        main.setMinimumSize(560, 420)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(main)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.splitterMoved.connect(self._keep_share)
        self.setLayout(column(self.splitter, spacing=0))
        self.setMinimumSize(LEAST)
        self._connect()
        for each in (self.rescan_button, self.review_button, self.own_button, self.exceptions_button, self.audits_button):
            each.setHidden(state.live is not None)  # what is frozen cannot be changed
        self._show_report()
        self.show_page(state.page if state.report.domains else Page.DOMAINS)
        if state.domains.opened:
            self._open_again()

    @property
    def state(self) -> AuditState:
        return self._state

    @property
    def first(self) -> QWidget:
        """Where the keyboard goes."""
        return self.domains.table if self._state.page is Page.DOMAINS else self.overview.first

    def shown_rows(self) -> list[DomainRow]:
        """What the table shows now, in its order."""
        return list(self.domains.model.rows())

    def show_page(self, page: Page) -> None:
        self._state.page = page
        for each, tab in self.tabs.items():
            tab.setChecked(each is page)
        if page is Page.OVERVIEW:
            self._state.domains.opened = False
            self.detail.hide()
        focus = QApplication.focusWidget()
        if self._pages.currentIndex() != page and focus is not None and self._pages.isAncestorOf(focus):
            self.tabs[page].setFocus()  # else it would wander through what happens to come next, and a screen reader say all of it
        self._pages.setCurrentIndex(page)
        self._offer_together()

    def _offer_together(self) -> None:
        self.together_button.setVisible(self._state.page is Page.DOMAINS and self.detail.isHidden() and self._state.live is None)

    def show_domains(self, wanted: DomainFilter) -> None:
        """The table with a filter set."""
        self.show_page(Page.DOMAINS)
        self.domains.filters.show_filter(wanted)
        self.domains.table.setFocus()

    def _look_at(self, domain: DomainRow) -> None:
        """The table with one domain open."""
        self._state.domains.selected, self._state.domains.opened = key_of(domain), True
        self.show_domains(DomainFilter())
        self._open(domain)

    def _connect(self) -> None:
        for page, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.setAutoExclusive(True)  # else a screen reader takes it for a box to tick
            tab.clicked.connect(lambda _=False, page=page: self.show_page(page))
            tab.setToolTip(f"{tab.text()} (Ctrl+{page + 1})")
            tab.setAccessibleDescription(f"Ctrl+{page + 1}")
        self.overview.wanted.connect(self.show_domains)
        self.overview.opened.connect(self._look_at)
        self.overview.border.connect(self.border)
        self.back.clicked.connect(self.left)
        self.own_button.clicked.connect(self.own_domains)
        self.border_button.clicked.connect(self.border)
        self.review_button.clicked.connect(self.review)
        self.together_button.clicked.connect(self._decide_together)
        self.exceptions_button.clicked.connect(self.exceptions)
        self.audits_button.clicked.connect(self.audits)
        self.rescan_button.clicked.connect(self.rescan)
        self.export_button.clicked.connect(self.export)
        for keys, action in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._search),
            (QKeySequence("Ctrl+E"), self.export.emit),
            (QKeySequence("Ctrl+D"), self._decide_together),
            (QKeySequence("Ctrl+1"), lambda: self.show_page(Page.OVERVIEW)),
            (QKeySequence("Ctrl+2"), lambda: self.show_domains(self._state.domains.filter)),
            (QKeySequence(Qt.Key.Key_Escape), self._escape),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def set_report(self, report: Report) -> None:
        """The same mail, judged anew: table and detail follow."""
        self._state.report = report
        self._show_report()
        self.domains.set_rows(report.domains, looks_of(report))
        self.overview.set_report(report)
        if self._state.domains.opened:
            self._open_again()

    def _decide_together(self) -> None:
        rows, selected = self.domains.chosen_rows()
        if self._state.page is Page.DOMAINS and rows and self._state.live is None:
            self.together.emit(rows, selected)

    def wait_for_review(self, now: bool) -> bool:
        """Over the audit the mouse's cursor tells that the review is on its way. Gives whether that is new."""
        new, self._review_comes = now != self._review_comes, now
        if now:
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()
        return new

    def say_recorded(self, taken_back: int) -> None:
        """Decisions were made together (0), which stays said with the way back as long as the audit is open; or so many were taken back."""
        self._show_report()
        if taken_back:
            self.messages.once(self._say.plural("{n} decision was taken back.", "{n} decisions were taken back.", taken_back), "good")

    def _show_report(self) -> None:
        say, report = self._say, self._state.report
        counted = say.plural("{n} message read", "{n} messages read", report.scan.messages)
        domains = say.plural("{n} domain", "{n} domains", sum(row.domain is not None for row in report.domains))
        own = say(", ").join(say.isolate(contained(domain)) for domain in report.scope.own_domains[:3])
        parts = [counted, domains, day(report.created, say), say("own: {domains}", domains=own) if own else say("own domains not known")]
        self.scope.setText(" · ".join(parts))
        self.messages.empty()
        if self._state.live is not None:
            frozen = say("This is the audit as it was on {day}. It cannot be changed, and what you decide from now on does not appear in it.",
                         day=day(report.created, say))  # fmt: skip
            self.messages.add(frozen, "info", stays=True)
        if made := standing(self._state.together, report):
            undo = button(say("Undo all"), description=say("Take all of these decisions back"))
            undo.clicked.connect(lambda: self.undo_all.emit(made))
            self.messages.add(say.plural("{n} decision is recorded.", "{n} decisions are recorded.", len(made)), "good", undo, stays=True)
        if report.scan.status is not ScanStatus.COMPLETE:
            self.messages.add(ending(report.scan.status, say), "warn")
        if self._state.live is None:
            self._show_questions(report)
        servers = report.scope.border.servers
        names = say(", ").join(ltr(contained(server.id)) or say("by its place") for server in servers[:2])
        text = say("Believed server: {servers}", servers=names)
        self.border_button.setText(text)
        self.border_button.setAccessibleName(text)
        self.border_button.setVisible(bool(servers))

    def _show_questions(self, report: Report) -> None:
        """What the user could do to make the result better."""
        say, ask = self._say, self.messages.ask
        if not report.scope.own_domains and report.scan.messages:
            ask(say("Nitaq does not know yet which domains are yours, so everybody counts as external."), say("Own domains"), self.own_domains)
        today = datetime.fromtimestamp(report.created, UTC).date()
        if told := lapsing(report.exceptions, today, say):
            ask(told, say("Exceptions"), self.exceptions)
        if not report.scope.border.servers and report.scan.messages:
            sentence = say("No server was found whose proofs could be believed, so it is not known which senders are genuine.")
            ask(sentence, say("What that means"), self.border)

    def _open(self, line: Line) -> None:
        """Why a line has its score, as soon as its claims are there. What the panel explains still can be decided about only if it is the same."""
        domains, key = self._state.domains, key_of(line) if isinstance(line, DomainRow) else line.key
        same = domains.selected == key
        domains.selected, domains.opened = key, True
        self.detail.setEnabled(same or self.detail.isHidden())
        self._claims.bring(line if isinstance(line, DomainRow) else line.whole, lambda: self._explain(line, key))

    def _open_again(self) -> None:
        """The domain whose detail was looked at last, or the part of it, as it is in the report of now."""
        key = self._state.domains.selected
        row = next((each for each in self._state.report.domains if key_of(each) == key[:1]), None)
        if row is None:
            self.close_detail()
        else:
            self._claims.bring(row, lambda: self._explain(part_called(key, row) or row, key))

    def _explain(self, line: Line, key: Key) -> None:
        """`key`: what was asked for; another line may be wanted meanwhile."""
        if self._state.domains.selected != key or not self._state.domains.opened:
            return
        first = self.detail.isHidden()
        self.detail.setEnabled(True)
        self.detail.show_line(line, None if self._state.live else self._state.report)
        self.detail.show()
        self._offer_together()  # the panel takes its room; Ctrl+D is there still
        if first:
            self._share()
            speak(self.detail, self.detail.accessibleName())

    def _not_explained(self, error: NitaqError) -> None:
        self.close_detail()
        self.domains.table.failed.emit(error)

    def _share(self) -> None:
        """Room for the detail panel: what the user gave it, or as much as the table can spare."""
        side = self._state.panel or max(SIDE_LEAST, min(SIDE_MOST, self.width() * 2 // 5))
        self.splitter.setSizes([self.width() - side, side])
        self.domains.table.fit()

    def _keep_share(self) -> None:
        self._state.panel = self.splitter.sizes()[1]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.detail.isHidden():
            self._share()

    def _moved(self, line: Line) -> None:
        """While the panel is open it follows the arrow keys."""
        if not self.detail.isHidden():
            self._open(line)

    def close_detail(self) -> None:
        self._state.domains.opened = False
        self.domains.table.setFocus()  # before what has the keyboard is hidden
        self.detail.hide()
        self._offer_together()

    def _search(self) -> None:
        self.show_page(Page.DOMAINS)
        self.domains.filters.search.setFocus()
        self.domains.filters.search.selectAll()

    def _escape(self) -> None:
        if not self.detail.isHidden():
            self.close_detail()
        elif self._state.page is Page.DOMAINS and not self._state.domains.filter.asks_nothing:
            self.domains.filters.show_filter(DomainFilter())
        else:
            self.left.emit()
