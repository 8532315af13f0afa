"""Who wrote most so far, on the screen of a scan: looked up beside the window's thread, one look at a time, as long as the scan goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.errors import WorldError
from app.i18n import Translation
from app.model import ScanStatus
from tests.screens import StillEngine
from ui.engine import End
from ui.live_senders import EVERY, LiveSenderList
from ui.scan_run import ScanRun
from ui.scan_view import ScanView

Wait = Callable[..., None]


class Looked:
    """A look that waits until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.looks = 0
        self.fails = False

    def __call__(self) -> Sequence[tuple[str, int]]:
        self.looks += 1
        assert self.go.wait(10)
        if self.fails:
            raise WorldError("store.locked", path="x")
        return (("partner.example", 2), ("<b>\u202ex.example", 1))


@pytest.fixture
def look() -> Looked:
    return Looked()


@pytest.fixture
def view(app: QApplication, look: Looked) -> ScanView:
    return ScanView(Translation("ar"), ScanRun(StillEngine(), "title", "sample"), look)  # type: ignore[arg-type]


def senders(view: ScanView) -> LiveSenderList:
    assert view.senders is not None
    return view.senders


def test_they_are_shown_once_there_are_some(view: ScanView, look: Looked, wait_until: Wait) -> None:
    assert senders(view).isHidden()
    senders(view).refresh()
    look.go.set()
    wait_until(lambda: not senders(view).isHidden())
    texts = [each.text() for each in senders(view).findChildren(QLabel)]
    assert any("partner.example" in text for text in texts)
    assert "رسالتان" in texts
    assert not any("\u202e" in text for text in texts)


def test_one_look_at_a_time_and_no_more_than_two_a_second(view: ScanView, look: Looked, wait_until: Wait) -> None:
    assert EVERY >= 500
    for _ in range(5):
        senders(view).refresh()
    look.go.set()
    wait_until(lambda: not senders(view).isHidden())
    assert look.looks == 1


def test_a_look_that_fails_leaves_the_next_one_free(view: ScanView, look: Looked, wait_until: Wait) -> None:
    look.fails = True
    look.go.set()
    senders(view).refresh()
    wait_until(lambda: look.looks == 1 and not senders(view)._looking)
    look.fails = False
    senders(view).refresh()
    wait_until(lambda: not senders(view).isHidden())


def test_they_go_when_the_scan_has_ended(view: ScanView, look: Looked, wait_until: Wait) -> None:
    senders(view).refresh()
    view._run.engine.ended.emit(End(ScanStatus.COMPLETE, messages=3))
    look.go.set()
    wait_until(lambda: not senders(view)._looking)
    assert senders(view).isHidden()
