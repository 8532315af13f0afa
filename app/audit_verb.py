"""`nitaq audit`: reads the sources and writes the reports. The window starts this very program."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.accounts import ACCOUNT, Keep, account_of, open_account
from app.assessment import Key, keep
from app.basis import Known, Reading, Wishes, total
from app.cycles import without_cycle_search
from app.errors import NitaqError, Refused, WorldError
from app.excerpt import Choices
from app.i18n import Translation
from app.known import facts_for, known_for, own_domains_of
from app.model import Account, Facts, Notice, Scan, ScanStatus
from app.opening import Opened
from app.progress import Reporter
from app.read_beside import helpers_here
from app.scan import Progress, Scanner, ScanOptions
from app.side_by_side import Order, scan_side_by_side
from app.sources import Connection, is_server
from app.store.cache import Cache
from app.store.folder import StoreFolder
from app.store.workspace import Workspace

EXIT = {ScanStatus.COMPLETE: 0, ScanStatus.ERROR: 1, ScanStatus.REFUSED: 1, ScanStatus.PARTIAL: 3, ScanStatus.CANCELLED: 130}


@dataclass(frozen=True, slots=True)
class AuditCall:
    """The words of one call."""

    sources: tuple[str, ...]
    reports: tuple[Path, ...]
    wishes: Wishes
    own_given: bool
    subjects: bool
    """Keep the subjects of example messages."""
    choices: Choices
    """For the reports that are written; the audit that is kept is whole."""
    folders: tuple[str, ...]
    connection: Connection
    store: Path | None
    """Where to keep what is read; None: mail files and the sample leave nothing, servers use `data_folder`."""
    data_folder: Path
    scan_only: bool = False
    """Read into the store, and judge nothing."""

    def scan_words(self, account: Account, store: Path) -> tuple[str, ...]:
        """The words of a call that reads one of the accounts into the store and does no more."""
        words = ["audit", account.source, "--scan-only", "--store", os.path.abspath(store), "--progress", "json", "--cancel-on-eof"]
        if is_server(account.source):
            connection, authority = self.connection, self.connection.ca_file or account.ca_file
            words += ["--secret-stdin", "--auth", connection.auth, "--timeout", str(connection.timeout)]
            words += ["--ca", os.path.abspath(authority)] if authority else []
            words += ["--insecure-plaintext"] if connection.insecure_plaintext else []
        since = self.wishes.since or account.since
        words += ["--since", since.isoformat()] if since else []
        words += [word for folder in self.folders or account.folders for word in ("--folder", folder)]
        words += [word for mailbox in self.connection.others or account.others for word in ("--also", mailbox)]
        words += [] if self.subjects else ["--no-subjects"]
        return (*words, *["--samples"] * self.wishes.samples)


class AuditVerb:
    """One call of the verb. What it needs from outside is passed in."""

    def __init__(
        self,
        call: AuditCall,
        say: Translation,
        reporter: Reporter,
        ask_secret: Callable[[Account], str],
        keep_secret: Keep,
        clock: Callable[[], float],
        cancelled: Callable[[], bool],
    ) -> None:
        self._call = call
        self._say = say
        self._reporter = reporter
        self._ask_secret, self._keep_secret = ask_secret, keep_secret
        self._clock = clock
        self._cancelled = cancelled
        self._books = Scan(ScanStatus.ERROR)

    def run(self) -> Scan:
        """Audit, write the reports, and say how it ended; every failure is in the books."""
        with ExitStack() as stack:
            try:
                self._audit(stack)
            except NitaqError as error:
                self._books = replace(self._books, status=_status(error), code=error.code)
                self._reporter.warning(Notice(error.code, tuple(error.params.items())))
            except KeyboardInterrupt:
                self._books = replace(self._books, status=ScanStatus.CANCELLED, code=None)
            except BrokenPipeError:  # nobody listens any more
                raise
            except Exception:
                self._reporter.end(replace(self._books, status=ScanStatus.ERROR, code="program.fault"))
                raise
            self._reporter.end(self._books)
            return self._books

    def _audit(self, stack: ExitStack) -> None:
        """Once more where a cache turns out to be damaged that was taken for whole, with the mailbox read anew."""
        try:
            with ExitStack() as first:
                self._audit_once(first)
                stack.push(first.pop_all())
        except WorldError as error:
            folder = self._store_folder()
            aside = folder.set_aside(Path(str(error.params["path"]))) if folder and error.code == "store.damaged" else None
            if aside is None:
                raise
            self._tell_rebuilt(aside)
            self._audit_once(stack)

    def _tell_rebuilt(self, aside: Path) -> None:
        self._reporter.warning(Notice("store.rebuilt", (("path", str(aside)),)))

    @without_cycle_search()
    def _audit_once(self, stack: ExitStack) -> None:
        folder = self._store_folder()
        workspace = folder.workspace() if folder else None
        if workspace:
            stack.callback(workspace.close)
        accounts = list(dict.fromkeys(account_of(source, workspace) for source in self._call.sources))
        readings = self._read_all(accounts, facts_for([account.source for account in accounts]), folder, stack)
        self._books = total([reading.scan for reading in readings])
        if not self._call.scan_only and self._books.status in (ScanStatus.COMPLETE, ScanStatus.PARTIAL):
            self._judge(readings, accounts, folder, workspace)
        if len(accounts) == 1:  # several are sealed by who reads them
            stack.callback(readings[0].cache.seal)

    def _judge(self, readings: list[Reading], accounts: Sequence[Account], folder: StoreFolder | None, workspace: Workspace | None) -> None:
        sources = [account.source for account in accounts]
        wishes = self._call.wishes
        if not self._call.own_given and not wishes.samples:
            wishes = replace(wishes, own_domains=tuple(dict.fromkeys(domain for account in accounts for domain in own_domains_of(account))))
        if workspace and not wishes.samples:
            readings = [replace(reading, pinned_servers=workspace.pins(reading.source)) for reading in readings]
        wishes = replace(wishes, since=_common({wishes.since or account.since for account in accounts}))
        known = known_for(sources, None if wishes.samples else workspace)
        key = None
        if folder and workspace and len(readings) == 1 and not wishes.samples and not wishes.trusted_servers:
            key = Key(wishes.own_domains if self._call.own_given else accounts[0].own_domains, readings[0].pinned_servers)
            if not wishes.messages and self._confirm(readings[0], folder, workspace, key, known):
                return
        from app.audit import report_of  # a scan alone begins without what judges it, and without all the forms of a report
        from app.written import write

        report = report_of(readings, wishes, known, int(self._clock()))
        if key:
            keep(readings[0].cache, key, report)
        write(report, self._call.reports, self._call.choices, self._say, workspace)

    def _store_folder(self) -> StoreFolder | None:
        kept = any(is_server(source) or source.startswith(ACCOUNT) for source in self._call.sources)
        path = self._call.store or (self._call.data_folder if kept else None)
        return StoreFolder(path) if path else None

    def _read_all(self, accounts: Sequence[Account], facts: Facts, folder: StoreFolder | None, stack: ExitStack) -> list[Reading]:
        """Side by side where they are kept, else one after another, until one is cancelled."""
        if folder and len(accounts) > 1:
            return self._read_side_by_side(accounts, folder, stack)
        readings: list[Reading] = []
        for account in accounts:
            readings.append(self._read(account, facts, folder, stack))
            if readings[-1].scan.status is ScanStatus.CANCELLED:
                break
        return readings

    def _read_side_by_side(self, accounts: Sequence[Account], folder: StoreFolder, stack: ExitStack) -> list[Reading]:
        """Each in a process of its own, into its own cache."""
        orders: dict[str, Order] = {}
        readings: list[Reading] = []
        for account in accounts:
            try:
                secret = self._ask_secret(account) if is_server(account.source) else None
                orders[account.source] = Order(self._call.scan_words(account, folder.path), secret)
            except NitaqError as error:
                readings.append(self._unread(account, error, stack))
        for source, scan in zip(orders, scan_side_by_side(list(orders.values()), self._reporter, self._cancelled), strict=False):
            nothing = scan.status in (ScanStatus.ERROR, ScanStatus.REFUSED) and not scan.messages  # not even what an earlier audit read
            cache = Cache(None) if nothing else folder.cache(source)
            stack.callback(cache.close)
            told = None if nothing else cache.last_scan()
            readings.append(Reading(source, cache, told[0] if told else scan))
        return readings

    def _unread(self, account: Account, error: NitaqError, stack: ExitStack) -> Reading:
        notice = Notice(error.code, tuple(error.params.items()))
        self._reporter.warning(notice)
        nothing = Cache(None)
        stack.callback(nothing.close)
        return Reading(account.source, nothing, Scan(_status(error), error.code, notices=(notice,)))

    def _read(self, account: Account, facts: Facts, folder: StoreFolder | None, stack: ExitStack) -> Reading:
        """One source, scanned. Of one that cannot be opened nothing is told, not even what an earlier audit read of it."""
        try:
            source = open_account(account, self._call.connection, self._ask_secret, self._keep_secret)
        except NitaqError as error:
            return self._unread(account, error, stack)
        stack.callback(source.close)
        cache, damaged = folder.cache_to_fill(account.source) if folder else (Cache(None), None)
        stack.callback(cache.close)
        if damaged:
            self._tell_rebuilt(damaged)
        wishes, others = self._call.wishes, self._call.connection.others or account.others
        folders, since = self._call.folders or account.folders, wishes.since or account.since
        options = ScanOptions(folders, others, since, wishes.samples, self._call.subjects)
        scanner = Scanner(source, cache, facts, options, self._clock, self._cancelled, 0 if self._call.scan_only else helpers_here())
        try:
            books = self._told(scanner)
        except KeyboardInterrupt:  # a signal, maybe in the middle of a batch: that one is not stored
            books = scanner.books(ScanStatus.CANCELLED)
        return Reading(account.source, cache, books)

    def _told(self, scanner: Scanner) -> Scan:
        """Run a scan and tell how far it is; gives its books."""
        books = Scan()
        for event in scanner.run():
            if isinstance(event, Progress):
                self._reporter.progress(event)
            elif isinstance(event, Notice):
                self._reporter.warning(event)
            else:
                books = event
        return books

    def _confirm(self, reading: Reading, folder: StoreFolder, workspace: Workspace, key: Key, known: Known) -> bool:
        """Whether the last judgement still holds as it is; then it is written and kept once more, with the day and the books of this scan.

        Other forms than JSON tell of every claim, and to open all of them from the store takes longer than to judge them.
        """
        from app.exporters import write_whole
        from app.unchanged import confirmed
        from app.written import is_whole_json

        if not all(is_whole_json(path, self._call.choices) for path in self._call.reports):
            return False
        stored = Opened(folder, reading.source, key, lambda: known.facts).report
        now = int(self._clock())
        text = confirmed(stored, reading.scan, known, now, workspace, self._say) if stored else None
        if text is None:
            return False
        for path in self._call.reports:
            write_whole(path, lambda out: out.write(text))
        workspace.freeze(reading.source, now, reading.scan.status, reading.scan.messages, text)
        return True


def _common(days: set[date | None]) -> date | None:
    """The day that all sources were covered from; None where they differ."""
    return days.pop() if len(days) == 1 else None


def _status(error: NitaqError) -> ScanStatus:
    return ScanStatus.REFUSED if isinstance(error, Refused) else ScanStatus.ERROR
