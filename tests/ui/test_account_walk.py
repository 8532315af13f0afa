"""From an address to a running scan, by keyboard alone, in both languages: the start, one form, and the scan against a real Dovecot."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.accounts import try_account
from app.i18n import LANGUAGES, Translation
from app.model import MailServer
from tests.mailmaker import message
from tests.servers.dovecot import Dovecot
from tests.ui.services import FakeServices
from tests.ui.test_connection_test import words
from tests.ui.test_first_time_walk import by_keyboard, write
from ui.account_form import AccountForm
from ui.scan_view import ScanView
from ui.start import StartScreen
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
USER = "sara@firm.example"


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with Dovecot(tmp_path_factory.mktemp("dovecot")) as server:
        server.add_maildir(USER, [message(1), message(2)])
        yield server


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_and_a_password_come_to_a_running_scan_over_one_form(
    window: Window, services: FakeServices, dovecot: Dovecot, wait_until: Wait, language: str
) -> None:
    """The domain names its server when it is asked; only the authority of a private certificate has to be given besides."""
    services.server = MailServer("localhost", dovecot.imaps_port, "imaps")
    window._services = replace(services.bundle(), engine=(sys.executable, "-m", "app"), engine_folder=Path.cwd(), try_account=try_account)
    screens = seen(window)
    window.set_language(language)
    window.activateWindow()
    wait_until(lambda: QApplication.focusWidget() is not None)
    say, start = Translation(language), window.screen_widget
    assert isinstance(start, StartScreen)
    by_keyboard(start.account_door)
    form = window.screen_widget
    assert isinstance(form, AccountForm)
    wait_until(form.user.hasFocus)
    write(USER)
    by_keyboard(form.search.ask)
    wait_until(lambda: form.search.use.isVisible())
    by_keyboard(form.search.use)
    wait_until(lambda: form.port.text() == str(dovecot.imaps_port))
    tab_to(form.secret)
    write(dovecot.password)
    by_keyboard(form.more)
    tab_to(form.ca_file)
    write(str(dovecot.ca_file))
    by_keyboard(form.trial.start)
    wait_until(lambda: say("The folders can be read.") in words(form.trial))
    by_keyboard(form.submit)
    wait_until(lambda: isinstance(window.screen_widget, ScanView))
    assert screens == [StartScreen, AccountForm, ScanView]
    run = window.scanning.run
    assert run is not None
    wait_until(lambda: run.end is not None)
    assert (run.end.status, run.end.messages) == ("complete", 2)  # type: ignore[union-attr]
    assert dovecot.password not in str(services.audits.saved)


def seen(window: Window) -> list[type]:
    """What kinds of screens the window shows from now on; one that is made again in another language counts once."""
    kinds: list[type] = []
    rebuild = window._rebuild

    def note() -> None:
        rebuild()
        kind = type(window.screen_widget)
        if kinds[-1:] != [kind]:
            kinds.append(kind)

    window._rebuild = note  # type: ignore[method-assign]
    return kinds


def tab_to(wanted: object) -> None:
    """As somebody does who types on: Tab, and round from the end to the beginning."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is wanted:
            return
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("it cannot be reached by Tab")
