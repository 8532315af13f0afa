"""What stands above an audit: a sentence about what was done and one about what is being done do not take each other's place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from app.i18n import Translation
from ui.audit_messages import AuditMessages
from ui.controls import button, column

JUDGING, WRITTEN, FROZEN, QUESTION = "being judged again", "The report was written", "It cannot be changed", "Which domains are yours?"


@pytest.fixture
def page(app: QApplication) -> Iterator[QWidget]:
    page = QWidget()
    yield page
    page.close()
    page.deleteLater()


@pytest.fixture
def messages(page: QWidget, say: Translation) -> AuditMessages:
    before = button("before")
    messages = AuditMessages(say, before)
    page.setLayout(column(before, messages))
    messages.add(FROZEN, "info", stays=True)
    messages.add(QUESTION, "warn")
    page.show()
    return messages


def said(page: QWidget) -> list[str]:
    QApplication.processEvents()  # what is added to a layout is shown a moment later
    texts = [each.text() for each in page.findChildren(QLabel) if each.isVisible() and each.text()]
    return [known for text in texts for known in (JUDGING, WRITTEN, FROZEN, QUESTION) if known in text]


def test_judging_stands_beside_what_holds_and_what_was_done(page: QWidget, messages: AuditMessages) -> None:
    messages.judging(True)
    assert said(page) == [FROZEN, QUESTION, JUDGING]
    messages.once(WRITTEN, "good")
    assert sorted(said(page)) == sorted([FROZEN, JUDGING, WRITTEN])
    messages.judging(True)
    assert said(page).count(JUDGING) == 1
    messages.judging(False)
    assert said(page) == [FROZEN, WRITTEN]


def test_the_result_takes_away_what_was_done_before_it_and_not_what_was_done_meanwhile(page: QWidget, messages: AuditMessages) -> None:
    messages.judging(True)
    messages.once(WRITTEN, "good")
    messages.judging(False)
    messages.empty()
    messages.add(QUESTION, "warn")
    assert sorted(said(page)) == sorted([QUESTION, WRITTEN])
    messages.empty()
    assert said(page) == []


def test_what_was_done_is_closed_alone(page: QWidget, messages: AuditMessages) -> None:
    messages.once(WRITTEN, "good")
    messages.judging(True)
    (close,) = page.findChildren(QToolButton)
    close.click()
    assert said(page) == [FROZEN, JUDGING]
