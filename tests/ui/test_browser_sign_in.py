"""Signing in with the browser from the form to a running scan: real Dovecot, a local authorisation server, the real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.i18n import LANGUAGES, Translation
from app.model import Account, OAuthClient, OAuthService
from app.sign_in.grant import grant_of
from app.sign_in.services import GOOGLE, MICROSOFT
from tests.ui.browser import USER, Place, pages, read
from tests.ui.services import FakeServices
from ui.account_actions import order_for
from ui.account_draft import Draft, draft_of, mistakes
from ui.account_form import AccountForm
from ui.sign_in_fields import STEPS
from ui.start import StartScreen
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]


def test_from_the_form_through_the_browser_to_a_finished_scan(browsing: Window, services: FakeServices, place: Place, wait_until: Wait) -> None:
    browsing.show_form(place.draft(keep_secret=True))
    form = browsing.screen_widget
    assert isinstance(form, AccountForm)
    form.submit.click()
    wait_until(lambda: read(browsing) >= 0)
    assert read(browsing) == 2
    (account,) = [each for each in services.audits.saved.values() if each.oauth]
    grant = grant_of(services.secrets.kept[account.source])
    assert grant.refresh_token in place.oauth.refresh
    assert grant.client_secret == place.oauth.client_secret
    for secret in (grant.refresh_token, grant.client_secret):
        assert secret not in repr(account)


def test_a_kept_sign_in_is_renewed_without_the_browser_and_asked_for_anew_once_it_was_taken_back(
    browsing: Window, services: FakeServices, place: Place, wait_until: Wait
) -> None:
    place.oauth.lifetime = 1
    browsing.accounts.submit(place.draft(keep_secret=True))
    wait_until(lambda: read(browsing) >= 0)
    assert read(browsing) == 2
    (account,) = [each for each in services.audits.saved.values() if each.oauth]

    browsing.scanning.run = None
    browsing.accounts.read(account.source)
    wait_until(lambda: read(browsing) >= 0)
    assert pages(place) == 1
    place.oauth.refresh.clear()
    browsing.scanning.run = None
    browsing.accounts.read(account.source)
    wait_until(lambda: read(browsing) >= 0)
    assert pages(place) == 2
    assert grant_of(services.secrets.kept[account.source]).refresh_token in place.oauth.refresh


def test_without_a_keyring_the_sign_in_is_kept_nowhere(browsing: Window, services: FakeServices, place: Place, wait_until: Wait) -> None:
    services.secrets.present = False
    browsing.accounts.submit(place.draft(keep_secret=False))
    wait_until(lambda: read(browsing) >= 0)
    assert read(browsing) == 2
    assert services.secrets.kept == {}
    assert "access-" not in repr(services.audits.saved)


@pytest.mark.parametrize(
    ("answer", "client", "words"), [({"error": "access_denied"}, "", "was not allowed to let Nitaq read"), ({}, "other", "does not know this client id")]
)
def test_a_refusal_is_said_and_nothing_is_kept(
    browsing: Window, services: FakeServices, place: Place, wait_until: Wait, answer: dict[str, str], client: str, words: str
) -> None:
    place.oauth.answer = answer
    browsing.accounts.submit(place.draft(keep_secret=True, **({"client_id": client} if client else {})))
    wait_until(lambda: isinstance(browsing.screen_widget, StartScreen) and any(words in each.text() for each in browsing.findChildren(QLabel)))
    assert services.secrets.kept == {}
    assert not any(each.oauth for each in services.audits.saved.values())


def test_cancelling_ends_the_waiting(browsing: Window, services: FakeServices, place: Place, wait_until: Wait) -> None:
    pages: list[str] = []
    browsing.accounts.browser.browse = pages.append
    browsing.accounts.submit(place.draft(keep_secret=True))
    dialog = browsing.accounts.browser.dialog
    assert dialog is not None
    dialog.reopen.click()
    assert len(pages) == 2
    dialog.cancel.click()
    wait_until(lambda: any("Signing in was cancelled" in each.text() for each in browsing.findChildren(QLabel)))
    assert services.secrets.kept == {}


def test_a_forgotten_account_is_taken_back_at_the_service(browsing: Window, services: FakeServices, place: Place, wait_until: Wait) -> None:
    browsing.accounts.submit(place.draft(keep_secret=True, revoke=f"{place.oauth.url}/revoke"))
    wait_until(lambda: read(browsing) >= 0)
    assert read(browsing) == 2
    (account,) = [each for each in services.audits.saved.values() if each.oauth]
    assert account.oauth is not None
    browsing.forgetting.ask(account.source, account.name)
    wait_until(lambda: browsing.forgetting.dialog is not None)
    dialog = browsing.forgetting.dialog
    assert dialog is not None
    assert any(account.oauth.service.name in line for line in dialog.gone)
    dialog.go.click()
    wait_until(lambda: account.source not in services.audits.saved)
    assert services.secrets.kept == {}
    assert place.oauth.refresh == set()


def test_what_the_browser_way_lacks_is_said_at_its_field(app: QApplication, say: Translation) -> None:
    form = AccountForm(say, Draft(host="mail.firm.example", user=USER, way="other", authorize="http://firm.example", revoke="ftp://firm.example"), keyring=True)
    assert set(mistakes(form.draft())) == {"client_id", "authorize", "token", "revoke", "scope"}
    assert not form.secret.isVisibleTo(form)
    form.submit.click()
    assert not form._errors["authorize"].isHidden()


OWN = OAuthClient("client-1", OAuthService("sign-in.firm.example", "https://sign-in.firm.example/a", "https://sign-in.firm.example/t", ("mail",), "https://x.example"))


@pytest.mark.parametrize("client", [OAuthClient("client-1", GOOGLE), OAuthClient("client-1", MICROSOFT), OWN], ids=["google", "microsoft", "other"])
def test_an_account_with_a_browser_sign_in_can_be_changed_and_comes_back_the_same(client: OAuthClient) -> None:
    account = Account("sara", "imaps://sara@mail.firm.example", keep_secret=True, oauth=client)
    assert draft_of(account).account() == account
    assert order_for(account, "token").words(Path())[-2:] == ["--auth", "oauth"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", STEPS)
def test_the_steps_to_a_client_id_stand_on_the_form(app: QApplication, way: str, language: str) -> None:
    say = Translation(language)
    form = AccountForm(say, Draft(way=way), keyring=True)
    assert form.sign_in.steps.text() == say(STEPS[way])
    assert language == "en" or say(STEPS[way]) != STEPS[way]
