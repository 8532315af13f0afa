"""The window on a generated mailbox: opening its audit, sorting, filtering, searching, scrolling, deciding, and what memory that takes.

The table is measured with 100,000 domains as well, which no mailbox of that many messages has. Offscreen. Times are those of the processor, as
what else the machine does adds little to them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.model import Direction, DomainClass, ExceptionRule
from tests.bench.judge import processor, run_audit
from tests.bench.tools import run

WIDE = (ExceptionRule("*", Direction.TO_US, "own"), ExceptionRule("*", Direction.TO_US, kind=DomainClass.SHARED_PROVIDER))
ROWS = 100_000
FRAMES = 400


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    """Measures in a process of its own, whose memory is the window's alone."""
    maildir, store = folder / "Maildir", folder / "store"
    run(tools / "gen_mailbox.py", maildir, "--count", count)
    run_audit(maildir, store)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for what in ("start", "audit", "table"):
        subprocess.run([sys.executable, "-m", "tests.bench.window", what, str(maildir), str(store), str(runs)], check=True, env=environment)


def started(folder: Path, runs: int) -> None:
    """Process start to the first painted window, as a ratio to one with nothing in it. Ours is `nitaq` with a store of its own, as it starts every
    day; it ends where it has painted and would go on to what comes after that."""
    bare = "from PySide6.QtWidgets import QApplication, QMainWindow as W\napp = QApplication([])\nw = W()\nw.show()\nw.grab()\nimport os; os._exit(0)"
    nitaq = """
import os, ui.main
build = ui.main.application
def application():
    app = build()
    from ui.shell import Shell
    Shell._settle = lambda window: os._exit(0)
    return app
ui.main.application = application
ui.main.main([])
"""
    times: dict[str, list[float]] = {bare: [], nitaq: []}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # compiled, as installed
    environment |= dict.fromkeys(("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"), str(folder))
    for _ in range(2 * runs + 2):  # interleaved, so that both see the same machine
        for program, seconds in times.items():
            begun = processor()
            subprocess.run([sys.executable, "-c", program], check=True, stderr=subprocess.DEVNULL, env=environment)
            seconds.append(processor() - begun)
        for left in [*folder.rglob("session.json"), *folder.rglob("window.lock")]:  # which a proper end takes away
            left.unlink()
    ours, least = statistics.median(times[nitaq][1:]), statistics.median(times[bare][1:])
    print(f"first window painted after {ours:.2f} s, a bare one after {least:.2f} s, ratio {ours / least:.2f}")


def audit(source: str, store: Path, runs: int) -> None:
    """Opening an audit until it is painted, and one decision."""
    from PySide6.QtWidgets import QApplication

    from app.decisions import record_of
    from app.i18n import Translation
    from app.library import Library
    from app.model import Decision
    from app.parts import key_of
    from app.reach import Reach
    from app.store.folder import StoreFolder
    from ui import theme
    from ui.audit_view import AuditState, AuditView
    from ui.domain_model import DomainModel

    app = QApplication([])
    theme.apply(app, theme.Look.LIGHT)
    library = Library(StoreFolder(store), time.time)
    say = Translation("en")
    loads, shows, decisions = [], [], []
    for _ in range(runs):
        begun = time.process_time()
        report = library.load(source)
        loaded = time.process_time()
        assert report is not None
        view = AuditView(say, AuditState(source, source, report))
        view.resize(1280, 800)
        view.show()
        view.grab()
        shows.append(time.process_time() - loaded)
        loads.append(loaded - begun)
        view.deleteLater()
        row = next(row for row in report.domains if row.domain and len(row.claims) < 100)
        record = record_of(str(row.domain), Decision.WATCHED, row.claims)
        begun = time.process_time()
        library.decide(report, [record])
        decisions.append(time.process_time() - begun)
        library.decide(report, [replace(record, decision=Decision.UNREVIEWED)])
    print(
        f"audit of {report.scan.messages} messages, {len(report.domains)} domains: loaded in {_ms(loads)}, its window built and painted in {_ms(shows)}; "
        f"a decision judged in {_ms(decisions)}; peak memory {_memory():.0f} MB"
    )
    assert report is not None
    opened = library.load(source)
    assert opened is not None
    model = DomainModel(say, opened.domains)
    largest = max(opened.domains, key=lambda row: len(row.claims))
    at = model.position_of(key_of(largest))
    assert at is not None
    fetching = _timed(lambda: largest.claims[:1])  # by a worker
    unfolding = _timed(lambda: model.turn(at))
    sources = [_timed(lambda n=n: model.turn(n)) for n in range(model.rowCount() - 1, at, -1) if model.parent_of(n) == at]  # type: ignore[misc]
    folders = _timed(lambda: library.folders(source))
    counting = _timed(lambda: Reach(opened))
    reach = Reach(opened)
    asked = [_timed(lambda rule=rule: reach.of(rule)) for rule in WIDE]  # type: ignore[misc]
    allowing = []
    for rule in WIDE:
        allowing.append(_timed(lambda rule=rule: library.save_exception(opened, rule)))  # type: ignore[misc]
        library.workspace.forget_exception(rule)
    print(
        f"largest domain, {len(largest.claims)} claims: fetched in {fetching * 1e3:.0f} ms, unfolded in {unfolding * 1e3:.0f} ms, "
        f"its sources in {max(sources) * 1e3:.0f} ms at most; "
        f"folders looked through in {folders * 1e3:.0f} ms; exceptions: sums read in {counting * 1e3:.0f} ms, one counted in "
        f"{max(asked) * 1e3:.1f} ms at most, one for any domain judged in {_s(allowing)} s"
    )
    library.close()


