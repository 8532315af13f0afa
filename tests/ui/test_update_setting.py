"""The setting for newer versions: off, explained before it is switched on, answered in plain words; and asked at the start once a day at most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.errors import WorldError
from app.i18n import Translation
from app.updates import DOWNLOADS, NEWEST
from tests.ui.services import FakePreferences, FakeServices
from tests.ui.test_window import texts
from ui.about import AboutDialog
from ui.announcements import Announcements
from ui.task import Task
from ui.update_setting import UpdateSetting, ask_at_start
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
DAY = date(2026, 1, 5)


def test_it_is_off_and_says_who_would_be_asked_for_what(window: Window, say: Translation, services: FakeServices) -> None:
    dialog = AboutDialog(say, services.bundle(), window)
    dialog.open()
    shown = " ".join(texts(dialog))
    assert not dialog.updates.switch.isChecked()
    assert NEWEST in shown
    assert "no cookie" in shown
    assert "Apache License 2.0" in shown
    assert "Lesser General Public License" in shown
    dialog.updates.switch.click()
    assert services.preferences.setting("updates") == "on"
    dialog.updates.switch.click()
    assert services.preferences.setting("updates") == ""
    dialog.reject()


@pytest.mark.parametrize(("newest", "said", "led"), [("0.1.0", "You have the newest version", False), ("9.0.0", "There is a newer version, 9.0.0", True)])
def test_the_answer_is_in_plain_words_and_leads_to_the_page(
    window: Window, say: Translation, wait_until: Wait, monkeypatch: pytest.MonkeyPatch, newest: str, said: str, led: bool
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    setting = UpdateSetting(say, FakePreferences(), lambda: newest)
    setting.show()
    setting.ask_button.click()
    wait_until(lambda: said in setting.answer.text())
    assert setting.page_button.isVisible() is led
    if led:
        setting.page_button.click()
    assert [each.toString() for each in opened] == [DOWNLOADS] * led
    setting.close()


def test_no_answer_is_a_sentence_too(window: Window, say: Translation, wait_until: Wait) -> None:
    def newest() -> str:
        raise WorldError("update.unknown", reason="nobody there")

    setting = UpdateSetting(say, FakePreferences(), newest)
    setting.ask_button.click()
    wait_until(lambda: "could not be found out (nobody there)" in setting.answer.text())
    assert setting.ask_button.isEnabled()
    setting.close()


@pytest.mark.parametrize(("kept", "asked"), [({}, 0), ({"updates": "on"}, 1), ({"updates": "on", "updates-asked": "2026-01-05"}, 0),
                                             ({"updates": "on", "updates-asked": "2026-01-04"}, 1)])  # fmt: skip
def test_it_asks_at_the_start_only_when_told_to_and_once_a_day(window: Window, wait_until: Wait, kept: dict[str, str], asked: int) -> None:
    calls: list[int] = []
    announcements, preferences = Announcements(window), FakePreferences(dict(kept))

    def newest() -> str:
        calls.append(1)
        return "9.0.0"

    for _ in range(2):
        ask_at_start(preferences, newest, announcements, DAY, window)
        if asked:
            wait_until(announcements.standing)
    assert len(calls) == asked
    assert len(announcements.standing()) == asked


def test_a_version_that_is_not_newer_is_not_spoken_of(window: Window, wait_until: Wait) -> None:
    announcements, answers, parent = Announcements(window), list[object](), QObject(window)
    ask_at_start(FakePreferences({"updates": "on"}), lambda: "0.1.0", announcements, DAY, parent)
    task = parent.findChild(Task)
    assert task is not None
    task.done.connect(answers.append)
    wait_until(lambda: answers)
    assert announcements.standing() == []


def test_where_nobody_answers_it_asks_once_a_day_too(window: Window, wait_until: Wait) -> None:
    calls, failures, preferences = list[int](), list[object](), FakePreferences({"updates": "on"})

    def newest() -> str:
        calls.append(1)
        raise WorldError("update.unknown", reason="nobody there")

    for _ in range(2):
        parent = QObject(window)
        ask_at_start(preferences, newest, Announcements(window), DAY, parent)
        if task := parent.findChild(Task):
            task.failed.connect(failures.append)
            wait_until(lambda: failures)
    assert calls == [1]
