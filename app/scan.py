"""One generator: fetch, parse, store, and say how far it is. What has been stored stays, however a scan ends."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.cycles import without_cycle_search
from app.errors import NitaqError, Refused, WorldError
from app.model import Facts, Folder, FolderRole, Notice, Scan, ScanStatus, Whose
from app.rate import Rate
from app.read_beside import WORTH, Helpers
from app.sources.base import Remembering, Source
from app.sources.message_header import TOO_LARGE
from app.store.cache import Cache
from app.store.intake import ReadMessage

_DELIMITERS = "/.\\"
"""Between the parts of a mailbox's name, as servers have them."""
STORED_AT_ONCE, LONGEST_WAIT = 2_000, 0.25
"""Messages, and seconds, after which what was read is stored; a transaction costs more than what is in it, and while one is stored no helper gets work."""
MAX_NOTICES = 200
"""Warnings kept; a hostile server could send one for each message."""
HELPER_LOST = Notice("helper.lost")
"""Told once; what it had in hand was read again."""
_OF_ONE_FOLDER = frozenset(["server.bug", "mailbox.denied"])
"""Failures to look at a folder again that say nothing of the others."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is; `total` is what is known by now."""

    folder: str
    done: int
    total: int
    rate: float | None = None
    """Messages a second; None until it is known, like what follows."""
    left: float | None = None
    """Seconds until all are done."""


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What to cover, and how."""

    folders: tuple[str, ...] = ()
    """Names as shown; empty: every folder. Other people's and shared mailboxes that the source offers are read besides."""
    others: tuple[str, ...] = ()
    """Of these, what was asked for by name, so that what is not there is said."""
    since: date | None = None
    samples: bool = False
    """Each message is an audit of its own, so copies are not recognised and nothing is a Sent folder."""
    subjects: bool = True
    """Keep the subjects of example messages; if not, those that were kept before go as well."""


Event = Progress | Notice | Scan


