"""Processes of this program that read headers beside the one that fetches and stores: on several cores a scan is as fast as its line.

A helper is given the octets of a batch and gives back what is stored of it; both go through pipes, as frames of `marshal`. It knows no secret, opens no
connection and no file of the user's, and ends with its standard input: also when the scan was killed. What one does not give back is read here.
"""

from __future__ import annotations

import marshal
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue
from typing import IO, Any

from app.cycles import without_cycle_search
from app.domains import Organisations
from app.errors import NitaqError
from app.model import Batch, Facts, Folder, FolderRole, RawMessage, Whose
from app.program import ROOT, own_program
from app.reading import MessageReader
from app.store.intake import ReadMessage

HELP = "--read-headers"
"""The word of a call that starts this program as a helper."""
MOST = 3
"""Helpers that the fetching process can keep at work; half of the cores are theirs, up to this."""
WORTH = 5_000
"""Messages that are still to be read, from which on helpers are worth their start."""
BESIDE = 5
"""How much less urgent a helper is than the window that the user is looking at (`nice`)."""
QUEUED = 2
"""Batches that a helper has: one in hand and one that waits for it."""
_LOST = (OSError, EOFError, ValueError, TypeError)
"""A helper that is no more, or says what no helper says."""
_LENGTH = 4
"""Octets before a frame."""

Reading = Future[list[ReadMessage] | None] | list[ReadMessage]
"""By a helper, which may be lost over it, or by this process."""


def helpers_here() -> int:
    """How many this computer has cores for; none where there is one core alone."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(MOST, cores // 2)


class Helpers:
    """Reads batches in order: by itself at first, and with helpers once these are started."""

    def __init__(self, facts: Facts, *, samples: bool, subjects: bool, most: int, program: Sequence[str] = ()) -> None:
        self._reader = MessageReader(Organisations(facts).organisation, samples=samples, subjects=subjects)
        self._rules = tuple(facts.hosting_suffixes), samples, subjects
        self._most = most
        self._program = program or own_program()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._ready: set[int] = set()
        """Process ids of those that can be given something."""
        self._idle = SimpleQueue[subprocess.Popen[bytes] | None]()
        """None: one was lost, and nobody may wait for it."""
        self._threads: ThreadPoolExecutor | None = None
        self.lost = False
        """Whether one ended before it was told to."""

    def start(self) -> list[Future[None]]:
        """Have them from now on, if there may be any; they take what is to be read as soon as they are ready. Gives when each is."""
        greetings = list[Future[None]]()
        if self._threads or not self._most:
            return greetings
        self._threads = ThreadPoolExecutor(self._most)
        for _ in range(self._most):
            with suppress(OSError):
                process = subprocess.Popen(
                    [*self._program, HELP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True
                )
                self._processes.append(process)
                greetings.append(self._threads.submit(self._greet, process))
        return greetings

    def close(self) -> None:
        """End them, whatever they are doing."""
        for process in self._processes:
            process.kill()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what a helper did not take
                    pipe.close()  # type: ignore[union-attr]
        self._processes.clear()
        self._threads = None

    def in_order(self, folder: Folder, batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[ReadMessage]]]:
        """Each batch of one folder, maybe without its octets, and what is stored of it. Where the source fails, what it gave before comes first."""
        ahead = deque[tuple[Batch, Reading]]()
        failure = None
        try:
            for batch in batches:
                underway = sum(not _is_done(reading) for _, reading in ahead)
                ahead.append(self._begin(folder, batch, underway))
                if _is_done(ahead[-1][1]):  # read here: it is time to store, to tell and to ask whether it was cancelled
                    yield self._ended(folder, *ahead.popleft())
                while ahead and _is_done(ahead[0][1]):
                    yield self._ended(folder, *ahead.popleft())
        except NitaqError as error:
            failure = error
        while ahead:
            yield self._ended(folder, *ahead.popleft())
        if failure:
            raise failure

    def _begin(self, folder: Folder, batch: Batch, underway: int) -> tuple[Batch, Reading]:
        """A helper reads it where one has room for it, else this process, which would only wait; then its octets are let go."""
        if self._threads and underway < len(self._ready) * QUEUED:
            return batch, self._threads.submit(self._ask, folder, batch.messages)
        return replace(batch, messages=()), self._reader.read(folder.role, folder.whose, batch.messages)

    def _ended(self, folder: Folder, batch: Batch, reading: Reading) -> tuple[Batch, list[ReadMessage]]:
        found = reading.result() if isinstance(reading, Future) else reading
        return batch, self._reader.read(folder.role, folder.whose, batch.messages) if found is None else found

    def _greet(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for it to be ready; the rules are the same for all that it will read."""
        try:
            _talk(process, self._rules)
        except _LOST:
            self.lost = True
        else:
            self._ready.add(process.pid)
            self._idle.put(process)

    def _ask(self, folder: Folder, messages: Sequence[RawMessage]) -> list[ReadMessage] | None:
        """None where the helper was lost over it."""
        process = self._idle.get()
        if process is None:
            if not self._ready:
                self._idle.put(None)
            return None
        try:
            rows = _talk(process, (str(folder.role), str(folder.whose), list(map(tuple, messages))))
            read = list(map(ReadMessage._make, rows))
        except _LOST:
            self.lost = True
            self._ready.discard(process.pid)
            self._idle.put(None)
            return None
        self._idle.put(process)
        return read


def _is_done(reading: Reading) -> bool:
    return not isinstance(reading, Future) or reading.done()


def _talk(process: subprocess.Popen[bytes], said: Any) -> Any:
    """What it answers. Raises one of _LOST."""
    assert process.stdin
    assert process.stdout
    _write(process.stdin, said)
    return _read(process.stdout)


def _write(pipe: IO[bytes], said: Any) -> None:
    frame = marshal.dumps(said)
    pipe.write(len(frame).to_bytes(_LENGTH, "big"))
    pipe.write(frame)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    """Raises EOFError."""
    length = int.from_bytes(pipe.read(_LENGTH), "big")
    frame = pipe.read(length)
    if not frame or len(frame) < length:
        raise EOFError
    return marshal.loads(frame)  # of our own program, by a pipe that nobody else has


def help_reading(asked: IO[bytes], answers: IO[bytes]) -> None:
    """A helper's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(BESIDE)
    with suppress(EOFError, OSError), without_cycle_search():
        hosting, samples, subjects = _read(asked)
        reader = MessageReader(Organisations(Facts(hosting_suffixes=frozenset(hosting))).organisation, samples=samples, subjects=subjects)
        _write(answers, True)
        while True:
            role, whose, messages = _read(asked)
            _write(answers, list(map(tuple, reader.read(FolderRole(role), Whose(whose), list(map(RawMessage._make, messages))))))
