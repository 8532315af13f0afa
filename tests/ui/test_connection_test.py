"""Trying an account out from its form, in both languages; against a real server where it matters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app.accounts import try_account
from app.error_text import SENTENCES, describe
from app.i18n import LANGUAGES, Translation
from app.model import Certificate, Trial, TrialStep
from app.providers import provider_of
from tests.mailmaker import message
from tests.screens_connecting import FAILURES, failed
from tests.servers.dovecot import Dovecot
from tests.ui.services import SOURCE, FakeServices
from ui.account_draft import Draft
from ui.account_form import AccountForm
from ui.connection_test import STEPS, ConnectionTest
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
CODES = {TrialStep.REACH: "connection", TrialStep.ENCRYPT: "tls.certificate", TrialStep.SIGN_IN: "auth.app_password", TrialStep.READ: "server.bug"}
SHOWN = Certificate(("mail.elsewhere.example",), "mail.elsewhere.example", "Example CA", "2026-01-01", "2026-04-01", "AB:CD")


def words(widget: ConnectionTest) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if each.text() and not each.isHidden()]


def form_of(window: Window) -> AccountForm:
    assert isinstance(window.screen_widget, AccountForm)
    return window.screen_widget


def test_the_form_is_tried_out_against_a_real_server(window: Window, services: FakeServices, tmp_path: Path, wait_until: Wait) -> None:
    with Dovecot(tmp_path / "dovecot") as server:
        server.add_maildir("sara@firm.example", [message()])
        services._try = try_account  # type: ignore[method-assign]
        window._services = services.bundle()
        window.set_language("en")
        window.show_form(Draft(host="localhost", port=server.imaps_port, user="sara@firm.example", secret="wrong", ca_file=str(server.ca_file)))
        form = form_of(window)
        form.trial.start.click()
        wait_until(lambda: "Signing in did not work." in words(form.trial))
        form.secret.setText(server.password)
        form.trial.start.click()
        wait_until(lambda: "The folders can be read." in words(form.trial))
        form.ca_file.setText("")
        form.trial.start.click()
        wait_until(lambda: any("Fingerprint" in text for text in words(form.trial)))
    assert services.audits.saved.keys() == {SOURCE}


def test_the_secret_in_the_keyring_is_tried_where_none_was_typed(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.secrets.kept[SOURCE] = "kept"
    window.show_form(Draft(host="mail.firm.example", user="sara@firm.example", keep_secret=True, kept_for=SOURCE))
    form = form_of(window)
    form.trial.start.click()
    wait_until(lambda: form.trial.start.isEnabled())
    assert [secret for _, secret in services.tried] == ["kept"]


def test_a_form_with_mistakes_is_not_tried(window: Window, services: FakeServices) -> None:
    window.show_form(Draft(host="mail.firm.example"))
    form_of(window).trial.start.click()
    assert services.tried == []
    assert form_of(window).trial.start.isEnabled()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", TrialStep)
def test_each_step_that_fails_is_named_with_what_to_do_and_none_behind_it(app: QApplication, step: TrialStep, language: str) -> None:
    say = Translation(language)
    widget = ConnectionTest(say)
    params = (("host", "mail.firm.example"), ("user", "sara@gmail.com"), ("reason", "[ALERT] no"))
    widget.tell(Trial(step, CODES[step], params, SHOWN if step is TrialStep.ENCRYPT else None), provider_of("sara@gmail.com"))
    said = words(widget)
    passed = list(TrialStep)[: list(TrialStep).index(step)]
    assert said[: len(passed) + 1] == [*(say(STEPS[each][0]) for each in passed), say(STEPS[step][1])]
    assert len(said) > len(passed) + 1
    assert any("mail.elsewhere.example" in text for text in said) == (step is TrialStep.ENCRYPT)
    assert any("myaccount.google.com" in text for text in said) == (step is TrialStep.SIGN_IN)
    assert not any("accept" in each.text().lower() for each in widget.findChildren(type(widget.start)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_works_is_said_with_the_number_of_folders(app: QApplication, language: str) -> None:
    say = Translation(language)
    widget = ConnectionTest(say)
    widget.tell(Trial(folders=7))
    assert words(widget)[:4] == [say(works) for works, _ in STEPS.values()]
    assert "7" in words(widget)[4]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, (_, advice) in SENTENCES.items() if advice.startswith("What was read") and name != "engine.crashed"])
def test_a_connection_that_was_only_tried_speaks_of_nothing_read(app: QApplication, name: str, language: str) -> None:
    say = Translation(language)
    quota = name == "server.quota"
    widget = ConnectionTest(say)
    widget.tell(Trial(TrialStep.SIGN_IN, "server.throttled" if quota else name, (("host", "h"), ("reason", "r"), ("quota", quota))))
    assert say(SENTENCES[name][1]) not in " ".join(words(widget))


def test_every_code_of_connecting_and_signing_in_has_a_picture() -> None:
    kinds = ("tls", "auth", "oauth", "proxy", "server", "timeout", "connection", "protocol")
    assert set(FAILURES) == {code for code in SENTENCES if code.partition(".")[0] in kinds} - {"server.quota"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FAILURES)
def test_each_failure_says_what_happened_and_what_to_do_and_offers_no_way_around_it(app: QApplication, name: str, language: str) -> None:
    say = Translation(language)
    widget = ConnectionTest(say)
    trial = failed(name)
    widget.tell(trial)
    (happened, _) = SENTENCES[name]
    said = words(widget)
    assert describe(trial.code, dict(trial.params), say, read=False) in said
    assert say(happened).partition("{")[0] in " ".join(said)
    assert not any("?" in text for text in said)
    assert widget.findChildren(QAbstractButton) == [widget.start]
