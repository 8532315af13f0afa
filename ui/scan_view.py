"""A scan while it runs and when it has ended: how far, how fast, how long yet, and one plain sentence for each ending."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.contain import contained
from app.i18n import Translation
from app.model import ScanStatus
from app.progress import time_left
from app.sources.address import is_server
from ui import tokens as t
from ui.account_draft import field_to_mend
from ui.controls import button, centred, clear, column, frame, label, line, notice, picture, row, scrolling
from ui.endings import headline_of, in_words, sentence_of
from ui.engine import End
from ui.flow import Flow
from ui.live_senders import LiveSenderList, Look
from ui.scan_parts import ScanParts
from ui.scan_run import ScanRun
from ui.scan_runs import ScanRuns
from ui.theme import colours

TONES = {
    ScanStatus.COMPLETE: ("good", "good"),
    ScanStatus.PARTIAL: ("warn", "warn"),
    ScanStatus.CANCELLED: ("neutral", "info"),
    ScanStatus.ERROR: ("bad", "bad"),
    ScanStatus.REFUSED: ("bad", "lock"),
}
NOTICES_SHOWN = 3
SIGN_IN_MENDS = frozenset(["oauth.expired", "oauth.refused", "oauth.cancelled", "oauth.timeout", "auth.failed", "auth.expired"])
"""Codes for which the browser is asked anew where it was asked before."""


class ScanView(QWidget):
    """Emits what the user wants next: `opened` the result, `again` the same scan, `edited` the account, `sign_in` with the browser, `left` for the start."""

    opened = Signal()
    again = Signal()
    edited = Signal()
    sign_in = Signal()
    left = Signal()

    def __init__(self, say: Translation, run: ScanRun | ScanRuns, senders: Look | None = None) -> None:
        """`senders`: who wrote most so far, looked up in a thread while the scan goes on."""
        super().__init__()
        self._say, self._run = say, run
        self.parts = ScanParts(say, run.parts) if run.parts else None
        self.headline = label("", "title", wrap=True)
        self.sentence = label("", "lead", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("Progress"))
        self.count = label("", "display")
        self.of = label("", "muted")
        self.folder, self.rate, self.left_over = label("–", "subheading"), label("–", "subheading"), label("–", "subheading")
        self.folder.setWordWrap(True)
        self.cancel_button = button(say("Cancel"), icon="stop")
        self.cancel_button.clicked.connect(run.cancel)
        self.first = self.cancel_button
        facts = row(*(self._fact(*fact) for fact in (
            (say("Folder"), self.folder), (say("Speed"), self.rate), (say("Time left"), self.left_over),
        )), spacing=t.XL)  # fmt: skip
        for position in range(3):
            facts.setStretch(position, 1)
        counted = row(self.count, self.of, -1, spacing=t.M)
        counted.setAlignment(self.of, Qt.AlignmentFlag.AlignBottom)
        promise = row(picture("lock", colours().muted, 18), label(say("Nitaq only reads. It cannot change or delete mail."), "muted", wrap=True))
        promise.setStretch(1, 1)
        self._running = frame(
            "card",
            column(counted, self.bar, t.S, facts, line(), row(column(promise), self.cancel_button, spacing=t.L), spacing=t.L, margins=(t.XL,) * 4),
        )
        self.senders = LiveSenderList(say, senders, self) if senders and run.end is None else None
        self._after = QVBoxLayout()
        self._after.setSpacing(t.L)
        if run.aside:
            self._after.addWidget(notice(run.aside, "warn", "warn"))
        shown = (self.senders,) if self.senders else ()
        body = QWidget()
        parts = (self.parts,) if self.parts else ()
        body.setLayout(column(-1, self.headline, self.sentence, t.M, self._running, *parts, self._after, *shown, -1, -1, spacing=t.S))
        self.setLayout(column(scrolling(centred(body, 640), say("Progress"))))
        run.changed.connect(self._show)
        run.ended.connect(self._show_end)
        self._show()
        if run.end is not None:
            self._show_end(run.end)

    def _fact(self, name: str, value: QWidget) -> QVBoxLayout:
        return column(label(name, "caption"), value, spacing=2)

    def _show(self) -> None:
        say, run = self._say, self._run
        if self.parts:
            self.parts.show_parts()
        if run.end is not None:
            return
        started = bool(run.folder)
        if run.cancelling:
            self.headline.setText(say("Stopping …"))
            self.sentence.setText(say("What was read so far is kept."))
        elif started and 0 < run.total <= run.done:
            self.headline.setText(say("Weighing the evidence …"))
            self.sentence.setText(say("Everything has been read. What was found is now put together."))
        elif started:
            self.headline.setText(say("Reading {title}", title=contained(run.title)))
            self.sentence.setText(say("Only the headers are read, never the text of a message. You can go on working meanwhile."))
        else:
            self.headline.setText(say("Connecting to {title}", title=contained(run.title)))
            self.sentence.setText(say("This takes a few seconds."))
        self.cancel_button.setEnabled(not run.cancelling)
        self.bar.setRange(0, run.total if run.total and started else 0)
        self.bar.setValue(min(run.done, run.total))
        self.count.setText(say.number(run.done))
        self.of.setText(say.plural("of {n} message", "of {n} messages", run.total) if run.total else say("messages"))
        self.folder.setText(say.isolate(contained(run.folder)) or "–")
        rate = run.rate
        self.rate.setText(say.plural("{n} message a second", "{n} messages a second", max(1, round(rate))) if rate else "–")
        self.left_over.setText(time_left(run.seconds_left, say))

    def _show_end(self, end: End) -> None:
        say, run = self._say, self._run
        clear(self._after)
        tone, shape = TONES[end.status]
        self.headline.setText(headline_of(end, say))
        empty = end.status is ScanStatus.COMPLETE and not end.messages
        if empty:
            self.sentence.setText(say("There is no message in the folders and dates that were asked for. Nothing is wrong with that."))
        else:
            self.sentence.setText(say.plural("{n} message was read.", "{n} messages were read.", end.messages))
        self.sentence.setVisible(end.status not in (ScanStatus.ERROR, ScanStatus.REFUSED) or bool(end.messages))
        if run.aside:
            self._after.addWidget(notice(run.aside, "warn", "warn"))
        failed = [part for part in run.parts if part.end and part.end.failed]
        reason = sentence_of(end, run.notices, say)
        if failed:
            reason = say.plural(
                "{n} mailbox could not be read. Why, and what to do, stands beside its name.",
                "{n} mailboxes could not be read. Why, and what to do, stands beside their names.", len(failed),
            )  # fmt: skip
        self._after.addWidget(notice(reason, tone if not empty else "neutral", shape if not empty else "empty"))
        told = {end.code, *(part.end.code for part in failed if part.end)}
        others = [each for each in run.notices if each.code not in told][:NOTICES_SHOWN]
        for each in others:
            self._after.addWidget(notice(in_words(each, say), "warn", "warn"))
        self._after.addLayout(self._actions(end))
        self._running.hide()
        if self.senders:
            self.senders.stop()
        self.first.show()  # what is not shown yet cannot take the keyboard, and it must not stay where it fell to
        self.first.setFocus()

    def _actions(self, end: End) -> Flow:
        """What one would do next comes first and is emphasised."""
        say = self._say
        failed = end.failed
        broken = any(is_server(run.source) and run.end and run.end.failed for run in self._run.parts or (self._run,))
        wanted = []
        if not failed and end.messages:
            wanted.append((say("Show the result"), self.opened, "arrow"))
        if to_sign_in(self._run):
            wanted.append((say("Sign in again"), self.sign_in, ""))
        settings = [(say("Check the settings"), self.edited, "")] if broken else []
        if end.status is not ScanStatus.COMPLETE:
            settings.append((say("Try again") if failed else say("Go on reading"), self.again, ""))
        wanted += settings if field_to_mend(end.code) else settings[::-1]
        wanted.append((say("Back to the start"), self.left, ""))
        layout = Flow()
        for position, (text, signal, icon) in enumerate(wanted):
            kind = "primary" if not position else "quiet" if signal is wanted[-1][1] else ""
            choice = button(text, kind, icon, mirrored=say.rtl)
            choice.clicked.connect(signal)
            layout.addWidget(choice)
            if not position:
                self.first = choice
        return layout


def to_sign_in(run: ScanRun | ScanRuns) -> tuple[str, ...]:
    """The sources that could not be read, and perhaps can when the browser is asked anew."""
    parts = [part for part in run.parts or (run,) if isinstance(part, ScanRun) and part.by_browser]
    return tuple(part.source for part in parts if part.end and part.end.failed and part.end.code in SIGN_IN_MENDS)
