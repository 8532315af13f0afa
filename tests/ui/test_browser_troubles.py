"""Signing in with the browser where something is in the way: each has its sentence and a way on, and what was typed stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app.accounts import try_account
from app.errors import UserError
from app.model import Account
from app.sign_in.grant import Grant, grant_of
from app.sign_in.redirect import _Listener
from tests.servers.dovecot import free_port
from tests.ui.browser import USER, Place, pages, read
from tests.ui.services import SOURCE, FakeServices
from ui.account_draft import Draft
from ui.account_form import AccountForm
from ui.browser_dialog import BrowserDialog
from ui.scan_view import ScanView
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]


def texts(window: Window) -> list[str]:
    return [each.text() for each in window.findChildren(QLabel) if each.text() and each.isVisible()]


def says(window: Window, words: str) -> bool:
    return any(words in text for text in texts(window))


def filled(window: Window, place: Place, **fields: object) -> AccountForm:
    """The form as somebody has filled it in, and real trials."""
    window._services = replace(window._services, try_account=try_account)
    window._speak("en")
    window.show_form(place.draft(keep_secret=True, **fields))
    assert isinstance(window.screen_widget, AccountForm)
    return window.screen_widget


@pytest.fixture
def agreeing(browsing: Window) -> Callable[[str], object]:
    """The browser that agrees; `_speak` makes the actions anew, so a test hands it over again."""
    return browsing.accounts.browser.browse


def test_a_trial_asks_the_browser_once_and_what_it_gave_is_used_to_start(
    browsing: Window, agreeing: Callable[[str], object], services: FakeServices, place: Place, wait_until: Wait
) -> None:
    form = filled(browsing, place)
    browsing.accounts.browser.browse = agreeing
    form.trial.start.click()
    wait_until(lambda: says(browsing, "The folders can be read."))
    assert services.audits.saved.keys() == {SOURCE}
    assert services.secrets.kept == {}
    form.submit.click()
    wait_until(lambda: read(browsing) >= 0)
    assert (read(browsing), pages(place)) == (2, 1)


def test_a_server_that_is_not_there_is_said_before_anybody_has_to_sign_in(browsing: Window, place: Place, wait_until: Wait) -> None:
    form = filled(browsing, place, port=free_port())
    form.trial.start.click()
    wait_until(lambda: says(browsing, "The server could not be reached."))
    assert pages(place) == 0
    assert browsing.accounts.browser.dialog is None


def test_a_trial_with_the_wrong_account_in_the_browser_is_said_and_asks_again(
    browsing: Window, agreeing: Callable[[str], object], place: Place, wait_until: Wait
) -> None:
    place.oauth.user = "omar@firm.example"
    form = filled(browsing, place)
    browsing.accounts.browser.browse = agreeing
    form.trial.start.click()
    wait_until(lambda: says(browsing, "did not accept the sign-in of"))
    place.oauth.user = USER
    form.trial.start.click()
    wait_until(lambda: says(browsing, "The folders can be read."))
    assert pages(place) == 2


def test_a_cancelled_trial_is_said_beside_what_worked(browsing: Window, place: Place, wait_until: Wait) -> None:
    form = filled(browsing, place)
    browsing.accounts.browser.browse = lambda url: None
    form.trial.start.click()
    wait_until(lambda: browsing.accounts.browser.dialog is not None)
    assert browsing.accounts.browser.dialog is not None
    browsing.accounts.browser.dialog.cancel.click()
    wait_until(lambda: says(browsing, "Signing in was cancelled"))
    assert says(browsing, "The connection is encrypted")
    assert form.trial.start.isEnabled()


def test_a_refusal_leaves_the_form_as_it_was_filled_in(
    browsing: Window, agreeing: Callable[[str], object], place: Place, wait_until: Wait
) -> None:
    place.oauth.answer = {"error": "access_denied"}
    form = filled(browsing, place, own_domains="firm.example")
    browsing.accounts.browser.browse = agreeing
    form.submit.click()
    wait_until(lambda: says(browsing, "was not allowed to let Nitaq read"))
    assert browsing.screen_widget is form
    assert form.draft() == place.draft(keep_secret=True, own_domains="firm.example")


def test_where_no_browser_opens_the_link_can_be_copied(app: QApplication, browsing: Window, place: Place, wait_until: Wait) -> None:
    form = filled(browsing, place)
    browsing.accounts.browser.browse = lambda url: False
    form.submit.click()
    dialog = browsing.accounts.browser.dialog
    assert dialog is not None
    assert any("No browser could be opened" in each.text() for each in dialog.findChildren(QLabel))
    assert dialog.link.isVisible()
    dialog.reopen.click()
    assert sum("No browser could be opened" in each.text() for each in dialog.findChildren(QLabel)) == 1
    dialog.copy.click()
    assert app.clipboard().text() == dialog.link.text()
    assert dialog.link.text().startswith(f"{place.oauth.url}/authorize?")
    dialog.cancel.click()
    wait_until(lambda: says(browsing, "Signing in was cancelled"))


def test_a_page_that_was_closed_can_be_opened_again(browsing: Window, agreeing: Callable[[str], object], place: Place, wait_until: Wait) -> None:
    form = filled(browsing, place)
    browsing.accounts.browser.browse = lambda url: None
    form.submit.click()
    dialog = browsing.accounts.browser.dialog
    assert dialog is not None
    assert any("If the page was closed" in each.text() for each in dialog.findChildren(QLabel))
    browsing.accounts.browser.browse = agreeing
    dialog.reopen.click()
    wait_until(lambda: read(browsing) >= 0)
    assert read(browsing) == 2


def test_where_nobody_can_listen_on_this_computer_that_is_said(browsing: Window, place: Place, wait_until: Wait, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(self: _Listener) -> None:
        raise OSError(98, "Address already in use")

    form = filled(browsing, place)
    monkeypatch.setattr(_Listener, "server_bind", busy)
    form.submit.click()
    wait_until(lambda: says(browsing, "could not listen for the answer of your browser"))
    assert browsing.screen_widget is form


@pytest.fixture
def kept(services: FakeServices, place: Place) -> Account:
    """A saved account whose token is over, with a permission that counts."""
    account = replace(place.draft(keep_secret=True).account(), oauth=place.oauth.client())
    place.oauth.refresh.add("refresh-0")
    services.audits.save_account(account)
    services.secrets.kept[account.source] = Grant("", 0, "refresh-0", place.oauth.client_secret).to_secret()
    return account


def test_a_keyring_that_does_not_take_a_renewed_sign_in_is_said_and_the_scan_goes_on(
    browsing: Window, services: FakeServices, place: Place, kept: Account, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(account: str, secret: str) -> None:
        raise UserError("secret.unavailable")

    monkeypatch.setattr(services.secrets, "set", refuse)
    browsing.accounts.read(kept.source)
    wait_until(lambda: says(browsing, "keyring did not take the sign-in"))
    wait_until(lambda: read(browsing) >= 0)
    assert (read(browsing), pages(place)) == (2, 0)


def test_a_keyring_that_gives_nothing_is_said_before_the_browser_is_asked(
    browsing: Window, services: FakeServices, place: Place, kept: Account, wait_until: Wait
) -> None:
    services.secrets.kept.clear()
    browsing.accounts.browser.browse = lambda url: None
    browsing.accounts.read(kept.source)
    wait_until(lambda: browsing.findChildren(BrowserDialog))
    (dialog,) = browsing.findChildren(BrowserDialog)
    assert any("it is locked, or it has lost it" in each.text() for each in dialog.findChildren(QLabel))
    dialog.cancel.click()
    wait_until(lambda: says(browsing, "Signing in was cancelled"))


EXPIRED = """
print(json.dumps({"event": "warning", "code": "oauth.expired", "params": {"service": "Firm"}}))
print(json.dumps({"event": "end", "status": "error", "code": "oauth.expired"}))
"""


def test_a_permission_that_ended_in_a_scan_is_mended_with_one_button(
    browsing: Window, services: FakeServices, place: Place, kept: Account, wait_until: Wait
) -> None:
    agreeing, real = browsing.accounts.browser.browse, browsing._services
    services.script(EXPIRED)
    browsing.scanning._services = replace(real, engine=services.bundle().engine, engine_folder=services.folder)
    browsing.accounts.read(kept.source)
    wait_until(lambda: isinstance(browsing.screen_widget, ScanView) and browsing.screen_widget.first.text() == "Sign in again")
    wait_until(lambda: says(browsing, "Sign in again with the browser."))
    browsing.scanning._services = real
    browsing.accounts.browser.browse = agreeing
    assert isinstance(browsing.screen_widget, ScanView)
    first = browsing.screen_widget.first
    assert isinstance(first, QAbstractButton)
    first.click()
    wait_until(lambda: read(browsing) == 2)
    assert pages(place) == 1
    assert grant_of(services.secrets.kept[kept.source]).refresh_token in place.oauth.refresh


def test_settings_are_changed_without_signing_in_again(browsing: Window, services: FakeServices, place: Place, kept: Account, wait_until: Wait) -> None:
    browsing.change(kept.source)
    form = browsing.screen_widget
    assert isinstance(form, AccountForm)
    services.audits.saved[kept.source] = replace(kept, oauth=form.draft().account().oauth)
    form.folders.setPlainText("INBOX")
    form.submit.click()
    wait_until(lambda: read(browsing) >= 0)
    assert (read(browsing), pages(place)) == (2, 0)
    assert services.audits.saved[kept.source].folders == ("INBOX",)


def test_a_sign_in_no_longer_wanted_in_the_keyring_leaves_it(
    browsing: Window, agreeing: Callable[[str], object], services: FakeServices, place: Place, kept: Account, wait_until: Wait
) -> None:
    browsing.accounts.submit(place.draft(keep_secret=False, kept_for=kept.source, original=kept.source))
    wait_until(lambda: read(browsing) >= 0)
    assert services.secrets.kept == {}
    assert not services.audits.saved[kept.source].keep_secret


def test_the_form_does_not_wait_for_the_keyring(window: Window, services: FakeServices, wait_until: Wait, monkeypatch: pytest.MonkeyPatch) -> None:
    answered, threads = threading.Event(), []

    def slow() -> bool:
        threads.append(threading.current_thread())
        answered.wait(10)
        return False

    monkeypatch.setattr(services.secrets, "available", slow)
    window.show_form(Draft(keep_secret=True))
    form = window.screen_widget
    assert isinstance(form, AccountForm)
    assert form.keep.isEnabled()
    answered.set()
    wait_until(lambda: not form.keep.isEnabled())
    assert says(window, "This system has no keyring")
    assert not form.draft().keep_secret
    assert threading.main_thread() not in threads


def test_without_a_keyring_the_browser_is_asked_once_while_the_window_is_open(browsing: Window, services: FakeServices, place: Place, wait_until: Wait) -> None:
    services.secrets.present = False
    browsing.accounts.submit(place.draft(keep_secret=False))
    wait_until(lambda: read(browsing) >= 0)
    (account,) = [each for each in services.audits.saved.values() if each.oauth]
    browsing.scanning.run = None
    browsing.accounts.read(account.source)
    wait_until(lambda: read(browsing) >= 0)
    assert (read(browsing), pages(place)) == (2, 1)
    assert services.secrets.kept == {}
