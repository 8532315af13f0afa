"""How fast and how long yet: said only when there is something to say."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.i18n import Translation
from app.model import ScanStatus
from app.progress import time_left
from tests.screens import StillEngine
from ui.endings import sentence_of
from ui.engine import End
from ui.scan_run import NOTICES_KEPT, ScanRun
from ui.scan_runs import ScanRuns
from ui.scan_view import ScanView


@pytest.fixture
def run(app: QApplication) -> ScanRun:
    return ScanRun(StillEngine(), "title", "sample")  # type: ignore[arg-type]


def test_what_the_engine_says_of_its_pace_is_known(run: ScanRun) -> None:
    run.engine.progressed.emit("INBOX", 500, 10_000)
    assert (run.rate, run.seconds_left) == (None, None)
    run.engine.paced.emit(100.0, 78.0)
    assert (run.rate, run.seconds_left) == (100.0, 78.0)


def test_of_a_mail_file_nobody_says_that_it_has_been_read_until_it_has(run: ScanRun, say: Translation) -> None:
    view = ScanView(say, run, lambda: None)  # type: ignore[arg-type, return-value]
    for done in (500, 1_000):
        run.engine.progressed.emit("archive.mbox", done, done)
        assert "Reading" in view.headline.text()
        assert (view.count.text(), view.of.text(), view.bar.maximum()) == (say.number(done), "messages", 0)


def test_what_a_server_announced_has_been_read_when_it_has(run: ScanRun, say: Translation) -> None:
    view = ScanView(say, run, lambda: None)  # type: ignore[arg-type, return-value]
    run.engine.progressed.emit("INBOX", 500, 1_000)
    assert (view.of.text(), view.bar.maximum()) == ("of 1,000 messages", 1_000)
    run.engine.progressed.emit("INBOX", 1_000, 1_000)
    assert "Weighing" in view.headline.text()


def test_of_several_the_total_is_known_once_each_has_said_it(app: QApplication) -> None:
    parts = [ScanRun(StillEngine(), each, each) for each in ("server", "file")]  # type: ignore[arg-type]
    runs = ScanRuns("both", "key", [(run, lambda: None) for run in parts], app)
    parts[0].engine.progressed.emit("INBOX", 500, 1_000)
    assert (runs.done, runs.total) == (500, 1_000)
    parts[1].engine.progressed.emit("archive.mbox", 300, 300)
    assert (runs.done, runs.total) == (800, 0)
    parts[1].engine.ended.emit(End(ScanStatus.COMPLETE, messages=300))
    assert (runs.done, runs.total) == (800, 1_300)


def test_a_flood_of_warnings_is_bounded(run: ScanRun) -> None:
    for n in range(10_000):
        run.engine.warned.emit("message.too_large", {"message": str(n)})
    assert len(run.notices) == NOTICES_KEPT


@pytest.mark.parametrize(
    ("seconds", "english", "arabic"),
    [(None, "–", "–"), (20, "less than a minute", "أقل من دقيقة"), (130, "about 2 minutes", "نحو دقيقتين"), (660, "about 11 minutes", "نحو 11 دقيقة"),
     (3700, "about 1 hour", "نحو ساعة")],
)  # fmt: skip
def test_time_is_said_as_roughly_as_it_is_known(seconds: float | None, english: str, arabic: str) -> None:
    assert time_left(seconds, Translation("en")) == english
    assert time_left(seconds, Translation("ar")) == arabic


def test_a_fault_of_the_engine_is_told_without_its_insides(say: Translation) -> None:
    end = End(ScanStatus.ERROR, "program.fault")
    assert sentence_of(end, [], say).startswith("The scan stopped unexpectedly.")
