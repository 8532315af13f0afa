"""How late the window's timers come while a mailbox is scanned and the scan is shown: a timer of 5 ms, offscreen.

In a process of its own (`python -m tests.bench.lateness PORT STORE CA`), with the engine as another, as always.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.scan import serving

PERIOD = 5


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    with serving(tools, folder, count) as ports:
        for n in range(runs):
            words = [sys.executable, "-m", "tests.bench.lateness", str(ports["imaps"]), str(folder / f"store{n}"), str(folder / "cert.pem")]
            subprocess.run(words, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def main(port: int, store: Path, authority: Path) -> None:
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from app.i18n import Translation
    from app.side_by_side import ROOT, own_program
    from app.store.folder import StoreFolder
    from ui import theme
    from ui.engine import Engine, ScanOrder
    from ui.scan_run import ScanRun
    from ui.scan_view import ScanView

    app = QApplication([])
    theme.apply(app, theme.Look.LIGHT)
    StoreFolder(store)
    engine = Engine(own_program(), ROOT)
    source = f"imaps://bench@localhost:{port}"
    run = ScanRun(engine, source, source)
    view = ScanView(Translation("en"), run)
    view.resize(1280, 800)
    view.show()
    late: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        if run.done:
            late.append(max(0.0, (now - last) * 1000 - PERIOD))
        last = now

    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=PERIOD)
    timer.timeout.connect(tick)
    timer.start()
    run.ended.connect(app.quit)
    engine.start(ScanOrder(source, secret="pw", ca_file=str(authority)), store)
    app.exec()
    cuts = statistics.quantiles(late, n=100)
    assert run.end is not None
    timers = f"{len(late)} timers of {PERIOD} ms came late by p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms"
    print(f"{run.end.messages} messages scanned ({run.end.status}): {timers}")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
