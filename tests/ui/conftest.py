"""One application for all tests of the window, offscreen, and a window on invented services."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.i18n import Translation
from app.model import Report
from tests.ui.browser import browsing, place  # noqa: F401
from tests.ui.reports import report
from tests.ui.services import FakeServices
from ui import theme
from ui.audit_view import AuditState, AuditView
from ui.cycle_search import CycleSearch
from ui.language import Languages
from ui.theme import Look
from ui.window import Window

HARMLESS = ("This plugin does not support", "propagateSizeHints", "QStandardPaths: XDG_RUNTIME_DIR", "Could not find the Qt platform")


@pytest.fixture(scope="session")
def app() -> QApplication:
    """The only application. What Qt complains about fails the test in which it happens."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, Look.LIGHT)
    CycleSearch(application).begin()
    return application


@pytest.fixture(autouse=True)
def no_complaints(app: QApplication) -> Iterator[None]:
    complaints: list[str] = []
    qInstallMessageHandler(lambda kind, context, text: complaints.append(text))
    yield
    app.processEvents()
    qInstallMessageHandler(None)
    assert [text for text in complaints if not text.startswith(HARMLESS)] == []


@pytest.fixture
def say(app: QApplication) -> Iterator[Translation]:
    languages = Languages(app)
    yield languages.speak("en")
    languages.speak("en")


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def window(app: QApplication, say: Translation, services: FakeServices) -> Iterator[Window]:
    window = Window(services.bundle(), app)
    window.resize(1280, 800)
    window.show()
    for _ in range(3):  # painted, then told what is kept, then laid out
        app.processEvents()
    yield window
    window.close()
    window.deleteLater()
    app.processEvents()
    theme.apply(app, Look.LIGHT)


@pytest.fixture
def audit() -> Report:
    """What `view` shows; a file whose tests need more has its own."""
    return report()


@pytest.fixture
def view(app: QApplication, say: Translation, audit: Report) -> Iterator[AuditView]:
    view = AuditView(say, AuditState("x", "t", audit))
    view.resize(1280, 900)
    view.show()
    app.processEvents()
    yield view
    view.close()
    view.deleteLater()
    app.processEvents()


@pytest.fixture
def wait_until(app: QApplication) -> Callable[[Callable[[], bool]], None]:
    """Let events happen until a condition holds; fails after half a minute."""

    def wait(condition: Callable[[], object], milliseconds: int = 30_000) -> None:
        loop, patience = QEventLoop(), QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(loop.quit)
        look = QTimer()
        look.timeout.connect(lambda: loop.quit() if condition() else None)
        patience.start(milliseconds)
        look.start(5)
        if not condition():
            loop.exec()
        assert condition(), "it did not happen in time"

    return wait
