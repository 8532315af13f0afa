"""Several mailboxes as one audit, from the first screen to its result: chosen by mouse and by keyboard, read side by side, kept and opened again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from app.audit_key import is_several, key_of, sources_of
from app.errors import UserError
from app.i18n import LANGUAGES, Translation
from app.model import Account, OAuthClient, ScanStatus
from app.several import AT_ONCE
from app.sign_in.grant import Grant
from app.sign_in.services import GOOGLE
from tests.ui.reports import report
from tests.ui.services import SOURCE, FakeServices
from ui.audit_view import AuditView
from ui.border_panel import BorderPanel
from ui.engine import End, Engine, ScanOrder
from ui.kept import name_of_several
from ui.password import PasswordDialog
from ui.scan_run import ScanRun
from ui.scan_runs import ScanRuns
from ui.scan_view import ScanView
from ui.several import SeveralDialog
from ui.start import StartScreen
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
OMAR = "imaps://omar%40other.example@mail.other.example"
KEY = key_of((SOURCE, OMAR))
READ = """
secret = sys.stdin.readline().strip() if "--secret-stdin" in sys.argv else ""
source = sys.argv[2]
if secret == "wrong":
    print(json.dumps({"event": "warning", "code": "auth.failed", "params": {"user": "omar" if "omar" in source else "sara"}}))
    print(json.dumps({"event": "end", "status": "error", "code": "auth.failed"}))
else:
    print(json.dumps({"event": "progress", "folder": "INBOX", "done": 40, "total": 40}), flush=True)
    print(json.dumps({"event": "end", "status": "complete", "messages": 40}))
