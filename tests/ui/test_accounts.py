"""Accounts over time: mended after a failure, left unread, kept or forgotten, with and without a willing keyring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton

from app.audit_key import key_of
from app.errors import UserError, WorldError
from app.model import Account, AuditEntry, Example, Looked, OAuthClient
from app.sign_in.services import GOOGLE
from tests.ui.reports import report
from tests.ui.services import SOURCE, FakeServices
from ui.account_draft import Draft, draft_of, field_to_mend, mistakes
from ui.account_form import AccountForm
from ui.forget import ForgetDialog
from ui.message_header import HeaderDialog
from ui.password import PasswordDialog
from ui.scan_view import ScanView
from ui.start import StartScreen
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
ECHO = 'print(json.dumps({"event": "end", "status": "error", "code": " ".join(sys.argv[1:])}))\n'
REFUSE = """
print(json.dumps({"event": "warning", "code": "auth.failed", "params": {"user": "sara"}}))
print(json.dumps({"event": "end", "status": "error", "code": "auth.failed"}))
"""


def texts(window: Window) -> list[str]:
    return [each.text() for each in window.findChildren(QLabel) if each.isVisible()]


def started(window: Window) -> StartScreen:
    window.show_start()
    assert isinstance(window.screen_widget, StartScreen)
    return window.screen_widget


def button(parent: StartScreen, name: str) -> QAbstractButton:
    return next(each for each in parent.findChildren(QAbstractButton) if name in each.accessibleName())


def test_what_a_browser_gave_is_not_kept_for_a_password() -> None:
    account = Account("sara", SOURCE, keep_secret=True, oauth=OAuthClient("id", GOOGLE))
    assert draft_of(account).secret_known
    with_password = replace(draft_of(account), way="")
    assert not with_password.secret_known
    assert set(mistakes(with_password)) == {"secret"}


@pytest.mark.parametrize("audited", [True, False])
def test_an_account_whose_server_changes_gives_way_with_its_secret_unless_it_has_audits(
    window: Window, services: FakeServices, wait_until: Wait, audited: bool
) -> None:
    services.secrets.kept = {SOURCE: "old"}
    services.audits.saved[SOURCE] = Account("sara", SOURCE, keep_secret=True)
    services.audits.reports = {}
    services.audits.past = [AuditEntry(1, SOURCE, 1, "complete", 5)] if audited else []
    draft = replace(draft_of(services.audits.saved[SOURCE]), user="sara", host="new.firm.example", secret="new")
    window.accounts.submit(draft)
    wait_until(lambda: draft.source in services.audits.saved)
    named = {source: account.name for source, account in services.audits.saved.items()}
    if audited:
        assert named == {SOURCE: "sara", draft.source: "sara (new.firm.example)"}
        assert services.secrets.kept == {SOURCE: "old", draft.source: "new"}
    else:
        assert named == {draft.source: "sara"}
        assert services.secrets.kept == {draft.source: "new"}


def test_an_account_that_an_audit_of_several_covers_stays_when_its_server_changes(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.audits.saved[SOURCE] = Account("sara", SOURCE)
    services.audits.reports = {key_of((SOURCE, "/mail/omar.mbox")): report()}
    draft = replace(draft_of(services.audits.saved[SOURCE]), host="new.firm.example", secret="new")
    window.accounts.submit(draft)
    wait_until(lambda: draft.source in services.audits.saved)
    assert SOURCE in services.audits.saved


def test_a_host_in_any_script_is_kept_under_the_key_of_the_engine() -> None:
    assert Draft(host="bücher.example", user="sara").source == "imaps://sara@xn--bcher-kva.example"
    assert Draft(host="bücher..example", user="sara").source == "imaps://sara@bücher..example"


def test_a_refused_password_that_is_not_kept_is_asked_for_again(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script("sys.stdin.readline()\n" + REFUSE)
    window.accounts.submit(Draft(host="mail.firm.example", user="sara", secret="mistyped"))
    wait_until(lambda: isinstance(window.screen_widget, ScanView) and window.scanning.run is not None and window.scanning.run.end is not None)
    wait_until(lambda: any(each.text() == "Try again" for each in window.findChildren(QAbstractButton)))
    next(each for each in window.findChildren(QAbstractButton) if each.text() == "Try again").click()
    wait_until(lambda: window.findChildren(PasswordDialog))


def test_enter_presses_the_door_that_has_the_keyboard(window: Window) -> None:
    QTest.keyClick(started(window).account_door, Qt.Key.Key_Return)
    assert isinstance(window.screen_widget, AccountForm)


def test_an_own_certificate_authority_is_kept_and_used(window: Window, services: FakeServices, tmp_path: Path, wait_until: Wait) -> None:
    authority = tmp_path / "ca.pem"
    draft = Draft(host="mail.firm.example", user="sara", secret="x", ca_file=str(authority))
    assert set(mistakes(draft)) == {"ca_file"}
    authority.touch()
    assert mistakes(draft) == {}
    services.script(ECHO)
    window.accounts.submit(draft)
    wait_until(lambda: any(f"--ca {authority}" in text for text in texts(window)))
    (account,) = [each for each in services.audits.saved.values() if each.ca_file]
    assert draft_of(account).ca_file == str(authority)


def test_a_wrong_password_leads_back_to_its_field_with_the_reason(app: QApplication, window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.audits.saved[SOURCE] = Account("sara", SOURCE, keep_secret=True)
    services.secrets.kept[SOURCE] = "wrong"
    services.script(REFUSE)
    window.activateWindow()
    window.accounts.read(SOURCE)
    wait_until(lambda: isinstance(window.screen_widget, ScanView) and window.screen_widget.first.text() == "Check the settings")
    wait_until(lambda: app.focusWidget() is window.screen_widget.first)
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Return)
    form = window.screen_widget
    assert isinstance(form, AccountForm)
    assert app.focusWidget() is form.secret
    wait_until(lambda: any(text.startswith("The server did not accept the user name and password for sara.") for text in texts(window)))


@pytest.mark.parametrize(
    ("code", "name"), [("tls.certificate", "ca_file"), ("auth.failed", "secret"), ("connection", "host"), ("store.full", ""), (None, "")]
)
def test_each_failure_has_the_field_that_mends_it(code: str | None, name: str) -> None:
    assert field_to_mend(code) == name


def test_the_secret_of_one_server_is_not_taken_for_that_of_another() -> None:
    known = draft_of(Account("sara", SOURCE, keep_secret=True))
    assert known.secret_known
    moved = Draft(known.scheme, "other.example", known.port, known.user, keep_secret=True, kept_for=known.kept_for)
    assert not moved.secret_known
    assert set(mistakes(moved)) == {"secret"}
    assert not Draft(host="new.example", user="sara", keep_secret=True).secret_known


def test_a_password_no_longer_wanted_in_the_keyring_leaves_it(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.secrets.kept[SOURCE] = "old"
    draft = draft_of(Account("sara", SOURCE, keep_secret=True))
    services.script(ECHO)
    window.accounts.submit(Draft(draft.scheme, draft.host, draft.port, draft.user, secret="new", kept_for=draft.kept_for))
    wait_until(lambda: isinstance(window.screen_widget, ScanView))
    assert services.secrets.kept == {}
    assert not services.audits.saved[SOURCE].keep_secret


def test_a_port_put_right_leaves_no_second_account(window: Window, services: FakeServices, wait_until: Wait) -> None:
    wrong = draft_of(Account("omar", "imaps://omar@mail.firm.example:1"))
    services.audits.saved[wrong.source] = wrong.account()
    services.script(ECHO)
    window.accounts.submit(replace(wrong, port=993, secret="x"))
    wait_until(lambda: isinstance(window.screen_widget, ScanView))
    assert [source for source in services.audits.saved if "omar" in source] == ["imaps://omar@mail.firm.example"]


def test_a_keyring_that_refuses_is_said_and_the_scan_goes_on(
    window: Window, services: FakeServices, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(account: str, secret: str) -> None:
        raise UserError("secret.unavailable")

    monkeypatch.setattr(services.secrets, "set", refuse)
    services.script(ECHO)
    window.accounts.submit(Draft(host="mail.firm.example", user="sara", secret="x", keep_secret=True))
    wait_until(lambda: any("The system's keyring did not take the password" in text for text in texts(window)))
    assert not any(account.keep_secret for account in services.audits.saved.values())


def test_an_account_that_was_never_read_is_on_the_start_screen(window: Window, services: FakeServices) -> None:
    source = "imaps://omar@mail.firm.example"
    services.audits.saved[source] = Account("omar", source)
    start = started(window)
    button(start, "omar · Not read yet").click()
    form = window.screen_widget
    assert isinstance(form, AccountForm)
    assert (form.host.text(), form.user.text()) == ("mail.firm.example", "omar")


def forgetting(window: Window, wait_until: Wait, name: str) -> ForgetDialog:
    more = button(started(window), f"More for {name}")
    assert isinstance(more, QToolButton)
    next(action for action in more.menu().actions() if action.text() == "Forget …").trigger()
    wait_until(lambda: window.forgetting.dialog is not None)
    assert window.forgetting.dialog is not None
    return window.forgetting.dialog


@pytest.mark.parametrize("sure", [True, False])
def test_an_account_is_forgotten_after_saying_what_goes(window: Window, services: FakeServices, wait_until: Wait, sure: bool) -> None:
    services.audits.saved[SOURCE] = Account("sara", SOURCE, keep_secret=True)
    services.secrets.kept[SOURCE] = "x"
    dialog = forgetting(window, wait_until, "sara")
    assert any("keyring" in line for line in dialog.gone)
    assert any("981 messages" in line and "2.4 MB" in line for line in dialog.gone)
    assert any("exported" in line for line in dialog.stays)
    wait_until(dialog.keep.hasFocus)
    QTest.keyClick(dialog.keep, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier) if sure else None
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    wait_until(lambda: window.forgetting.dialog is None)
    if sure:
        wait_until(lambda: any("Nitaq has looked again: nothing of it is left" in text for text in texts(window)))
        assert services.secrets.kept == {}
        assert services.audits.recent() == []
    else:
        assert SOURCE in services.audits.saved
        assert services.secrets.kept == {SOURCE: "x"}


def test_what_was_given_and_what_was_shown_last_are_forgotten_with_the_account(window: Window, services: FakeServices, wait_until: Wait) -> None:
    window._given.keep(SOURCE, "typed")
    services.preferences.set("last", f"domains\n{key_of((SOURCE, '/home/sara/old.mbox'))}")
    forgetting(window, wait_until, "sara").go.click()
    wait_until(lambda: any("nothing of it is left" in text for text in texts(window)))
    assert window._given.get(SOURCE) is None
    assert services.preferences.setting("last") == ""


@pytest.mark.parametrize("too", [True, False])
def test_decisions_about_names_that_only_it_has_seen_are_asked_about(window: Window, services: FakeServices, wait_until: Wait, too: bool) -> None:
    services.audits.alone = ("f1rm.example", "lina@freemail.example")
    dialog = forgetting(window, wait_until, "sara")
    assert dialog.decisions.isVisible()
    assert "2 decisions" in dialog.decisions.text()
    dialog.decisions.setChecked(too)
    dialog.go.click()
    wait_until(lambda: SOURCE not in services.audits.saved)
    assert services.audits.forgot == (services.audits.alone if too else ())


@pytest.mark.parametrize("what", ["file", "keyring"])
def test_what_is_still_there_afterwards_is_said(
    window: Window, services: FakeServices, wait_until: Wait, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    services.secrets.kept[SOURCE] = "x"
    if what == "file":
        services.audits.left = ("/data/nitaq/workspace.sqlite",)
    else:
        monkeypatch.setattr(services.secrets, "forget", lambda account: None)
    forgetting(window, wait_until, "sara").go.click()
    sentence = "left in /data/nitaq/workspace.sqlite" if what == "file" else "keyring still has its password"
    wait_until(lambda: any(sentence in plain(text) for text in texts(window)))


def test_a_locked_keyring_leaves_everything_as_it_was(window: Window, services: FakeServices, wait_until: Wait, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(account: str) -> None:
        raise UserError("secret.locked")

    monkeypatch.setattr(services.secrets, "forget", locked)
    monkeypatch.setattr(services.secrets, "look", lambda account: Looked.UNSEEN)
    dialog = forgetting(window, wait_until, "sara")
    assert any("keyring may hold of it" in line for line in dialog.gone)
    dialog.go.click()
    wait_until(lambda: any("Nothing was forgotten. Unlock the keyring" in text for text in texts(window)))
    assert SOURCE in services.audits.saved
    assert services.audits.recent()


def test_where_no_keyring_is_open_it_is_not_said_that_nothing_is_left_in_it(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.secrets.present = False
    dialog = forgetting(window, wait_until, "sara")
    assert any("keyring may hold of it" in line for line in dialog.gone)
    dialog.go.click()
    wait_until(lambda: any("Into the system's keyring Nitaq could not look" in text for text in texts(window)))
    assert not any("or in the keyring" in text for text in texts(window))


def plain(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2068\u2069")


def test_an_audit_that_cannot_be_used_any_more_is_read_again_once(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.audits.reports["/mail"] = report()
    services.audits.problem = WorldError("store.damaged", path="cache.sqlite")
    services.script('print(json.dumps({"event": "end", "status": "complete", "messages": 3}))\n')
    window.open_audit("/mail")
    wait_until(lambda: any("so it is read again" in text for text in texts(window)))
    wait_until(lambda: isinstance(window.screen_widget, StartScreen) and any("cache.sqlite is damaged" in text for text in texts(window)))


def test_a_password_that_no_keyring_keeps_is_asked_for_once_while_the_window_is_open(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script("sys.stdin.readline()\n" + ECHO)
    for asked in (1, 0):
        window.accounts.read(SOURCE)
        wait_until(lambda: window.findChildren(PasswordDialog) or isinstance(window.screen_widget, ScanView))
        assert len(window.findChildren(PasswordDialog)) == asked
        for dialog in window.findChildren(PasswordDialog):
            dialog.secret.setText("typed")
            dialog.go.click()
        wait_until(lambda: isinstance(window.screen_widget, ScanView) and window.scanning.run is not None and window.scanning.run.end is not None)
        window.set_language("ar")
        window.show_start()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert services.secrets.kept == {}
    assert "typed" not in repr(window._given)


def test_a_password_that_was_not_accepted_is_asked_for_again(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script("sys.stdin.readline()\n" + REFUSE)
    window._given.keep(SOURCE, "wrong")
    window.accounts.read(SOURCE)
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    window.show_start()
    window.accounts.read(SOURCE)
    wait_until(lambda: window.findChildren(PasswordDialog))
    (dialog,) = window.findChildren(PasswordDialog)
    dialog.reject()


def test_an_account_past_the_proxy_fetches_a_header_that_way_too(window: Window, services: FakeServices, wait_until: Wait) -> None:
    account = Account("sara", SOURCE, direct=True, oauth=OAuthClient("client-1", GOOGLE))
    services.script('print(" ".join(sys.argv[1:]), sys.stdin.readline())')
    dialog = HeaderDialog(window.say, services.bundle(), account, Example("INBOX;UIDVALIDITY=1/;UID=1", 0, "Hello", ""), "grant", window)
    dialog.open()
    wait_until(lambda: "--auth oauth --no-proxy --secret-stdin" in dialog.text.toPlainText())
    assert "grant" in dialog.text.toPlainText()
    dialog.reject()
