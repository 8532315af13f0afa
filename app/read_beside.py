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
from typing import IO, Any

from app.cycles import without_cycle_search
from app.domains import Organisations
from app.errors import NitaqError
from app.model import Batch, Facts, Folder, FolderRole, RawMessage, Whose
from app.program import ROOT, own_program
from app.reading import MessageReader
from app.store.intake import ReadMessage

if sys.platform == "linux":
    from fcntl import F_SETPIPE_SZ, fcntl

HELP = "--read-headers"
"""The word of a call that starts this program as a helper."""
MOST = 3
"""Helpers that the fetching process can keep at work; half of the cores are theirs, up to this."""
WORTH = 5_000
"""Messages that are still to be read, from which on helpers are worth their start."""
BESIDE = 5
"""How much less urgent a helper is than the window that the user is looking at (`nice`)."""
QUEUED = 4
"""Batches that a helper has: one in hand, and those that it works on while this process reads one itself and stores."""
_PIPE = 1 << 18
"""Octets that a pipe takes at once, where a system lets itself be told: an answer fits, and its helper goes on."""
_LOST = (OSError, EOFError, ValueError, TypeError)
"""A helper that is no more, or says what no helper says."""
_LENGTH = 4
"""Octets before a frame."""

Unread = tuple[RawMessage, ...]
"""What a helper was lost over."""
Reading = Future[list[ReadMessage] | Unread] | list[ReadMessage]
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
        self._helpers: list[_Helper] = []

    @property
    def lost(self) -> bool:
        """Whether one ended before it was told to."""
        return any(helper.lost for helper in self._helpers)

    def start(self) -> list[Future[None]]:
        """Have them from now on, if there may be any; they take what is to be read as soon as they are ready. Gives when each is."""
        greetings = list[Future[None]]()
        while self._most:
            self._most -= 1
            with suppress(OSError):
                self._helpers.append(_Helper(self._program))
                greetings.append(self._helpers[-1].greet(self._rules))
        return greetings

    def close(self) -> None:
        """End them, whatever they are doing."""
        for helper in self._helpers:
            helper.close()

    def in_order(self, folder: Folder, batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[ReadMessage]]]:
        """Each batch of one folder, without its octets, and what is stored of it. Where the source fails, what it gave before comes first."""
        ahead = deque[tuple[Batch, Reading]]()
        failure = None
        try:
            for batch in batches:
                ahead.append(self._begin(folder, batch))
                if _is_done(ahead[-1][1]):  # read here: it is time to store, to tell and to ask whether it was cancelled
                    yield self._ended(folder, *ahead.popleft())
                if ahead and _is_done(ahead[0][1]):  # one alone: to store many in a row leaves the helpers without work
                    yield self._ended(folder, *ahead.popleft())
        except NitaqError as error:
            failure = error
        while ahead:
            yield self._ended(folder, *ahead.popleft())
        if failure:
            raise failure

    def _begin(self, folder: Folder, batch: Batch) -> tuple[Batch, Reading]:
        """A helper reads it where one has room for it, else this process, which would only wait. Its octets are let go as soon as it is read."""
        idlest = min((helper for helper in self._helpers if helper.ready), key=lambda helper: helper.underway, default=None)
        if idlest and idlest.underway < QUEUED:
            return replace(batch, messages=()), idlest.read(folder, batch.messages)
        return replace(batch, messages=()), self._reader.read(folder.role, folder.whose, batch.messages)

    def _ended(self, folder: Folder, batch: Batch, reading: Reading) -> tuple[Batch, list[ReadMessage]]:
        found = reading.result() if isinstance(reading, Future) else reading
        return batch, self._reader.read(folder.role, folder.whose, found) if isinstance(found, tuple) else found


class _Helper:
    """One process. What it is given and what it gives back have a thread each, so that the next batch lies before it when it has read one."""

    def __init__(self, program: Sequence[str]) -> None:
        """Raises OSError."""
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        self.process = subprocess.Popen([*program, HELP], stdin=pipe, stdout=pipe, stderr=nowhere, cwd=ROOT, start_new_session=True)
        assert self.process.stdin
        assert self.process.stdout
        self._asked, self._answers = self.process.stdin, self.process.stdout
        _widen(self._asked)
        _widen(self._answers)
        self._giving, self._taking = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._unread = deque[Future[list[ReadMessage] | Unread]]()
        self.ready = self.lost = False

    @property
    def underway(self) -> int:
        """Batches that it was given and has not read yet."""
        while self._unread and self._unread[0].done():
            self._unread.popleft()
        return len(self._unread)

    def greet(self, rules: tuple[Any, ...]) -> Future[None]:
        """Done when it is ready, or lost; the rules are the same for all that it will read."""
        self._giving.submit(self._give, rules)
        return self._taking.submit(self._greeted)

    def read(self, folder: Folder, messages: tuple[RawMessage, ...]) -> Future[list[ReadMessage] | Unread]:
        """The messages themselves where it is lost over them."""
        self._giving.submit(self._give, (str(folder.role), str(folder.whose), list(map(tuple, messages))))
        self._unread.append(self._taking.submit(self._take, messages))
        return self._unread[-1]

    def close(self) -> None:
        self.process.kill()
        for thread in (self._giving, self._taking):
            thread.shutdown(cancel_futures=True)
        self.process.wait()
        for pipe in (self._asked, self._answers):
            with suppress(OSError):  # what it did not take
                pipe.close()

    def _give(self, said: Any) -> None:
        try:
            _write(self._asked, said)
        except _LOST:
            self._lose()

    def _greeted(self) -> None:
        try:
            _read(self._answers)
        except _LOST:
            self._lose()
        else:
            self.ready = True

    def _take(self, messages: tuple[RawMessage, ...]) -> list[ReadMessage] | Unread:
        try:
            return list(map(ReadMessage._make, _read(self._answers)))
        except _LOST:
            self._lose()
            return messages

    def _lose(self) -> None:
        """Whoever is still waiting for it learns so from the end of its pipe."""
        self.ready, self.lost = False, True
        self.process.kill()


def _widen(pipe: IO[bytes]) -> None:
    if sys.platform == "linux":
        with suppress(OSError):  # it may allow less
            fcntl(pipe, F_SETPIPE_SZ, _PIPE)


def _is_done(reading: Reading) -> bool:
    return not isinstance(reading, Future) or reading.done()


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
