"""Looks for the secrets of the tests' servers wherever no secret may be: in every file that the run left, and in how its processes were called."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.servers.sentinel import may_hold_secrets, traces

PROC = Path("/proc")
INTERVAL = 0.05
"""Seconds between two looks at the processes."""


def found_in_files(tops: Iterable[Path]) -> list[str]:
    """The files below that hold a secret; those that a server itself needs are left out."""
    found = (path for top in tops for path in ([top] if top.is_file() else (Path(folder, name) for folder, _, names in os.walk(top) for name in names)))
    plain = (path for path in found if path.is_file() and not path.is_symlink() and path.resolve() not in may_hold_secrets)
    return [str(path) for path in plain if _holds(_read(path), traces())]


def found_in_text(texts: Iterable[str]) -> bool:
    """Whether a secret stands in what was printed or logged."""
    return any(_holds(text.encode("utf-8", "surrogateescape"), traces()) for text in texts)


def _holds(octets: bytes, wanted: tuple[bytes, ...]) -> bool:
    return any(trace in octets for trace in wanted)


def listen(found: Callable[[str], object]) -> None:
    """Look at whatever a test reads of a process it started with `subprocess.run` or `communicate`."""
    real = subprocess.Popen.communicate

    def communicate(process: Any, *words: Any, **values: Any) -> Any:
        told = real(process, *words, **values)
        if any(_holds(text.encode() if isinstance(text, str) else text, traces()) for text in told if text):
            found(f"output of {process.args!r}"[:200])
        return told

    subprocess.Popen.communicate = communicate  # type: ignore[method-assign]


class ProcessWatch:
    """Looks at the command line and the environment of every process below this one, again and again (Linux)."""

    def __init__(self, wanted: tuple[bytes, ...]) -> None:
        self._wanted = wanted
        self.found: set[str] = set()
        self.seen: set[int] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        if (PROC / "self" / "task").is_dir():
            self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(INTERVAL):
            self.look()

    def look(self) -> None:
        """Once at all of them."""
        for process in _below(PROC / "self"):
            self.seen.add(int(process.name))
            for name in ("cmdline", "environ"):
                called = _read(process / name)
                if _holds(called, self._wanted):
                    self.found.add(f"{name} of {_read(process / 'cmdline')[:200]!r}")


def _below(process: Path) -> Iterator[Path]:
    """The processes that a process started, and theirs."""
    try:
        lists = [_read(task / "children") for task in (process / "task").iterdir()]
    except OSError:
        return
    for number in (number for text in lists for number in text.decode().split()):
        yield PROC / number
        yield from _below(PROC / number)


def _read(path: Path) -> bytes:
    """Empty where the file or the process is gone, or another user's."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
