"""Several accounts in one window, for real: three mailboxes on a Dovecot, one of them shared, read and judged as one with the keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.audit_key import key_of
from app.i18n import LANGUAGES, Translation
from app.model import Account, Decision, DecisionRecord, Relationship, Report
from tests.mailmaker import message
from tests.servers.dovecot import Dovecot
from tests.ui.test_first_time_walk import by_keyboard
from ui.audit_view import AuditView
from ui.main import compose
from ui.start import StartScreen
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
SARA, OMAR, LINA = "sara@firm.example", "omar@branch.example", "lina@firm.example"
PARTNER = "Nadia <nadia@partner.example>"


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with Dovecot(tmp_path_factory.mktemp("dovecot"), shared=True) as server:
        server.add_maildir(SARA, [message(1, PARTNER), message(2, f"Omar <{OMAR}>"), message(3, "Ali <ali@shop.example>")])
        server.add_maildir(OMAR, [message(4, PARTNER), message(5, f"Sara <{SARA}>")])
        server.add_maildir(LINA, [message(6, "Huda <huda@far.example>"), message(7, PARTNER)])
        server.share(LINA, OMAR)
        yield server


@pytest.fixture
def window(app: QApplication, tmp_path: Path, dovecot: Dovecot) -> Iterator[Window]:
    """The program's own window over a store with three accounts that were never read; the passwords were given, and no keyring keeps them."""
    window = compose(app, tmp_path / "store")
    for user in (SARA, OMAR, LINA):
        others = (f"shared/{LINA}",) if user == OMAR else ()
        window._services.audits.save_account(Account(user, dovecot.url(user), ca_file=str(dovecot.ca_file), direct=True, others=others))
        window._given.keep(dovecot.url(user), dovecot.password)
    window.resize(1280, 800)
    window.show()
    for _ in range(3):
        app.processEvents()
    yield window
    window.close()
    window.deleteLater()
    app.processEvents()


def shown(window: Window) -> Report:
    view = window.screen_widget
    assert isinstance(view, AuditView)
    return view.state.report


def opened(window: Window, key: str, sources: int, wait_until: Wait) -> Report:
    """From the start, as it is opened again."""
    window.show_start()
    window.open_audit(key)
    wait_until(lambda: isinstance(window.screen_widget, AuditView) and len(shown(window).scope.sources) == sources)
    report = shown(window)
    assert key_of(report.scope.sources) == key
    return report


def relations(report: Report) -> dict[str | None, Relationship]:
    return {row.domain: row.relationship for row in report.domains}


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_accounts_are_read_and_judged_as_one_and_each_by_itself(
    app: QApplication, window: Window, dovecot: Dovecot, wait_until: Wait, language: str
) -> None:
    window.set_language(language)
    window.activateWindow()
    wait_until(lambda: QApplication.focusWidget() is not None)
    say, start = Translation(language), window.screen_widget
    assert isinstance(start, StartScreen)
    words = [each.text() for each in start.findChildren(QLabel)]
    assert words.count(say("Not read yet")) == 3
    by_keyboard(start.together_button)
    dialog = window.begin.dialog
    assert dialog is not None
    wait_until(dialog.isVisible)
    assert set(dialog.sources()) == {dovecot.url(user) for user in (SARA, OMAR, LINA)}
    by_keyboard(dialog.go)
    wait_until(lambda: isinstance(window.screen_widget, AuditView))
    together = shown(window)
    assert set(together.scope.own_domains) == {"firm.example", "branch.example"}
    assert together.scan.status == "complete"
    assert relations(together) == {
        "partner.example": Relationship.EXTERNAL, "shop.example": Relationship.EXTERNAL, "far.example": Relationship.EXTERNAL,
        "firm.example": Relationship.OWN, "branch.example": Relationship.OWN,
    }  # fmt: skip
    # nobody's mail twice: what Omar reads of Lina's is what she has herself
    assert {row.domain: row.messages for row in together.domains}["far.example"] == 1
    assert together.scan.messages == 7

    audits = window._services.audits
    audits.decide(together, [DecisionRecord("partner.example", Decision.WATCHED, by="Sara")])
    window.show_start()
    start = window.screen_widget
    assert isinstance(start, StartScreen)
    lines = [each.text() for each in start.findChildren(QLabel)]
    assert any(all(user in line for user in (SARA, OMAR, LINA)) for line in lines)
    assert len([entry for entry in audits.recent() if entry.source.startswith("[")]) == 1
    for user, own in ((SARA, "firm.example"), (OMAR, "branch.example")):
        alone = opened(window, dovecot.url(user), 1, wait_until)
        assert alone.scope.own_domains == (own,)
        assert {row.domain: row.decision for row in alone.domains}["partner.example"] is Decision.WATCHED
    again = opened(window, key_of(dovecot.url(user) for user in (SARA, OMAR, LINA)), 3, wait_until)
    assert {row.domain: row.decision for row in again.domains}["partner.example"] is Decision.WATCHED
