"""Several sources scanned at once, each by this same program as a process of its own; what they say is told as of one scan.

One progress, one cancel: the end of a process's standard input cancels it, also where this process is no more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from app.model import Notice, Scan, ScanStatus
from app.progress import Reporter
from app.scan import Progress
from app.several import AT_ONCE

PATIENCE = 0.8
"""Seconds that a cancelled process has to commit its batch before it is ended; what was committed stays."""
_TICK = 0.1
"""Seconds between two looks whether it was cancelled."""
ROOT = Path(__file__).resolve().parent.parent


def own_program() -> tuple[str, ...]:
    """The words that start this program headless, from ROOT."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "app")


@dataclass(frozen=True, slots=True)
class Order:
    """One scan: the words of the call, and what goes to its standard input first."""

    words: tuple[str, ...]
    secret: str | None = field(default=None, repr=False)


@dataclass(slots=True)
class _Part:
    """One scan and the latest that it said."""

    order: Order
    process: subprocess.Popen[bytes] | None = None
    listener: Thread | None = None
    progress: Progress = field(default_factory=lambda: Progress("", 0, 0))
    notices: list[Notice] = field(default_factory=list)
    end: Scan | None = None


def scan_side_by_side(
    orders: Sequence[Order], reporter: Reporter, cancelled: Callable[[], bool], program: Sequence[str] | None = None
) -> list[Scan]:
    """How each ended, as its last line says; those that never began when it was cancelled are left out."""
    parts = [_Part(order) for order in orders]
    waiting, said = deque(parts), SimpleQueue[tuple[_Part, Mapping[str, object] | None]]()
    try:
        while any(part.process and part.end is None for part in parts) or (waiting and not cancelled()):
            while waiting and not cancelled() and sum(part.process is not None and part.end is None for part in parts) < AT_ONCE:
                _start(waiting.popleft(), said, program or own_program())
            with suppress(Empty):
                _hear(*said.get(timeout=_TICK), parts, reporter)
            if cancelled():
                break
    finally:
        _stop(parts)
    while not said.empty():
        _hear(*said.get(), parts, reporter)
    return [part.end or Scan(ScanStatus.CANCELLED) for part in parts if part.process]


def _start(part: _Part, said: SimpleQueue[tuple[_Part, Mapping[str, object] | None]], program: Sequence[str]) -> None:
    part.process = subprocess.Popen(
        [*program, *part.order.words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True
    )
    assert part.process.stdin
    if part.order.secret is not None:
        with suppress(OSError):
            part.process.stdin.write(part.order.secret.encode() + b"\n")
            part.process.stdin.flush()

    def listen() -> None:
        for event in _events(part):
            said.put((part, event))
        said.put((part, None))

    part.listener = Thread(target=listen, daemon=True)
    part.listener.start()


def _events(part: _Part) -> Iterator[Mapping[str, object]]:
    assert part.process
    assert part.process.stdout
    with part.process.stdout as lines:
        for line in lines:
            with suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict):
                    yield event


def _hear(part: _Part, event: Mapping[str, object] | None, parts: Sequence[_Part], reporter: Reporter) -> None:
    """Tell what one process said; None: it has ended."""
    if event is None:
        part.end = part.end or Scan(ScanStatus.ERROR, "engine.crashed", notices=(Notice("engine.crashed"),))
        return
    match event.get("event"):
        case "progress":
            part.progress = Progress(str(event["folder"]), _whole(event["done"]), _whole(event["total"]), _number(event["rate"]), _number(event["left"]))
            reporter.progress(_together(part.progress.folder, parts))
        case "warning":
            params = event["params"]
            notice = Notice(str(event["code"]), tuple(params.items()) if isinstance(params, dict) else ())
            part.notices.append(notice)
            reporter.warning(notice)
        case "end":
            numbers = (_whole(event[name]) for name in ("messages", "unreadable", "missing"))
            messages, unreadable, missing = numbers
            code = str(event["code"]) if event["code"] else None
            part.end = Scan(ScanStatus(str(event["status"])), code, messages, 0, unreadable, missing, notices=tuple(part.notices))


def _together(folder: str, parts: Sequence[_Part]) -> Progress:
    """The time left is known once every scan has said how much there is."""
    done, total = (sum(getattr(part.progress, name) for part in parts) for name in ("done", "total"))
    rate = sum(part.progress.rate or 0.0 for part in parts if part.end is None) or None
    known = all(part.progress.total or part.end for part in parts)
    return Progress(folder, done, total, rate, (total - done) / rate if rate and known and total > done else None)


def _stop(parts: Sequence[_Part]) -> None:
    """Cancel what still runs, wait a little, and end it then."""
    for part in parts:
        if part.process and part.process.stdin:
            with suppress(OSError):
                part.process.stdin.close()
    until = time.monotonic() + PATIENCE
    for part in parts:
        if part.process and part.listener:
            try:
                part.process.wait(max(0.0, until - time.monotonic()))
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                part.end = part.end or Scan(ScanStatus.CANCELLED)
                part.process.kill()
                part.process.wait()
            part.listener.join(PATIENCE)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