class Scanner:
    """One scan of one source into one cache."""

    def __init__(
        self,
        source: Source,
        cache: Cache,
        facts: Facts,
        options: ScanOptions,
        clock: Callable[[], float],
        cancelled: Callable[[], bool] = lambda: False,
        helpers: int = 0,
    ) -> None:
        """`helpers`: processes that may read beside this one."""
        self._source = source
        self._cache = cache
        self._options = options
        self._clock = clock
        self._cancelled = cancelled
        self._helpers = Helpers(facts, samples=options.samples, subjects=options.subjects, most=helpers)
        self._started = clock()
        self._notices: list[Notice] = []
        self._missing = 0
        self._done = 0
        self._rate = Rate()
        self._totals: dict[str, int] = {}

    def run(self) -> Iterator[Event]:
        """Yield progress and warnings while reading, and the books of the scan at the end.

        Failures are in the books, not raised: but for WorldError `store.damaged`, since in a damaged cache there are no books.
        """
        status, code = ScanStatus.COMPLETE, None
        try:
            if not self._options.subjects:
                self._cache.forget_subjects()
            with without_cycle_search():
                yield from self._read_folders()
            if self._cancelled():
                status = ScanStatus.CANCELLED
            elif self._missing:
                status, code = ScanStatus.PARTIAL, "incomplete"
        except NitaqError as error:
            if error.code == "store.damaged":
                raise
            status = ScanStatus.REFUSED if isinstance(error, Refused) else ScanStatus.ERROR
            code = error.code
            if isinstance(error, WorldError) and not error.code.startswith("store.") and self._done:  # a report of what was read is due
                status = ScanStatus.PARTIAL
                self._missing = max(1, sum(self._totals.values()) - self._done)
            yield from self._notice(Notice(error.code, tuple(error.params.items())))
        finally:
            self._helpers.close()
        yield self.books(status, code)

    def books(self, status: ScanStatus, code: str | None = None) -> Scan:
        """What has been stored by now, as the last scan's books; also for a scan that was interrupted."""
        messages, duplicates, unreadable = self._cache.totals()
        seconds = round(self._clock() - self._started, 3)
        books = Scan(status, code, messages, duplicates, unreadable, self._missing, seconds, tuple(self._notices))
        self._cache.remember(books, self._options.since)
        return books

    def _read_folders(self) -> Iterator[Event]:
        wanted = self._options.folders
        folders = [f for f in self._source.folders() if not wanted or f.name in wanted or f.whose is not Whose.OWN]
        if self._options.samples:
            folders = [replace(folder, role=FolderRole.ORDINARY) for folder in folders]
        for name in sorted({*wanted, *self._missed([f.name for f in folders if f.whose is not Whose.OWN])} - {f.name for f in folders}):
            yield from self._notice(Notice("mailbox.denied", (("folder", name),)))
            self._missing += 1
        self._totals = {f.key: f.messages or 0 for f in folders}
        known = self._cache.enter_all(folders, self._options.since)
        self._cache.cover(k.id for k in known)
        counts = self._cache.counts()
        changed = []
        for folder, entered in zip(folders, known, strict=True):
            before = counts.get(entered.id, 0)
            if self._is_settled(folder, entered.state, before):
                self._totals[folder.key] = before
            else:
                changed.append((folder, entered, before))
            self._done += before
        if self._done:
            yield self._progress(folders[0])
        for folder, entered, before in changed:
            if self._cancelled():
                return
            yield from self._read_folder(folder, entered.id, entered.cursor, before)

    def _missed(self, found: Sequence[str]) -> list[str]:
        """Other mailboxes that were asked for and are not there: none of the folders is called so or lies in it."""
        return [name for name in self._options.others if name != "*" and not any(_lies_in(each, name) for each in found)]

    def _is_settled(self, folder: Folder, state: str, known: int) -> bool:
        """Nothing has come or gone since all of it was read; of a source whose number was another then, looking alone tells."""
        return bool(folder.state) and folder.state == state and (self._options.since is not None or folder.messages == known)

    def _progress(self, folder: Folder, waiting: int = 0) -> Progress:
        done = self._done + waiting
        total = max(done, sum(self._totals.values()))
        self._rate.tell(self._clock(), done)
        return Progress(folder.name, done, total, self._rate.per_second, self._rate.left(total))

    def _read_folder(self, folder: Folder, id: int, cursor: str | None, before: int) -> Iterator[Event]:
        expected, missing, lost = yield from self._read_rest(folder, id, cursor)
        if self._cancelled():
            return
        counted, short = self._cache.count(id), missing
        try:
            if before and folder.appended and (expected or 0) < counted + missing:
                counted = self._forget_vanished(folder, id, cursor)
            if lost or (before and not folder.appended) or (expected or 0) != counted + missing:  # something may have gone, or come where we had already read
                short = yield from self._look_over(folder, id, missing, lost)
        except WorldError as error:
            if error.code not in _OF_ONE_FOLDER:
                raise
            yield from self._notice(Notice(error.code, tuple(error.params.items())))
            short = max(1, missing, abs(counted - (expected or 0)))
        if short:
            self._missing += short
            self._cache.rewind(id)
            yield from self._notice(Notice("incomplete", (("folder", folder.name), ("missing", short))))
        elif folder.state:
            self._cache.settle(id, folder.state)

    def _look_over(self, folder: Folder, id: int, missing: int, lost: int) -> Generator[Event, None, int]:
        """Look at all of the folder: forget what is not there any more, and read on if more was not read than `missing`, what was asked for in vain.

        Gives how many messages are there that were not read. Where some were `lost`, others may have come meanwhile, which are not to be taken for these.
        """
        unread = self._unread(folder, id)
        if unread and lost:
            yield from self._read_rest(folder, id, self._cache.enter(folder, self._options.since).cursor)
            unread -= self._cache.names(id)
        if len(unread) > missing:
            _, missing, _ = yield from self._read_rest(folder, id, None)
            unread = self._unread(folder, id) if missing else unread - self._cache.names(id)
        return len(unread)

    def _unread(self, folder: Folder, id: int) -> set[str]:
        """Of the messages that are there now those that are not known; what is not there any more is forgotten."""
        present, known = set(self._source.present(folder, self._options.since)), self._cache.names(id)
        self._cache.forget_messages(id, known - present)
        return present - known

    def _forget_vanished(self, folder: Folder, id: int, cursor: str | None) -> int:
        """Forget what the source remembers to have gone since the last scan; gives how many messages are known then."""
        if isinstance(self._source, Remembering) and (gone := self._source.vanished(folder, cursor)):
            self._cache.forget_messages(id, gone)
        return self._cache.count(id)

    def _read_rest(self, folder: Folder, id: int, cursor: str | None) -> Generator[Event, None, tuple[int | None, int, int]]:
        """Store what follows the cursor; gives (messages that should be known now; None: only looking tells, messages that never came, lost ones of these)."""
        expected, missing, lost, expunged = None, 0, 0, 0
        at_once = STORED_AT_ONCE if cursor or not self._cache.count(id) else 0  # what is known by now is told when it is stored
        waiting, reached, stored, since = list[ReadMessage](), cursor, cursor, self._clock()
        try:
            for batch, read in self._helpers.in_order(folder, self._source.batches(folder, cursor, self._options.since)):
                for notice in (*batch.notices, *_cut(read), *[HELPER_LOST] * self._lost_untold()):
                    yield from self._notice(notice)
                waiting += read
                reached = batch.cursor
                if len(waiting) >= at_once or self._clock() - since >= LONGEST_WAIT:
                    waiting, stored, since = self._stored(id, waiting, reached), reached, self._clock()
                missing += batch.missing
                lost += batch.lost
                expunged += batch.expunged
                expected = batch.total - expunged
                self._totals[folder.key] = batch.total
                if sum(self._totals.values()) - self._done >= WORTH:
                    self._helpers.start()
                yield self._progress(folder, len(waiting))
                if self._cancelled():
                    break
        finally:
            if reached is not None and (waiting or reached != stored):
                self._stored(id, waiting, reached)
        return expected, missing, lost

    def _stored(self, id: int, messages: Sequence[ReadMessage], cursor: str) -> list[ReadMessage]:
        """The messages and the cursor behind them; none wait any more."""
        self._done += self._cache.add(id, messages, cursor)
        return []

    def _lost_untold(self) -> bool:
        return self._helpers.lost and HELPER_LOST not in self._notices

    def _notice(self, notice: Notice) -> Iterator[Notice]:
        if len(self._notices) < MAX_NOTICES:
            self._notices.append(notice)
            yield notice


def _lies_in(folder: str, mailbox: str) -> bool:
    return folder.startswith(mailbox) and folder[len(mailbox) :][:1] in ("", *_DELIMITERS)


def _cut(messages: Iterable[ReadMessage]) -> Iterator[Notice]:
    """Of which messages only the beginning of the header is known."""
    return (Notice(TOO_LARGE, (("message", read.name),)) for read in messages if read.problem == TOO_LARGE)