"""


@pytest.fixture
def two(services: FakeServices) -> FakeServices:
    """Two accounts, both read before; their passwords are kept."""
    services.audits.saved = {source: Account(name, source, keep_secret=True) for source, name in ((SOURCE, "sara@firm.example"), (OMAR, "omar@other.example"))}
    services.audits.reports = {SOURCE: report(), OMAR: replace(report(), scope=replace(report().scope, sources=(OMAR,)))}
    services.secrets.kept = {SOURCE: "right", OMAR: "right"}
    services.script(READ)
    return services


def texts(window: Window) -> list[str]:
    return [each.text() for each in window.findChildren(QLabel) if each.isVisible()]


def dialog_of(window: Window) -> SeveralDialog:
    window.show_start()
    start = window.screen_widget
    assert isinstance(start, StartScreen)
    start.together_button.click()
    (dialog,) = window.findChildren(SeveralDialog)
    return dialog


def test_one_mailbox_alone_offers_nothing_to_put_together(window: Window) -> None:
    window.show_start()
    assert isinstance(window.screen_widget, StartScreen)
    assert not window.screen_widget.together_button.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_mailboxes_are_chosen_read_and_opened_as_one(two: FakeServices, window: Window, wait_until: Wait, language: str) -> None:
    window.set_language(language)
    dialog = dialog_of(window)
    assert dialog.sources() == [SOURCE, OMAR]
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    wait_until(lambda: isinstance(window.screen_widget, ScanView))
    view = window.screen_widget
    assert isinstance(view, ScanView)
    assert view.parts is not None
    wait_until(lambda: isinstance(window.screen_widget, AuditView))
    assert isinstance(window.screen_widget, AuditView)
    say = Translation(language)
    assert window.screen_widget.title.text() == "omar@other.example + sara@firm.example"
    assert set(two.audits.reports) == {SOURCE, OMAR, KEY}
    window.show_start()
    wait_until(lambda: say("Audits of several mailboxes") in texts(window))


def test_the_choice_is_made_with_the_keyboard_alone(app: QApplication, two: FakeServices, window: Window, wait_until: Wait) -> None:
    two.audits.saved["imaps://lina@mail.third.example"] = Account("lina", "imaps://lina@mail.third.example", keep_secret=True)
    window.activateWindow()
    dialog = dialog_of(window)
    dialog.activateWindow()
    wait_until(lambda: app.focusWidget() is dialog.boxes[SOURCE])
    third = dialog.boxes["imaps://lina@mail.third.example"]
    for _ in range(10):
        if app.focusWidget() is third:
            break
        QTest.keyClick(app.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(third, Qt.Key.Key_Space)
    assert dialog.sources() == [SOURCE, OMAR]
    for _ in range(10):
        if app.focusWidget() is dialog.go:
            break
        QTest.keyClick(app.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    wait_until(lambda: isinstance(window.screen_widget, AuditView))


def test_fewer_than_two_cannot_be_started(two: FakeServices, window: Window) -> None:
    dialog = dialog_of(window)
    dialog.boxes[OMAR].setChecked(False)
    assert not dialog.go.isEnabled()
    assert dialog.counted.text() == "Choose at least two."


def test_where_one_of_them_cannot_be_read_the_others_are_and_it_is_said(two: FakeServices, window: Window, wait_until: Wait) -> None:
    two.secrets.kept[OMAR] = "wrong"
    window.accounts.read(KEY)
    wait_until(lambda: isinstance(window.screen_widget, ScanView) and window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.end == End(ScanStatus.PARTIAL, "auth.failed", 40)
    wait_until(lambda: any(text.startswith("The server did not accept the user name and password for omar.") for text in texts(window)))
    assert "40 messages were read." in texts(window)
    wait_until(lambda: any(plain(text).startswith("1 mailbox could not be read.") for text in texts(window)))
    wait_until(lambda: KEY in two.audits.reports)
    next(each for each in window.findChildren(QAbstractButton) if each.text() == "Show the result").click()
    wait_until(lambda: isinstance(window.screen_widget, AuditView))


def test_where_none_of_them_can_be_read_it_is_said_and_can_be_mended(two: FakeServices, window: Window, wait_until: Wait) -> None:
    two.secrets.kept[SOURCE] = two.secrets.kept[OMAR] = "wrong"
    window.accounts.read(KEY)
    wait_until(lambda: isinstance(window.screen_widget, ScanView) and window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.end == End(ScanStatus.ERROR, "auth.failed")
    wait_until(lambda: "The audit could not go on" in texts(window))
    assert KEY not in two.audits.reports
    view = window.screen_widget
    assert isinstance(view, ScanView)
    wait_until(lambda: [each.text() for each in view.findChildren(QPushButton) if each.isVisible()] == ["Check the settings", "Try again", "Back to the start"])


def test_each_secret_goes_to_its_own_engine_and_a_missing_one_is_asked_for(two: FakeServices, window: Window, wait_until: Wait) -> None:
    del two.secrets.kept[OMAR]
    window.accounts.read(KEY)
    wait_until(lambda: window.findChildren(PasswordDialog))
    (dialog,) = window.findChildren(PasswordDialog)
    assert any("omar@other.example" in each.text() for each in dialog.findChildren(QLabel))
    assert not isinstance(window.screen_widget, ScanView)
    dialog.secret.setText("wrong")
    dialog.go.click()
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    assert [run.end.status for run in window.scanning.run.parts if run.end] == [ScanStatus.ERROR, ScanStatus.COMPLETE]  # type: ignore[union-attr]


def test_a_mailbox_without_a_password_is_left_out_and_the_others_are_read(two: FakeServices, window: Window, wait_until: Wait) -> None:
    del two.secrets.kept[OMAR]
    window.accounts.read(KEY)
    wait_until(lambda: window.findChildren(PasswordDialog))
    (dialog,) = window.findChildren(PasswordDialog)
    assert dialog.cancel.text() == "Leave this one out"
    dialog.cancel.click()
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.end == End(ScanStatus.PARTIAL, "secret.missing", 40)
    wait_until(lambda: any(plain(text).startswith("No password was given for omar@other.example, so it was not read.") for text in texts(window)))
    two.secrets.kept[OMAR] = "right"
    next(each for each in window.findChildren(QAbstractButton) if each.text() == "Go on reading").click()
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end == End(ScanStatus.COMPLETE, None, 80))


@pytest.mark.parametrize("source", [SOURCE, KEY])
def test_where_no_password_is_given_at_all_nothing_is_started_and_that_is_said(two: FakeServices, window: Window, wait_until: Wait, source: str) -> None:
    two.secrets.kept.clear()
    window.auditing.open(SOURCE)
    wait_until(lambda: isinstance(window.screen_widget, AuditView))
    window.accounts.read(source)
    for _ in sources_of(source):
        wait_until(lambda: any(each.isVisible() for each in window.findChildren(PasswordDialog)))
        next(each for each in window.findChildren(PasswordDialog) if each.isVisible()).cancel.click()
    names = [two.audits.account(each).name for each in sources_of(source)]
    wait_until(lambda: any("No password was given for" in text and all(name in text for name in names) for text in texts(window)))
    assert window.scanning.run is None
    assert isinstance(window.screen_widget, AuditView)


def test_signing_in_that_fails_for_one_stops_no_other_and_is_offered_anew(
    two: FakeServices, window: Window, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.audits.saved[OMAR] = replace(two.audits.saved[OMAR], oauth=OAuthClient("client-1", GOOGLE))
    monkeypatch.setattr(window.accounts.browser, "grant", lambda account, then, failed: failed(UserError("oauth.refused", service="Google")))
    asked: list[str] = []
    monkeypatch.setattr(window.accounts.browser, "again", lambda account, then, failed: (asked.append(account.source), then(Grant("token", 0, ""), "")))
    window.accounts.read(KEY)
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.end == End(ScanStatus.PARTIAL, "oauth.refused", 40)
    wait_until(lambda: any("Google was not allowed to let Nitaq read" in plain(text) for text in texts(window)))
    next(each for each in window.findChildren(QAbstractButton) if each.text() == "Sign in again").click()
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end == End(ScanStatus.COMPLETE, None, 80))
    assert asked == [OMAR]


def plain(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2068\u2069")


def test_no_more_than_a_few_engines_run_at_once_and_cancel_ends_all(app: QApplication, tmp_path: Path) -> None:
    started: list[int] = []
    engines = [Engine(("none",), tmp_path) for _ in range(AT_ONCE + 2)]
    parts = [(ScanRun(engine, str(n), f"/{n}"), lambda n=n: started.append(n)) for n, engine in enumerate(engines)]
    runs = ScanRuns("all", "key", parts, app)  # type: ignore[arg-type]
    ends: list[End] = []
    runs.ended.connect(ends.append)
    runs.start()
    assert started == list(range(AT_ONCE))
    engines[0].progressed.emit("INBOX", 5, 10)
    engines[0].ended.emit(End(ScanStatus.COMPLETE, messages=5))
    assert started == list(range(AT_ONCE + 1))
    engines[1].progressed.emit("Sent", 7, 20)
    assert (runs.done, runs.total, runs.folder) == (12, 30, "Sent")
    assert runs.seconds_left is None
    runs.cancel()
    assert started == list(range(AT_ONCE + 1))
    for engine in engines[1:]:
        engine.ended.emit(End(ScanStatus.CANCELLED, messages=1))
    assert [(end.status, end.messages) for end in ends] == [(ScanStatus.CANCELLED, 5 + AT_ONCE)]


@pytest.mark.usefixtures("two")
def test_a_header_is_fetched_from_the_mailbox_that_has_it(window: Window, wait_until: Wait, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    window.accounts.read(KEY)
    wait_until(lambda: isinstance(window.screen_widget, AuditView))
    monkeypatch.setattr(window.accounts, "with_secret", lambda account, then: asked.append((account.source, "")))
    example = replace(report().domains[0].claims[0].record.examples[0], id=f"{OMAR}/INBOX;UIDVALIDITY=1/;UID=3")
    window.audit_actions.show_header(example)
    assert asked == [(OMAR, "")]


def test_servers_are_not_chosen_for_several_mailboxes_at_once(window: Window) -> None:
    alone, together = (BorderPanel(window.say, report().scope.border, window, several=several) for several in (False, True))
    alone.show()
    together.show()
    assert (alone.pin.isVisible(), together.pin.isVisible(), together.learn.isVisible()) == (True, False, False)
    assert any("its own mailbox" in each.text() for each in together.findChildren(QLabel))
    alone.close()
    together.close()


def test_an_audit_of_several_is_called_after_them() -> None:
    assert is_several(KEY)
    assert name_of_several(["a", "b"]) == "a + b"
    assert name_of_several(["a", "b", "c"]) == "a + 2"


def test_reading_several_again_asks_for_all_of_them(two: FakeServices, window: Window, wait_until: Wait) -> None:
    orders: list[list[ScanOrder]] = []
    window.accounts.all_ready.connect(lambda given, _: orders.append(given))
    window.accounts.read(KEY)
    wait_until(lambda: orders)
    assert [(order.source, order.secret) for order in orders[0]] == [(OMAR, "right"), (SOURCE, "right")]
