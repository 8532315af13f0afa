"""A scan on the screen: begun, followed, and what comes after its end. It outlives its screen, which each switch of language or look builds anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.audit_key import key_of
from app.error_text import describe
from app.sources.address import normalised
from ui.account_actions import LeftOut, order_for
from ui.account_draft import field_to_mend
from ui.endings import sentence_of
from ui.engine import End, Engine, ScanOrder
from ui.given_secrets import GivenSecrets
from ui.ports import Services
from ui.scan_run import ScanRun
from ui.scan_runs import ScanRuns
from ui.scan_view import ScanView, to_sign_in

if TYPE_CHECKING:
    from ui.window import Window

SETTLE = 350
"""Milliseconds that a finished scan stays on the screen before its result opens."""


class Scanning(QObject):
    """One scan at a time, of one source or of several as one audit. Emits `ended` with its `End`."""

    ended = Signal(object)

    def __init__(self, window: Window, services: Services, given: GivenSecrets) -> None:
        super().__init__(window)
        self._window, self._services, self._given = window, services, given
        self.run: ScanRun | ScanRuns | None = None
        """The last one that was begun."""
        self._orders: Sequence[ScanOrder | LeftOut] = ()

    @property
    def goes_on(self) -> bool:
        return self.run is not None and self.run.end is None

    def stop(self) -> None:
        if self.run is not None:
            self.run.stop()

    def scan_source(self, source: str) -> None:
        """Scan mail files or the sample, with what is known of them."""
        self.scan(order_for(self._services.audits.account(normalised(source))))

    def scan_paths(self, paths: list[str]) -> None:
        """What was dropped: one mailbox, or several as one audit."""
        self._window.accounts.read(key_of(map(normalised, paths)))

    def scan(self, order: ScanOrder, aside: str = "") -> None:
        """Start the engine and show how far it is, with a sentence beside it."""
        run, start = self._made_run(order)
        run.aside = aside
        self._show_run(run, [order], start)

    def scan_together(self, orders: Sequence[ScanOrder | LeftOut], aside: str = "") -> None:
        """One audit of several sources."""
        key = key_of(order.source for order in orders)
        runs = ScanRuns(self._window.title_of(key), key, [self._made_run(order) for order in orders], self)
        runs.aside = aside
        self._show_run(runs, orders, runs.start)

    def _made_run(self, order: ScanOrder | LeftOut) -> tuple[ScanRun, Callable[[], None]]:
        """A scan, and what begins it."""
        services = self._services
        engine = Engine(services.engine, services.engine_folder, self)
        run = ScanRun(engine, self._window.title_of(order.source), order.source)
        run.by_browser = order.auth == "oauth"
        if isinstance(order, LeftOut):
            return run, lambda: run.leave_out(order.why)
        wanted = replace(order, subjects=services.preferences.setting("subjects") != "off")
        return run, lambda: engine.start(wanted, services.store)

    def _show_run(self, run: ScanRun | ScanRuns, orders: Sequence[ScanOrder | LeftOut], start: Callable[[], None]) -> None:
        self.run, self._orders = run, orders
        self._window.leave_account()
        run.ended.connect(self._scanned)
        start()
        self._window.show_screen(lambda: self._scan_view(run))
        self._window.moved.emit("scan", run.source)

    def _scan_view(self, run: ScanRun | ScanRuns) -> ScanView:
        window = self._window
        view = ScanView(window.say, run, self._services.audits.live_senders(run.source).look)
        view.opened.connect(lambda: window.open_audit(run.source))
        view.again.connect(self._again)
        view.edited.connect(lambda: self._mend(run))
        view.sign_in.connect(lambda: window.accounts.read(run.source, anew=to_sign_in(run)))
        view.left.connect(window.show_start)
        return view

    def _scanned(self, end: End) -> None:
        """A complete audit opens by itself; anything else is explained first."""
        run, window = self.run, self._window
        self.ended.emit(end)
        if run is None:
            return
        for part in run.parts if isinstance(run, ScanRuns) else (run,):
            if part.end and not part.by_browser and (part.end.code or "").startswith("auth."):
                self._given.forget(part.source)
        if run.parts and end.messages and end.status in ("complete", "partial"):
            window.auditing.freeze(run.source, self._aside(run), shown=end.complete)
        elif end.complete and end.messages:
            QTimer.singleShot(SETTLE, window.screen_widget, lambda: window.open_audit(run.source, self._aside(run)))

    def _aside(self, run: ScanRun | ScanRuns) -> str:
        """What was said beside a scan that went well: what did not find its way into the keyring."""
        kept = [describe(each.code, dict(each.params), self._window.say) for each in run.notices if each.code == "secret.not_kept"]
        return " ".join(filter(None, (run.aside, *kept)))

    def _again(self) -> None:
        """A sign-in with the browser may have been renewed meanwhile, so it is looked up anew; a password that was refused is not sent again."""
        orders = [order for order in self._orders if isinstance(order, ScanOrder) and order.auth != "oauth"]
        ends = [part.end for part in self.run.parts or (self.run,)] if self.run is not None else []
        if len(orders) < len(self._orders) or any(end and (end.code or "").startswith("auth.") for end in ends):
            self._window.accounts.read(key_of(order.source for order in self._orders))
        elif len(orders) > 1:
            self.scan_together(orders)
        elif orders:
            self.scan(orders[0])

    def _mend(self, run: ScanRun | ScanRuns) -> None:
        """The form, at the field that the failed audit speaks of; of several, that of the first that failed."""
        run = next((part for part in run.parts if part.end and part.end.failed), run)
        sentence = sentence_of(run.end, run.notices, self._window.say) if run.end else ""
        self._window.change(run.source, field_to_mend(run.end.code if run.end else None), sentence)
