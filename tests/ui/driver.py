"""A started program and what it shows, for the tests that need real processes."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
Seen = Mapping[str, Any]


class Program:
    """One window of its own process."""

    def __init__(self, store: Path, *sources: str, language: str = "en", environment: Mapping[str, str] | None = None) -> None:
        surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": f"{language}.UTF-8", "LANG": f"{language}.UTF-8", "LANGUAGE": "",
                        **(environment or {})}  # fmt: skip
        words = [sys.executable, "-m", "tests.ui.driven", str(store), *sources]
        self.process = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.errors: list[str] = []
        self._readers = [threading.Thread(target=self._read, daemon=True), threading.Thread(target=self._read_errors, daemon=True)]
        for each in self._readers:
            each.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors += self.process.stderr

    def until(self, holds: Callable[[Seen], object]) -> Seen:
        """The first thing seen from now on for which this holds."""
        last: Seen = {}
        end = time.monotonic() + PATIENCE
        while (left := end - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            assert line is not None, f"it ended with {self.process.wait()}: {''.join(self.errors)} after {last}"
            last = json.loads(line)
            if holds(last):
                return last
        raise AssertionError(f"it did not happen: {last}")

    def shows(self, *texts: str) -> Seen:
        """Wait until each of these is part of something that can be read."""
        return self.until(lambda seen: all(any(text in each for each in seen["texts"]) for text in texts))

    def do(self, deed: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(deed + "\n")
        self.process.stdin.flush()

    def ended(self) -> int:
        return self.process.wait(PATIENCE)

    def kill(self, with_signal: int = signal.SIGTERM) -> int:
        self.process.send_signal(with_signal)
        return self.ended()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for each in self._readers:
            each.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