def table(source: str, store: Path, runs: int) -> None:
    """The table of domains with 100,000 rows made from those of the audit."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from app.i18n import Translation
    from app.library import Library
    from app.model import Relationship
    from app.store.folder import StoreFolder
    from ui import theme
    from ui.domain_cells import Column
    from ui.domain_filter import DomainFilter
    from ui.domains_view import DomainsState, DomainsView

    app = QApplication([])
    theme.apply(app, theme.Look.LIGHT)
    library = Library(StoreFolder(store), time.time)
    report = library.load(source)
    library.close()
    assert report is not None
    known = report.domains
    rows = tuple(
        replace(known[n % len(known)], domain=f"n{n}.{known[n % len(known)].domain}", unicode=f"n{n}.{known[n % len(known)].unicode}") for n in range(ROWS)
    )
    view = DomainsView(Translation("en"), rows, DomainsState())
    view.resize(1280, 800)
    view.show()
    view.grab()
    sorts = [_timed(lambda c=c: view.table.sortByColumn(c, Qt.SortOrder.DescendingOrder)) for c in Column]  # type: ignore[misc]
    filters = [_timed(lambda: view.show_filter(DomainFilter(relationship=Relationship.EXTERNAL))) for _ in range(runs)]
    view.show_filter(DomainFilter())
    searches = [_timed(lambda text=text: view.show_filter(DomainFilter(text=text))) for text in ("n", "n7", "n77", "n777", "shop")]  # type: ignore[misc]
    view.show_filter(DomainFilter())
    bar = view.table.verticalScrollBar()
    frames = []
    for n in range(FRAMES):
        begun = time.process_time()
        bar.setValue(bar.value() + (180 if n % 40 else bar.maximum() // 12))
        view.table.viewport().grab()
        frames.append(time.process_time() - begun)
    frames.sort()
    print(
        f"table of {ROWS} domains: sorted in {_ms(sorts)} (slowest {max(sorts) * 1e3:.0f}), filtered in {_ms(filters)}, searched in {_ms(searches)} "
        f"(slowest {max(searches) * 1e3:.0f}); scrolled p50 {frames[FRAMES // 2] * 1e3:.1f} ms, p99 {frames[FRAMES * 99 // 100] * 1e3:.1f} ms; "
        f"peak memory {_memory():.0f} MB"
    )


def _timed(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def _s(seconds: list[float]) -> str:
    return " and ".join(f"{each:.2f}" for each in seconds)


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1e3:.0f} ms"


def _memory() -> float:
    """Of this process, at its most, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    peak = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else []
    return int(peak[0]) / 1000 if peak else 0.0


if __name__ == "__main__":
    what, source, store, runs = sys.argv[1:]
    if what == "start":
        with tempfile.TemporaryDirectory() as folder:
            started(Path(folder), int(runs))
    else:
        {"audit": audit, "table": table}[what](source, Path(store), int(runs))
