"""The account form: what it asks, what it finds wrong, and what it makes of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.errors import UserError
from app.i18n import LANGUAGES, Translation
from app.model import Account, MailServer
from app.network.proxy import KINDS
from tests.ui.services import FakeServices
from ui.account_draft import Draft, draft_of, mistakes
from ui.account_form import AccountForm
from ui.main import name_proxy
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]


@pytest.fixture
def form(app: QApplication, say: Translation) -> Iterator[AccountForm]:
    form = AccountForm(say, Draft(), keyring=True)
    form.resize(1024, 640)
    form.show()
    app.processEvents()
    yield form
    form.close()
    form.deleteLater()


def errors(form: AccountForm) -> list[str]:
    return [each.text() for each in form.findChildren(QLabel) if each.property("kind") == "error" and not each.isHidden()]


def test_the_promise_stands_on_the_form(form: AccountForm) -> None:
    assert any(each.text() == "Nitaq only reads. It cannot change or delete mail." for each in form.findChildren(QLabel))


def test_what_is_missing_is_said_at_its_field_and_the_first_gets_the_keyboard(form: AccountForm) -> None:
    submitted: list[Draft] = []
    form.submitted.connect(submitted.append)
    QTest.keyClicks(form.user, "sara")
    QTest.mouseClick(form.submit, Qt.MouseButton.LeftButton)
    assert errors(form) == ["The name of the server is missing.", "The password is missing."]
    assert form.host.hasFocus()
    assert submitted == []


def test_enter_in_a_complete_form_submits_it(form: AccountForm) -> None:
    submitted: list[Draft] = []
    form.submitted.connect(submitted.append)
    QTest.keyClicks(form.host, "imap.firm.example")
    QTest.keyClicks(form.user, "sara@firm.example")
    QTest.keyClicks(form.own_domains, "firm.example, @Firm.test")
    form.folders.setPlainText("INBOX\nArchive, old")
    form.limit_date.setChecked(True)
    form.since.setDate(QDate(2026, 1, 2))
    QTest.keyClicks(form.secret, "secret")
    QTest.keyClick(form.secret, Qt.Key.Key_Return)
    (draft,) = submitted
    assert draft.account() == Account(
        "sara@firm.example", "imaps://sara%40firm.example@imap.firm.example", ("firm.example", "firm.test"), ("INBOX", "Archive, old"), date(2026, 1, 2)
    )


def test_the_port_follows_the_encryption_unless_it_was_chosen(form: AccountForm) -> None:
    form.security.setCurrentIndex(1)
    assert form.port.text() == "143"
    form.port.setText("1143")
    form.security.setCurrentIndex(0)
    assert form.port.text() == "1143"


@pytest.mark.parametrize("port", ["", "0", "99999"])
def test_a_port_that_is_none_is_said(form: AccountForm, port: str) -> None:
    form.port.setText(port)
    form.submit.click()
    assert "The port is a number from 1 to 65535." in errors(form)


def test_the_password_is_hidden_until_asked_for(form: AccountForm) -> None:
    assert form.secret.echoMode() == QLineEdit.EchoMode.Password
    form.show_secret.click()
    assert form.secret.echoMode() == QLineEdit.EchoMode.Normal


def test_without_a_keyring_remembering_is_not_offered(app: QApplication, say: Translation) -> None:
    form = AccountForm(say, Draft(keep_secret=True), keyring=False)
    assert not form.keep.isEnabled()
    assert not form.keep.isChecked()


def test_escape_leaves(form: AccountForm) -> None:
    left: list[bool] = []
    form.left.connect(lambda: left.append(True))
    QTest.keyClick(form.host, Qt.Key.Key_Escape)
    assert left == [True]


@pytest.mark.parametrize("host", ["imap.firm.example", "localhost", "192.0.2.1", "بريد.example"])
def test_a_server_may_be_called(host: str) -> None:
    assert "host" not in mistakes(Draft(host=host, user="x", secret="x"))


@pytest.mark.parametrize("host", ["imap firm", "https://imap.firm.example", "imap.firm.example:993", "a@b", "-a.example", "a..b", "a/b"])
def test_a_server_may_not_be_called(host: str) -> None:
    assert "host" in mistakes(Draft(host=host, user="x", secret="x"))


@pytest.mark.parametrize("domains", ["firm", "fi rm", "http://firm.example", "firm..example"])
def test_what_is_no_domain_is_said(domains: str) -> None:
    assert "own_domains" in mistakes(Draft(host="a.example", user="x", secret="x", own_domains=domains))


def test_an_arabic_domain_is_kept_as_computers_write_it() -> None:
    (domain,) = Draft(own_domains="نقل.example").account().own_domains or ()
    assert domain.startswith("xn--")
    assert domain.encode().decode("idna") == "نقل.example"


def test_an_account_can_be_changed_and_comes_back_the_same() -> None:
    account = Account("k", "imap://a%2Fb%40c@h.example:1143", ("x.example",), ("INBOX",), date(2025, 5, 1), True)
    again = draft_of(account)
    assert again.user == "a/b@c"
    assert again.source == account.source
    assert again.account().own_domains == account.own_domains


def test_two_servers_with_one_user_name_are_told_apart() -> None:
    drafts = [Draft(host="one.example", user="sara"), Draft(host="two.example", user="sara")]
    drafts += [replace(drafts[1], port=1993), replace(drafts[1], scheme="imap", port=1993), replace(drafts[1], host="three.example")]
    known: list[Account] = []
    for draft in drafts:
        known.append(draft.account(known))
    assert [account.name for account in known] == [
        "sara", "sara (two.example)", "sara (two.example:1993)", "imap://sara@two.example:1993", "sara (three.example)"
    ]  # fmt: skip


def test_an_account_keeps_its_name_when_it_is_changed() -> None:
    first, second = Account("sara", "imaps://sara@one.example"), Account("sara (two.example)", "imaps://sara@two.example")
    assert draft_of(second).account([second]).name == second.name
    assert draft_of(first).account([first, second]).name == first.name


def test_the_password_is_in_no_representation() -> None:
    assert "hunter2" not in repr(Draft(secret="hunter2"))


def test_an_address_alone_fills_the_settings_of_a_known_provider_and_says_what_it_asks(form: AccountForm) -> None:
    assert form.first is form.user
    QTest.keyClicks(form.user, "sara@gmail.com")
    assert (form.host.text(), form.security.currentData(), form.port.text()) == ("imap.gmail.com", "imaps", "993")
    assert "app password" in form.hint.words.text()
    assert form.hint.open_page.isVisible()
    form.user.setText("sara@proton.me")
    assert (form.host.text(), form.security.currentData(), form.port.text()) == ("127.0.0.1", "imap", "1143")
    form.user.setText("sara@firm.example")
    assert (form.host.text(), form.security.currentData(), form.port.text()) == ("imap.firm.example", "imaps", "993")
    assert not form.hint.isVisible()
    form.user.setText("sara")
    assert form.host.text() == ""


def test_a_server_that_was_typed_is_not_replaced_by_a_known_providers(form: AccountForm) -> None:
    QTest.keyClicks(form.host, "mail.firm.example")
    QTest.keyClicks(form.user, "sara@gmail.com")
    assert form.host.text() == "mail.firm.example"


def test_the_settings_of_a_saved_account_stay_as_they_are(app: QApplication, say: Translation) -> None:
    form = AccountForm(say, Draft(host="relay.firm.example", user="sara@gmail.com", port=1993), keyring=True)
    assert (form.host.text(), form.port.text()) == ("relay.firm.example", "1993")


@pytest.fixture
def unknown(window: Window) -> AccountForm:
    """The form with an address of a domain that no table knows."""
    window.show_form(Draft())
    form = window.screen_widget
    assert isinstance(form, AccountForm)
    form.user.setText("sara@firm.example")
    return form


def test_a_domain_is_asked_only_after_the_user_agreed_and_is_named_before(unknown: AccountForm, services: FakeServices, wait_until: Wait) -> None:
    services.server = MailServer("imap.firm.example", 1143, "imap")
    assert services.asked == []
    assert "firm.example" in unknown.search.words.text()
    assert "firm.example" in unknown.search.ask.text()
    unknown.search.ask.click()
    wait_until(lambda: unknown.port.text() == "1143")
    assert (unknown.host.text(), unknown.security.currentData(), unknown.port.text()) == ("imap.firm.example", "imap", "1143")
    assert services.asked == ["sara@firm.example"]


def test_a_server_of_another_domain_is_used_only_when_confirmed(unknown: AccountForm, services: FakeServices, wait_until: Wait) -> None:
    services.server = MailServer("imap.host.test", 993, "imaps")
    unknown.search.ask.click()
    wait_until(lambda: unknown.search.use.isVisibleTo(unknown))
    assert unknown.host.text() == "imap.firm.example"
    assert "imap.host.test" in unknown.search.words.text()
    unknown.search.use.click()
    assert unknown.host.text() == "imap.host.test"


def test_a_domain_that_names_nothing_is_said(unknown: AccountForm, wait_until: Wait) -> None:
    unknown.search.ask.click()
    wait_until(lambda: "names no settings" in unknown.search.words.text())
    assert unknown.host.text() == "imap.firm.example"


def test_an_answer_for_an_earlier_address_fills_nothing(unknown: AccountForm) -> None:
    unknown.user.setText("sara@other.example")
    unknown.search.tell("sara@firm.example", MailServer("mail.firm.example", 993, "imaps"))
    assert unknown.host.text() == "imap.other.example"


@pytest.mark.parametrize(("field", "typed"), [("host", "mail.typed.example"), ("port", "1993")])
def test_an_answer_that_comes_late_replaces_nothing_that_was_typed_meanwhile(unknown: AccountForm, field: str, typed: str) -> None:
    getattr(unknown, field).setText(typed)
    unknown.search.tell("sara@firm.example", MailServer("other.firm.example", 143, "imap"))
    assert getattr(unknown, field).text() == typed
    assert "You have given another one meanwhile" in unknown.search.words.text()
    unknown.search.use.click()
    assert (unknown.host.text(), unknown.security.currentData(), unknown.port.text()) == ("other.firm.example", "imap", "143")


def test_a_user_name_that_the_domain_names_is_filled_in_and_the_own_domain_stays_known(unknown: AccountForm) -> None:
    unknown.search.tell("sara@firm.example", MailServer("mail.firm.example", 993, "imaps", user="sara", browser=True))
    assert (unknown.user.text(), unknown.host.text(), unknown.own_domains.text()) == ("sara", "mail.firm.example", "firm.example")
    assert "sign in with the browser" in unknown.search.words.text()


def test_a_domain_that_a_large_provider_hosts_gets_its_hint_and_its_way_to_sign_in(unknown: AccountForm) -> None:
    unknown.search.tell("sara@firm.example", MailServer("outlook.office365.com", 993, "imaps", browser=True))
    assert not unknown.hint.isVisible(), "not before it is confirmed"
    unknown.search.use.click()
    assert "Microsoft 365 takes no password" in plain(unknown.hint.words.text())
    assert unknown.sign_in.way.currentData() == "microsoft"
    unknown.user.setText("sara@firm2.example")
    unknown.host.setText("imap.firm2.example")
    assert not unknown.hint.isVisible()


def test_a_provider_that_takes_no_password_is_signed_in_to_with_the_browser_unless_the_user_wants_otherwise(form: AccountForm, say: Translation) -> None:
    form.user.setText("sara@outlook.com")
    assert form.sign_in.way.currentData() == "microsoft"
    form.user.setText("sara@gmx.de")
    assert form.sign_in.way.currentData() == ""
    saved = AccountForm(say, draft_of(Account("sara", "imaps://sara%40outlook.com@outlook.office365.com")), keyring=True)
    assert saved.sign_in.way.currentData() == "", "how a saved account is signed in stays as it is"


def test_what_has_a_usual_value_is_folded_away_until_it_is_wanted_or_wrong(form: AccountForm) -> None:
    folded = (form.security, form.port, form.folders, form.limit_date, form.others.look, form.own_domains, form.ca_file)
    shown = (form.user, form.host, form.sign_in.way, form.secret, form.keep, form.trial.start)
    QTest.keyClicks(form.user, "sara@firm.example")
    assert all(each.isVisible() for each in shown)
    assert not any(each.isVisible() for each in folded)
    assert form.assumed.isVisible()
    form.more.click()
    assert all(each.isVisible() for each in folded)
    form.more.click()
    form.port.setText("")
    form.submit.click()
    assert form.port.isVisible()
    assert "The port is a number from 1 to 65535." in errors(form)


@pytest.mark.parametrize("draft", [Draft(folders="INBOX"), Draft(port=1993), Draft(others=("shared/omar",)), Draft(ca_file="/ca.pem")])
def test_what_has_another_value_than_usual_is_shown(app: QApplication, say: Translation, draft: Draft) -> None:
    form = AccountForm(say, replace(draft, host="mail.firm.example", user="sara"), keyring=True)
    assert form.folders.isVisibleTo(form)
    assert not AccountForm(say, Draft(host="mail.firm.example", user="sara"), keyring=True).folders.isVisibleTo(form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_form_is_walked_with_tab_from_the_address_to_the_start(app: QApplication, window: Window, wait_until: Wait, language: str) -> None:
    window.set_language(language)
    window.activateWindow()
    window.show_form()
    form = window.screen_widget
    assert isinstance(form, AccountForm)
    wait_until(form.user.hasFocus)
    QTest.keyClicks(form.user, "sara@firm.example")
    wait_until(form.search.ask.isVisible)
    for each in (form.user, form.search.ask, form.host, form.sign_in.way, form.secret, form.show_secret, form.keep, form.trial.start, form.more, form.cancel,
                 form.submit):  # fmt: skip
        assert app.focusWidget() is each, each.accessibleName()
        QTest.keyClick(each, Qt.Key.Key_Tab)


def plain(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2068\u2069")


def test_nobody_is_to_be_asked_for_a_provider_that_is_known_or_a_server_that_was_given(unknown: AccountForm) -> None:
    assert unknown.search.isVisibleTo(unknown)
    unknown.user.setText("sara@gmail.com")
    assert not unknown.search.isVisibleTo(unknown)
    unknown.host.setText("mail.firm.example")
    unknown.user.setText("sara@firm.example")
    assert not unknown.search.isVisibleTo(unknown)


def test_the_systems_proxy_is_named_on_the_form_and_can_be_switched_off(app: QApplication, say: Translation, wait_until: Wait) -> None:
    asked: list[tuple[str, bool]] = []

    def named(host: str, port: int) -> str:
        asked.append((host, threading.current_thread() is threading.main_thread()))
        return "proxy.firm.example:3128" if host == "mail.firm.example" else ""

    form = AccountForm(say, Draft(user="sara"), keyring=True, proxy=named)
    assert not form.proxy.isVisibleTo(form)
    for n in range(len("mail.firm.example")):
        form.host.setText("mail.firm.example"[: n + 1])
    wait_until(lambda: form.proxy.isVisibleTo(form))
    assert asked == [("mail.firm.example", False)], "once, when the typing has paused, and not in the window's thread"
    assert "proxy.firm.example:3128" in form.proxy.use.text()
    assert not form.draft().account().direct
    form.proxy.use.click()
    account = form.draft().account()
    assert account.direct
    assert draft_of(account).direct
    form.host.setText("localhost")
    wait_until(lambda: not form.proxy.isVisibleTo(form))


def test_a_proxy_that_cannot_be_used_is_said_where_it_can_be_switched_off(app: QApplication, say: Translation, wait_until: Wait) -> None:
    def named(host: str, port: int) -> str:
        raise UserError("proxy.setting", proxy="proxy.firm.example:1080", reason=KINDS["socks"])

    form = AccountForm(say, Draft(host="mail.firm.example", user="sara"), keyring=True, proxy=named)
    wait_until(lambda: form.proxy.isVisibleTo(form))
    assert "it is a SOCKS proxy" in form.proxy.words.text()
    form.proxy.use.click()
    assert form.draft().direct


def test_a_proxy_is_shown_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://nitaq:proxy-word@proxy.firm.example:3128")
    assert name_proxy("mail.firm.example", 993) == "proxy.firm.example:3128"
    assert name_proxy("localhost", 993) == ""
