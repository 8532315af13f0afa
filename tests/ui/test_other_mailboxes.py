"""Other people's and shared mailboxes on the account's form: under headings, off until they are ticked, kept, and handed to the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.accounts import try_account
from app.i18n import LANGUAGES, Translation
from app.model import Account, OtherMailbox, Trial, TrialStep, Whose
from app.store.workspace import Workspace
from tests.mailmaker import message
from tests.servers.dovecot import Dovecot
from tests.ui.services import SOURCE, FakeServices
from ui.account_actions import order_for
from ui.account_draft import Draft, draft_of
from ui.account_form import AccountForm
from ui.other_mailboxes import HEADINGS, OtherMailboxes
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
FOUND = Trial(
    folders=4,
    others=(
        OtherMailbox("shared/omar", "omar", Whose.OTHER, 12), OtherMailbox("Public/Orders", "Orders", Whose.SHARED), OtherMailbox("#x", "#x", Whose.SHARED),
    ),
)  # fmt: skip


def words(widget: OtherMailboxes) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if not each.isHidden()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_stand_under_their_heading_and_are_off(app: QApplication, language: str) -> None:
    say = Translation(language)
    widget = OtherMailboxes(say, ())
    widget.tell(FOUND)
    assert list(widget.boxes) == ["shared/omar", "Public/Orders", "#x"]
    assert {say(HEADINGS[Whose.OTHER]), say(HEADINGS[Whose.SHARED])} <= set(words(widget))
    assert widget.chosen() == ()
    assert "omar" in widget.boxes["shared/omar"].accessibleName()


def test_an_account_that_sees_nobody_else_is_told_so(app: QApplication, say: Translation) -> None:
    widget = OtherMailboxes(say, ())
    widget.tell(Trial(folders=4))
    assert "This account can read no mailbox but its own." in words(widget)


def test_what_was_chosen_stays_when_the_server_is_looked_at_again_or_cannot_be(app: QApplication, say: Translation) -> None:
    widget = OtherMailboxes(say, ("shared/omar", "shared/gone", "*"))
    assert widget.chosen() == ("shared/omar", "shared/gone", "*")
    widget.tell(Trial(TrialStep.REACH, "connection"))
    assert widget.chosen() == ("shared/omar", "shared/gone", "*")
    widget.tell(FOUND)
    assert set(widget.chosen()) == {"shared/omar", "shared/gone", "*"}
    widget.boxes["shared/gone"].setChecked(False)
    assert set(widget.chosen()) == {"shared/omar", "*"}


def test_a_choice_goes_with_the_account_to_the_store_and_to_the_engine(tmp_path: Path) -> None:
    account = Draft(host="mail.firm.example", user="sara", others=("shared/omar", "Public/Orders")).account()
    workspace = Workspace(tmp_path / "workspace.sqlite")
    workspace.save_account(account)
    (kept,) = workspace.accounts()
    workspace.close()
    assert kept.others == draft_of(kept).others == ("shared/omar", "Public/Orders")
    assert order_for(kept).words(Path())[-4:] == ["--also", "shared/omar", "--also", "Public/Orders"]


def test_with_the_keyboard_a_colleagues_mailbox_is_found_and_chosen_on_a_real_server(
    app: QApplication, window: Window, services: FakeServices, tmp_path: Path, wait_until: Wait
) -> None:
    with Dovecot(tmp_path / "dovecot", shared=True) as server:
        for user in ("sara@firm.example", "omar@firm.example"):
            server.add_maildir(user, [message()])
        server.share("omar@firm.example", "sara@firm.example")
        services._try = try_account  # type: ignore[method-assign]
        window._services = services.bundle()
        window.set_language("en")
        draft = Draft(host=server.host, port=server.imaps_port, user="sara@firm.example", secret=server.password, ca_file=str(server.ca_file))
        window.show_form(draft)
        window.activateWindow()
        form = window.screen_widget
        assert isinstance(form, AccountForm)
        form.others.look.setFocus()
        QTest.keyClick(form.others.look, Qt.Key.Key_Space)
        wait_until(lambda: form.others.boxes)
        box = form.others.boxes["shared/omar@firm.example"]
        wait_until(lambda: app.focusWidget() is not None)
        for _ in range(40):
            if app.focusWidget() is box:
                break
            QTest.keyClick(app.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClick(box, Qt.Key.Key_Space)
        assert form.draft().others == ("shared/omar@firm.example",)
    services.audits.saved[SOURCE] = Account("sara", SOURCE, others=form.draft().others)
    assert draft_of(services.audits.account(SOURCE)).others == ("shared/omar@firm.example",)
