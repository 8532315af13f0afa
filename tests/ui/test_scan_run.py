"""How fast and how long yet: said only when there is something to say."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.i18n import Translation
from app.model import ScanStatus
from tests.screens import StillEngine
from ui.engine import End
from ui.scan_run import NOTICES_KEPT, ScanRun
from ui.scan_view import sentence_of, time_left


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def run(app: QApplication, clock: Clock) -> ScanRun:
    return ScanRun(StillEngine(), "title", "sample", clock)  # type: ignore[arg-type]


def tell(run: ScanRun, clock: Clock, seconds: float, done: int) -> None:
    clock.now = seconds
    run.engine.progressed.emit("INBOX", done, 10_000)


def test_nothing_is_promised_before_there_is_enough_to_go_by(run: ScanRun, clock: Clock) -> None:
    tell(run, clock, 0, 0)
    tell(run, clock, 1, 500)
    assert (run.rate, run.seconds_left) == (None, None)


def test_the_rate_is_that_of_the_last_seconds(run: ScanRun, clock: Clock) -> None:
    for seconds, done in ((0, 0), (10, 100), (20, 200), (30, 1200), (40, 2200)):
        tell(run, clock, seconds, done)
    assert run.rate == 100
    assert run.seconds_left == 78


def test_a_stalled_scan_promises_nothing(run: ScanRun, clock: Clock) -> None:
    tell(run, clock, 0, 500)
    tell(run, clock, 10, 500)
    assert run.seconds_left is None


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
