"""Renders every screen and state: python -m tests.screens OUT. Each picture is called SCREEN-LANG-THEME-WIDTHxHEIGHT.png.

The audit is the sample mailbox's, made by the real engine; scans and errors are played to the real widgets.
`python -m tests.screens --readme` renders the pictures of the README again (docs/overview-LANG.png), `--guide` those of the guide
(resources/guide/pictures/NAME-LANG.png).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from app.audit_key import key_of as key_of_several
from app.error_text import describe
from app.exceptions_csv import COLUMNS, read
from app.faults import FaultFolder, fault_report
from app.i18n import LANGUAGES
from app.inside import Part
from app.model import (
    Account,
    AuditEntry,
    Authentication,
    Border,
    Decision,
    Direction,
    DomainClass,
    ExceptionRule,
    Looked,
    MailProfile,
    OtherMailbox,
    Relationship,
    Remains,
    Report,
    ScanStatus,
    Traces,
    Trial,
    Whose,
)
from app.parts import key_of, parts_of
from app.rate import Rate
from app.reach import Reach
from app.review import queue_of
from tests.exporters.reports import document
from tests.screens_connecting import connecting, failures
from tests.ui.reports import PROVEN, claim, domain_row
from tests.ui.services import FakeServices
from ui.about import AboutDialog
from ui.account_draft import Draft
from ui.account_form import AccountForm
from ui.announcements import Announcement
from ui.audit_view import AuditState, AuditView, Page
from ui.audits import AuditsDialog
from ui.border_panel import BorderPanel
from ui.contents import ContentsDialog
from ui.domain_filter import DomainFilter, InFolder
from ui.drop import DropOverlay
from ui.engine import End
from ui.exceptions import ExceptionsDialog
from ui.export_choices import ExportChoices
from ui.fault_dialog import FaultDialog
from ui.forget import ForgetDialog, what_was_found
from ui.glossary import Glossary
from ui.guide import GuideDialog
from ui.import_preview import ImportPreview
from ui.loading import LoadingScreen
from ui.message_header import HeaderDialog
from ui.own_domains import OwnDomainsDialog
from ui.password import PasswordDialog
from ui.recovery import Recovery
from ui.review import ReviewView
from ui.reviewer import ReviewerDialog
from ui.scan_run import ScanRun
from ui.scan_runs import ScanRuns
from ui.scan_view import ScanView
from ui.session import Place, Session
from ui.several import SeveralDialog
from ui.start import StartScreen
from ui.theme import Look
from ui.together import TogetherDialog
from ui.update_setting import newer_sentence
from ui.what_if import WhatIfDialog
from ui.window import Window

GUIDE_SIZE = (1024, 640)
LIVE = (("newsletter.example", 12_403), ("partner.example", 2_911), ("بريد.example", 840), ("shop.example", 11), ("bank.example", 2))
INSIDE = tuple(Part(name, "1.0", "MIT", Path(__file__).parent.parent / "LICENSE") for name in ("cpython", "jinja2", "keyring", "pyside6-essentials"))
PATIENCE = 60.0
"""Seconds."""
SIZES = ((1280, 800), (1024, 640))
LOOKS = (Look.LIGHT, Look.DARK)
SOURCE = "imaps://sara%40firm.example@mail.firm.example"
OMAR = "imaps://omar%40other.example@mail.other.example"
ROOT = Path(__file__).resolve().parent.parent


class StillEngine(QObject):
    """An engine that says what it is told to say."""

    progressed = Signal(str, int, int)
    paced = Signal(object, object)
    warned = Signal(str, dict)
    ended = Signal(object)

    running = True

    def cancel(self) -> None:
        pass


def sample_report(folder: Path) -> Report:
    """What `nitaq sample` shows: scanned by the engine, judged by the library."""
    import time

    from app.library import Library
    from app.store.folder import StoreFolder

    words = [sys.executable, "-m", "app", "audit", "sample", "--store", str(folder), "--progress", "none"]
    subprocess.run(words, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)
    library = Library(StoreFolder(folder), time.time)
    report = library.load("sample")
    library.close()
    assert report is not None
    return report


class Stage:
    """A window on invented services, and every screen it can show."""

    def __init__(self, app: QApplication, folder: Path, report: Report) -> None:
        self._app, self._report = app, report
        self.services = FakeServices(folder)
        self.services.audits.reports["sample"] = report
        self.window = Window(self.services.bundle(), app)

    def screens(self) -> Iterator[tuple[str, Callable[[], QWidget]]]:
        """Name, and what shows it and returns what is to be painted."""
        yield "start", lambda: self._screen(self.window.show_start)
        yield "start-lapsing", self._lapsing_start
        yield "start-several", self._start_with_several
        yield "start-found", self._start_with_profiles
        yield "several", self._several
        yield "drop", lambda: self._drop(["/home/sara/Downloads/All mail.mbox"])
        yield "drop-refused", lambda: self._drop([])
        yield "scan-several", lambda: self._scan_several((End(ScanStatus.COMPLETE, messages=412), None, None))
        yield "scan-several-partial", lambda: self._scan_several(
            (End(ScanStatus.COMPLETE, messages=412), End(ScanStatus.ERROR, "auth.failed"), End(ScanStatus.COMPLETE, messages=31_800)))
        yield "scan-several-sign-in", lambda: self._scan_several(
            (End(ScanStatus.COMPLETE, messages=412), End(ScanStatus.ERROR, "oauth.cancelled"), End(ScanStatus.COMPLETE, messages=31_800)), by_browser=True)
        yield "settings", lambda: self._screen(self._settings)
        yield "form", lambda: self._screen(lambda: self.window.show_form(Draft()))
        yield "form-more", self._form_unfolded
        yield "form-error", self._form_with_mistakes
        yield "form-others", self._form_with_others
        yield "loading", lambda: self._screen(lambda: self.window.show_screen(lambda: LoadingScreen(self.window.say)))
        yield "scan-connecting", lambda: self.scan(())
        yield "scan", lambda: self.scan(((0, 0), (4, 12_400), (8, 31_800)))
        yield "scan-cancelling", lambda: self.scan(((0, 0), (4, 12_400)), cancel=True)
        for status, code, params, messages in (
            (ScanStatus.PARTIAL, "incomplete", {"folder": "Archive/2019", "missing": 14}, 48_210),
            (ScanStatus.CANCELLED, None, {}, 12_400),
            (ScanStatus.ERROR, "auth.failed", {"user": "sara@firm.example"}, 0),
            (ScanStatus.REFUSED, "tls.certificate", {"host": "mail.firm.example", "reason": "self-signed certificate"}, 0),
        ):
            end = End(status, code, messages, int(params.get("missing", 0)))
            yield f"scan-{status}", lambda end=end, params=params: self.scan((), end, params)  # type: ignore[misc]
        yield "scan-crashed", lambda: self.scan(((0, 0), (4, 900)), End(ScanStatus.ERROR, "engine.crashed"))
        yield "scan-empty", lambda: self.scan((), End(ScanStatus.COMPLETE))
        yield "overview", self._overview
        yield "overview-lower", lambda: self._overview(scrolled=True)
        yield "overview-table", lambda: self._overview(tables=True, scrolled=True)
        yield "domains", lambda: self._audit(self._report)
        yield "domains-filtered", lambda: self._audit(self._report, text="nothing is called so")
        yield "domains-empty", lambda: self._audit(replace(self._report, domains=(), scan=replace(self._report.scan, messages=0)))
        yield "domains-partial", lambda: self._audit(replace(self._report, scan=replace(self._report.scan, status=ScanStatus.PARTIAL)))
        yield "domains-filters", self._filters
        yield "domains-unfolded", self._unfolded
        yield "domains-partly-decided", self._partly_decided
        yield "detail-part", lambda: self._unfolded(opened=True)
        yield "detail", lambda: self._audit(self._report, opened=True)
        yield "detail-lower", lambda: self._audit(self._report, opened=True, scrolled=True)
        yield "decide", self._decide
        yield "decided", lambda: self._audit(self._reviewed(), opened=True)
        yield "review", lambda: self._review(self._report)
        yield "review-again", lambda: self._review(self._lapsed())
        yield "review-done", lambda: self._review(self._reviewed())
        yield "exceptions", self._exceptions
        yield "exceptions-suggested", self._suggested
        yield "exceptions-form", self._exception_form
        yield "exceptions-form-pattern", self._pattern_form
        yield "exceptions-import", lambda: self._import("partner.example,to_us,,Sara,carrier,2027-06-30,\nnew.example,as_us,mailer.example,Omar,newsletter,,\n")
        yield "exceptions-import-fault", lambda: self._import("partner.example,both,,Sara,,,\nno domain,to_us,,,,30/06/2027,\n")
        yield "what-if", lambda: self.dialog(lambda: WhatIfDialog(self.window.say, self._report, self.window))
        yield "together", self._together
        yield "audits", lambda: self._audits()
        yield "audits-one", lambda: self._audits(most=1)
        yield "audits-opened", self._audit_of_earlier
        yield "audits-opened-domains", lambda: self._audits(press="open_button", rules="of another version")
        yield "audits-compared", lambda: self._audits(press="compare_button")
        yield "reviewer", lambda: self.dialog(lambda: ReviewerDialog(self.window.say, "", self.window))
        yield "export", self._exporting
        yield "export-done", self._exported
        yield "believed-server", lambda: self.dialog(lambda: BorderPanel(self.window.say, self._report.scope.border, self.window))
        yield "believed-server-none", lambda: self.dialog(lambda: BorderPanel(self.window.say, Border(), self.window))
        yield "words", lambda: self.dialog(lambda: Glossary(self.window.say, self.window))
        yield "guide", lambda: self.dialog(lambda: GuideDialog(self.window.say, "score", self.window))
        yield "guide-searched", self._searched
        yield "about", lambda: self.dialog(lambda: AboutDialog(self.window.say, self.services.bundle(), self.window))
        yield "contents", lambda: self.dialog(lambda: ContentsDialog(self.window.say, INSIDE, self.window))
        yield "announced", self._announced
        yield "fault", self._fault
        yield "header", self._header
        yield "forget", self._forget
        yield "forget-unseen", lambda: self._forget(Looked.UNSEEN)
        yield "forgotten-unseen", lambda: self._forgotten(Remains(secret=Looked.UNSEEN, permission="Google"))
        yield "forgotten", lambda: self._forgotten(Remains(secret=Looked.NOT_THERE, permission="Microsoft"))
        yield "forgotten-not", lambda: self._forgotten(Remains(("/home/sara/.local/share/nitaq/workspace.sqlite",)))
        yield "own-domains", lambda: self.dialog(lambda: OwnDomainsDialog(self.window.say, self._report.scope.own_domains, self.window))
        yield "password", lambda: self.dialog(lambda: PasswordDialog(self.window.say, "sara@firm.example", self.window))
        yield from connecting(self)

    def _screen(self, show: Callable[[], object]) -> QWidget:
        show()
        return self.window

    def _start_with_several(self) -> QWidget:
        """Accounts that were read and one that was not, mail in files, and an audit of several."""
        audits = self.services.audits
        kept, saved = dict(audits.reports), dict(audits.saved)
        audits.reports = {key_of_several((SOURCE, OMAR)): self._report, OMAR: self._report, **kept, "/home/sara/Mail/2019.mbox": self._report}
        for source, name in ((OMAR, "omar@other.example"), ("imaps://lina@mail.firm.example", "lina")):
            audits.saved[source] = Account(name, source)
        self.window.show_start()
        audits.reports, audits.saved = kept, saved
        return self.window

    def _start_with_profiles(self) -> QWidget:
        profile = MailProfile("/home/sara/.thunderbird/f3k2.default-release", "default-release", ("sara@firm.example", "info@firm.example"))
        self.window.show_start()
        start = self.window.screen_widget
        assert isinstance(start, StartScreen)
        start.show_found([profile, MailProfile("/home/sara/.thunderbird/a1b2.old", "old")])
        return self.window

    def _several(self) -> QWidget:
        names = {SOURCE: "sara@firm.example", OMAR: "omar@other.example", "/home/sara/Mail/2019.mbox": "/home/sara/Mail/2019.mbox"}
        return self.dialog(lambda: SeveralDialog(self.window.say, names, self.window))

    def _drop(self, paths: list[str]) -> QWidget:
        """Over the audit of the sample."""
        self._audit(self._report)
        self.leave_over()
        self.overlay = DropOverlay(self.window.say, paths, self.window, busy=False)
        self.overlay.show()
        return self.window

    def leave_over(self) -> None:
        """What a screen put over the window goes with it."""
        for overlay in self.window.findChildren(DropOverlay):
            overlay.hide()
            overlay.deleteLater()

    def _scan_several(self, ends: Sequence[End | None], *, by_browser: bool = False) -> QWidget:
        names = {"sara@firm.example": SOURCE, "omar@other.example": OMAR, "/home/sara/Mail/2019.mbox": "/home/sara/Mail/2019.mbox"}
        parts = [(ScanRun(StillEngine(self.window), name, source), lambda: None) for name, source in names.items()]  # type: ignore[arg-type]
        parts[1][0].by_browser = by_browser
        runs = ScanRuns("sara@firm.example + 2", key_of_several(names), parts, self.window)
        runs.start()
        runs.parts[1].engine.progressed.emit("INBOX", 12_400, 48_224)
        runs.parts[1].engine.paced.emit(3_100.0, 11.6)
        for run, end in zip(runs.parts, ends, strict=True):
            if end is not None:
                if end.code:
                    run.engine.warned.emit(end.code, {"user": "omar@other.example"})
                run.engine.ended.emit(end)
        self.window.show_screen(lambda: ScanView(self.window.say, runs, lambda: LIVE))
        view = self.window.screen_widget
        if isinstance(view, ScanView) and view.senders:
            view.senders.show_senders(LIVE)
        return self.window

    def _settings(self) -> None:
        self.window.show_start()
        self.window.show_settings()

    def _form_unfolded(self) -> QWidget:
        self.window.show_form(Draft(user="sara@firm.example"))
        form = self.window.screen_widget
        assert isinstance(form, AccountForm)
        form.more.click()
        self._app.processEvents()
        form.area.ensureWidgetVisible(form.ca_file)
        return self.window

    def _form_with_mistakes(self) -> QWidget:
        draft = Draft(host="mail firm example", user="", own_domains="firm")
        self.window.show_form(draft)
        form = self.window.screen_widget
        assert isinstance(form, AccountForm)
        form.submit.click()
        return self.window

    def _form_with_others(self) -> QWidget:
        """Two mailboxes of colleagues and a shared one were found; one is chosen."""
        others = (
            OtherMailbox("shared/omar@firm.example", "omar@firm.example", Whose.OTHER, 12),
            OtherMailbox("shared/lina@firm.example", "lina@firm.example", Whose.OTHER),
            OtherMailbox("Public/Orders", "Orders", Whose.SHARED, 3),
        )
        self.window.show_form(Draft(host="mail.firm.example", user="sara@firm.example", others=("shared/omar@firm.example",)))
        form = self.window.screen_widget
        assert isinstance(form, AccountForm)
        form.tell(Trial(folders=9, others=others))
        for _ in range(3):
            self._app.processEvents()
        form.area.ensureWidgetVisible(form.others, 0, 40)
        return self.window

    def scan(
        self, told: tuple[tuple[int, int], ...], end: End | None = None, params: dict[str, object] | None = None, *, cancel: bool = False,
        aside: str = "", by_browser: bool = False,
    ) -> QWidget:  # fmt: skip
        """A scan that has come so far; `aside` is the code of what is said beside it."""
        engine = StillEngine(self.window)
        run = ScanRun(engine, "sara@firm.example", SOURCE)  # type: ignore[arg-type]
        run.aside, run.by_browser = describe(aside, params or {}, self.window.say) if aside else "", by_browser
        rate = Rate()
        for seconds, done in told:
            rate.tell(seconds, done)
            engine.progressed.emit("INBOX", done, 48_224)
            engine.paced.emit(rate.per_second, rate.left(48_224))
        if end is not None:
            if end.code and params:
                engine.warned.emit(end.code, params)
            engine.ended.emit(end)
        if cancel:
            run.cancel()
        self.window.show_screen(lambda: ScanView(self.window.say, run, lambda: LIVE))
        view = self.window.screen_widget
        if isinstance(view, ScanView) and view.senders and told:
            view.senders.show_senders(LIVE)
        return self.window

    def _audit(self, report: Report, *, text: str = "", opened: bool = False, scrolled: bool = False) -> QWidget:
        state = AuditState("sample", "", report, Page.DOMAINS)
        state.domains.filter = replace(state.domains.filter, text=text)
        if opened:
            state.domains.opened, state.domains.selected = True, key_of(report.domains[0])
        self.window.show_audit(state)
        if scrolled:
            self._app.processEvents()
            view = self.window.screen_widget
            assert isinstance(view, AuditView)
            bar = view.detail.scroll_area.verticalScrollBar()
            bar.setValue(bar.maximum() // 2)
        return self.window

    def _filters(self) -> QWidget:
        """Three things asked at once, and the form that asks for more."""
        inbox = InFolder("INBOX", frozenset(row.domain or "" for row in self._report.domains[:20]))
        self.services.audits.by_folder = {inbox.name: inbox.domains, "Archive/2025": frozenset({"a.example"})}
        self._audit(self._report)
        view = self.window.screen_widget
        assert isinstance(view, AuditView)
        view.domains.filters.show_filter(DomainFilter(relationship=Relationship.EXTERNAL, folder=inbox))
        view.domains.ask_more()
        form = view.domains.form
        assert form is not None
        self._until(lambda: form.folder.count() == 3)
        return form

    def _unfolded(self, *, opened: bool = False) -> QWidget:
        """The sources of a domain that is written for by others, and the addresses of one of them."""
        state = AuditState("sample", "", self._report, Page.DOMAINS)
        row = max(self._report.domains, key=lambda row: (len(parts_of(row)), row.messages))
        part = parts_of(row)[0]
        state.domains.unfolded = {key_of(row), part.key}
        state.domains.opened, state.domains.selected = True, part.key
        self.window.show_audit(state)
        view = self.window.screen_widget
        assert isinstance(view, AuditView)
        if not opened:
            view.close_detail()
        return self.window

    def _partly_decided(self) -> QWidget:
        """What is forged in a name is rejected, what is proven is not."""
        row = max(self._report.domains, key=lambda row: min(row.counts[Authentication.FAILED], row.counts[Authentication.AUTHENTICATED]))
        return self._audit(replace(self._report, domains=(replace(row, decided=row.counts[Authentication.FAILED]), *self._report.domains)))

    def _decide(self) -> QWidget:
        self._audit(self._report, opened=True)
        view = self.window.screen_widget
        assert isinstance(view, AuditView)
        view.detail.decide.more.click()
        return self.window

    def _reviewed(self) -> Report:
        """All that needs a look has been decided."""
        decisions = tuple(
            replace(subject.decided(Decision.REJECTED, reason="Called them: not theirs"), by="Sara Haddad", at=self._report.created)
            for subject in queue_of(self._report)
        )
        return replace(self._report, decisions=decisions)

    def _lapsed(self) -> Report:
        """The worst was watched, until a day that is over."""
        decided = queue_of(self._report)[0].decided(Decision.WATCHED, reason="Asked them by phone", until=date(2026, 3, 1))
        return replace(self._report, decisions=(replace(decided, by="Sara Haddad", at=1_764_590_000),))

    def _review(self, report: Report) -> QWidget:
        self._audit(report)
        view = self.window.screen_widget
        assert isinstance(view, AuditView)
        view.review_button.click()
        self._until(lambda: isinstance(self.window.screen_widget, ReviewView))
        return self.window

    def _allowed(self) -> Report:
        rules = (
            ExceptionRule("partner.example", Direction.TO_US, "", "Sara Haddad", "Our carrier since 2019", date(2027, 6, 30)),
            ExceptionRule("news.firm.example", Direction.AS_US, "mailer.example", "Omar Khalil", "Newsletter", date(2024, 1, 31)),
            ExceptionRule("shop.example", Direction.TO_US),
        )
        return replace(self._report, exceptions=rules)

    def _lapsing_start(self) -> QWidget:
        self.services.audits.rules = [ExceptionRule("partner.example", Direction.TO_US, until=date(2024, 1, 31))]
        shown = self._screen(self.window.show_start)
        self.services.audits.rules = []
        return shown

    def _suggested(self) -> QWidget:
        """A service that has written in the firm's name for long and is in no register yet."""
        service = claim("danacoast.example", PROVEN, ("authenticated",), messages=412, source="mailer.example", relationship=Relationship.OWN)
        report = replace(self._allowed(), domains=(domain_row([service]),))
        return self.dialog(lambda: ExceptionsDialog(self.window.say, report, report.exceptions, "", self.window))

    def _together(self) -> QWidget:
        """Everybody would be rejected at once: own and shared names are left out."""
        self._audit(self._report)
        dialog = TogetherDialog(self.window.say, self._report.domains, self._report, self.window, selected=False)
        dialog.open()
        dialog.choices[Decision.REJECTED].click()
        return dialog

    def _import(self, lines: str) -> QWidget:
        octets = f"{','.join(COLUMNS)}\n{lines}".encode()
        return self.dialog(lambda: ImportPreview(self.window.say, "exceptions.csv", read(octets), self._allowed().exceptions, self.window))

    def _exceptions(self) -> QWidget:
        patterns = (ExceptionRule("*.partner.example", Direction.TO_US), ExceptionRule("*", Direction.TO_US, kind=DomainClass.SHARED_HOSTING))
        report = replace(self._allowed(), exceptions=(*self._allowed().exceptions, *patterns))
        dialog = ExceptionsDialog(self.window.say, report, report.exceptions[:2], "", self.window)
        dialog.set_reach(Reach(report))
        dialog.open()
        return dialog

    def _exception_form(self) -> QWidget:
        rules = self._allowed().exceptions
        dialog = ExceptionsDialog(self.window.say, self._allowed(), rules, "", self.window)
        dialog.open()
        dialog.show_form(rules[1])
        return dialog

    def _pattern_form(self) -> QWidget:
        """Any outside domain through one service, and what that covers."""
        rules = (*self._allowed().exceptions, ExceptionRule("*.partner.example", Direction.TO_US), ExceptionRule("*", Direction.TO_US, "postwave.example"))
        report = replace(self._report, exceptions=rules)
        dialog = ExceptionsDialog(self.window.say, report, rules, "Sara Haddad", self.window)
        dialog.set_reach(Reach(report))
        dialog.open()
        dialog.show_form(replace(rules[-1], source="own", kind=DomainClass.SHARED_HOSTING), new=True)
        return dialog

    def _audit_of_earlier(self) -> QWidget:
        """As it was, with the detail of its worst domain."""
        dialog = self._audits()
        view = self.window.screen_widget
        assert isinstance(dialog, AuditsDialog)
        dialog.open_button.click()
        self._until(lambda: self.window.screen_widget is not view)
        earlier = self.window.screen_widget
        assert isinstance(earlier, AuditView)
        earlier.show_page(Page.DOMAINS)
        earlier.domains.table.setCurrentIndex(earlier.domains.model.index(0, 0))
        earlier.domains.opened.emit(earlier.domains.model.line_at(0))
        return self.window

    def _audits(self, *, most: int = 3, press: str = "", rules: str = "") -> QWidget:
        """The list of a mailbox's audits; with `press`, what one of its buttons leads to; `rules`: those that judged them."""
        say, kept = self.window.say, self.services.audits
        earlier = replace(self._report, created=self._report.created - 40 * 86_400, domains=self._report.domains[3:], decisions=())
        for id, each in enumerate((earlier, self._report)):
            kept.frozen[id] = document(each, say)
            if rules:
                kept.frozen[id]["program"]["rules"] = rules
        kept.past = [AuditEntry(1 - n, "sample", self._report.created - n * 40 * 86_400, status, 437 - n, "sha256:" + f"{n}c5f" * 16)
                     for n, status in enumerate(("complete", "complete", "partial"))][:most]  # fmt: skip
        self._audit(self._report)
        view = self.window.screen_widget
        assert isinstance(view, AuditView)
        view.audits_button.click()
        past = self.window.audit_actions.past
        self._until(lambda: past.dialog is not None)
        assert past.dialog is not None
        if press:
            getattr(past.dialog, press).click()
            self._until(lambda: past.dialog is not None and past.dialog.changes is not None)
        return past.dialog

    def _until(self, holds: Callable[[], bool]) -> None:
        """What is done in the background is soon done."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

    def _overview(self, *, tables: bool = False, scrolled: bool = False) -> QWidget:
        self.window.show_audit(AuditState("sample", "", self._report))
        view = self.window.screen_widget
        assert isinstance(view, AuditView)
        for card in view.overview.charts if tables else ():
            card.toggle.click()
        if scrolled:
            for _ in range(3):
                self._app.processEvents()
            bar = view.overview.scroll_area.verticalScrollBar()
            bar.setValue(bar.maximum())
        return self.window

    def _searched(self) -> QWidget:
        dialog = GuideDialog(self.window.say, "score", self.window)
        dialog.show()
        dialog.search.setText("DMARC")
        return dialog

    def _announced(self) -> QWidget:
        """After a bad end in the middle of a scan, with a file waiting."""
        window, faults = self.window, FaultFolder(self.services.folder / "faults")
        recovery = Recovery(window, Session(self.services.folder), faults, "")
        recovery._tell(Place("scan", SOURCE), faults.keep("report\n"), opened=False)
        window.announcements.announce("update", Announcement(lambda say: newer_sentence("0.2.0", say)))
        return self._screen(window.show_start)

    def _fault(self) -> QWidget:
        for name, _ in self.window.announcements.standing():
            self.window.announcements.withdraw(name)
        faults = FaultFolder(self.services.folder / "faults")
        try:
            describe("input", {"path": object()}, None)  # type: ignore[arg-type]
        except AttributeError as fault:
            path = faults.keep(fault_report(fault, "window", "PySide6"))
        assert path is not None
        return self.dialog(lambda: FaultDialog(self.window.say, faults, path, self.window))

    def _exporting(self) -> QWidget:
        dialog = ExportChoices(self.window.say, 12, 23, 107, self.window)
        dialog.redacted.setChecked(True)
        dialog.open()
        return dialog

    def _exported(self) -> QWidget:
        self._audit(self._report)
        view = self.window.screen_widget
        assert isinstance(view, AuditView)
        view.messages.once(self.window.say("The report was written: {name}", name="nitaq-sample.html"), "good")
        return self.window

    def _header(self) -> QWidget:
        """Of a message of the sample, fetched by the real engine."""
        services = replace(self.services.bundle(), engine=(sys.executable, "-m", "app"), engine_folder=ROOT)
        example = self._report.domains[0].claims[0].record.examples[0]
        dialog = HeaderDialog(self.window.say, services, Account("sample", "sample"), example, None, self.window)
        dialog.open()
        dialog._process.waitForFinished(20_000)
        return dialog

    def _forget(self, secret: Looked = Looked.THERE) -> QWidget:
        self._screen(self.window.show_start)
        traces = Traces(
            SOURCE, saved=True, messages=48_210, octets=31_400_000, audits=4, audits_of_several=1, servers=1, put_off=3,
            subjects=("f1rm.example", "lina@freemail.example"), secret=secret, service="Google",
        )  # fmt: skip
        return self.dialog(lambda: ForgetDialog(self.window.say, "sara@firm.example", traces, self.window))

    def _forgotten(self, remains: Remains) -> QWidget:
        self.window.forgetting.forgotten.emit(*what_was_found("sara@firm.example", remains, self.window.say))
        return self.window

    def dialog(self, make: Callable[[], QDialog]) -> QWidget:
        dialog = make()
        dialog.open()
        return dialog

    def paint(self, out: Path) -> Iterator[Path]:
        """Every screen in both languages, both looks and two sizes; every failure of connecting in one size."""
        for language in LANGUAGES:
            for look in LOOKS:
                for size in SIZES:
                    self._set(language, look, size)
                    for name, show in self.screens():
                        yield self._paint(show, out / f"{name}-{language}-{look}-{size[0]}x{size[1]}.png")
                self._set(language, look, SIZES[-1])
                for name, show in failures(self):
                    yield self._paint(show, out / f"{name}-{language}-{look}.png")

    def paint_readme(self, out: Path) -> Iterator[Path]:
        """The overview, in both languages."""
        for language in LANGUAGES:
            self._set(language, Look.LIGHT, SIZES[0])
            yield self._paint(self._overview, out / f"overview-{language}.png")

    def paint_guide(self, out: Path) -> Iterator[Path]:
        """What the pages of the guide speak of, small enough to be read beside their text."""
        shown: dict[str, Callable[[], QWidget]] = {
            "start": self._first_start,
            "overview": self._overview,
            "domains": self._table,
            "score": self._score,
            "review": lambda: self._review(self._report),
            "exceptions": lambda: self.dialog(lambda: ExceptionsDialog(self.window.say, self._allowed(), self._allowed().exceptions[:2], "", self.window)),
            "export": self._exporting,
            "form": lambda: self._screen(lambda: self.window.show_form(Draft())),
        }
        for language in LANGUAGES:
            self._set(language, Look.LIGHT, GUIDE_SIZE)
            for name, show in shown.items():
                self.window.resize(*GUIDE_SIZE)
                yield self._paint(show, out / f"{name}-{language}.png")

    def _first_start(self) -> QWidget:
        kept, self.services.audits.reports = self.services.audits.reports, {}
        saved, self.services.audits.saved = self.services.audits.saved, {}
        shown = self._screen(self.window.show_start)
        self.services.audits.reports, self.services.audits.saved = kept, saved
        return shown

    def _table(self) -> QWidget:
        self.window.resize(GUIDE_SIZE[0], 720)
        return self._audit(self._report)

    def _score(self) -> QWidget:
        """The parts of the worst domain's score."""
        self.window.resize(1280, 720)
        self._audit(self._report, opened=True)
        view = self.window.screen_widget
        assert isinstance(view, AuditView)
        for _ in range(3):
            self._app.processEvents()
        why = next(each for each in view.detail.findChildren(QLabel) if each.text() == self.window.say("Why {score}", score=0))
        view.detail.scroll_area.verticalScrollBar().setValue(why.mapTo(view.detail.scroll_area.widget(), QPoint(0, 0)).y() - 12)
        return view.detail

    def _set(self, language: str, look: Look, size: tuple[int, int]) -> None:
        self.window.show_start()
        self.window.set_look(look)
        self.window.set_language(language)
        self.window.resize(*size)
        self.window.show()

    def _paint(self, show: Callable[[], QWidget], path: Path) -> Path:
        self.leave_over()
        shown = show()
        for _ in range(3):  # layouts settle in rounds
            self._app.processEvents()
        if not shown.grab().save(str(path)):
            raise OSError(f"cannot write {path}")
        if shown.isWindow() and shown is not self.window:
            shown.close()
        return path


def _display(folder: Path) -> Path:
    """A screen as large as the larger of the sizes: what does not fit it is scrolled, and the one that Qt invents is 800 pixels wide."""
    path, (width, height) = folder / "display.json", SIZES[0]
    path.write_text(json.dumps({"screens": [{"name": "one", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}]}))
    return path


def main(words: list[str]) -> int:
    if len(words) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    places = {"--readme": (ROOT / "docs", Stage.paint_readme), "--guide": (ROOT / "resources" / "guide" / "pictures", Stage.paint_guide)}
    out, paint = places.get(words[0], (Path(words[0]), Stage.paint))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        app = QApplication(["screens", "-platform", f"offscreen:configfile={_display(Path(folder))}"])
        stage = Stage(app, Path(folder), sample_report(Path(folder) / "store"))
        count = sum(1 for _ in paint(stage, out))
        stage.window.close()
    print(f"{count} pictures in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
