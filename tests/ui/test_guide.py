"""F1 and the guide: each screen and dialog opens its page; pages are found, turned and read by keyboard, in both directions."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

import ui
from app.guide import guide
from app.i18n import LANGUAGES, Translation
from tests.ui.reports import report
from tests.ui.services import SOURCE, FakeServices
from tests.ui.test_window import open_audit
from ui.about import AboutDialog
from ui.account_draft import Draft
from ui.audit_view import AuditState
from ui.exceptions import ExceptionsDialog
from ui.export_choices import ExportChoices
from ui.glossary import Glossary
from ui.guide import GuideDialog
from ui.help import PAGES, page_for
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]


def f1(app: QApplication, widget: QWidget) -> GuideDialog:
    """Press F1 there, and the guide that comes of it."""
    widget.activateWindow()
    app.processEvents()
    QTest.keyClick(widget.focusWidget() or widget, Qt.Key.Key_F1)
    (found,) = [each for each in widget.findChildren(GuideDialog) if each.isVisible()]
    found.activateWindow()
    app.processEvents()
    return found


def test_every_class_that_has_a_page_exists_and_every_page_is_opened_by_something() -> None:
    classes = {name for each in pkgutil.iter_modules(ui.__path__) for name in vars(importlib.import_module(f"ui.{each.name}"))}
    assert set(PAGES) <= classes
    assert set(PAGES.values()) == {page.id for page in guide("en")}


def test_each_screen_opens_its_page(app: QApplication, window: Window, wait_until: Wait) -> None:
    def opened() -> str:
        found = f1(app, window)
        page = found.page.id
        found.reject()
        app.processEvents()
        return page

    assert opened() == "first-audit"
    window.show_form(Draft())
    assert opened() == "accounts"
    window.show_audit(AuditState(SOURCE, "Sara", report()))
    assert opened() == "overview"
    view = open_audit(window, wait_until)
    view.domains.table.setFocus()
    assert opened() == "table"
    view.review_button.click()
    assert opened() == "reviewing"


@pytest.mark.parametrize(
    ("make", "page"),
    [
        (lambda say, window, services: ExceptionsDialog(say, report(), (), "", window), "exceptions"),
        (lambda say, window, services: ExportChoices(say, 1, 2, 3, window), "reports"),
        (lambda say, window, services: AboutDialog(say, services.bundle(), window), "privacy"),
    ],
    ids=["exceptions", "reports", "privacy"],
)
def test_a_dialog_opens_its_page_over_itself(
    app: QApplication, window: Window, say: Translation, services: FakeServices, make: Callable[..., QDialog], page: str
) -> None:
    dialog = make(say, window, services)
    dialog.open()
    found = f1(app, dialog)
    assert found.page.id == page
    assert found.parentWidget() is dialog
    found.reject()
    dialog.reject()


def test_a_place_without_a_page_opens_the_first(app: QApplication) -> None:
    assert page_for(QWidget()) == "first-audit"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_turned_and_read_by_keyboard(app: QApplication, window: Window, language: str) -> None:
    window.set_language(language)
    found = f1(app, window)
    assert found.list.hasFocus()
    assert found.layoutDirection() == (Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight)
    for page in guide(language):
        assert found.page.title == page.title == found.text.accessibleName()
        assert found.text.toPlainText().count(page.title) >= 1
        assert found.text.toPlainText().count(page.blocks[0].spans[0][1].strip()) == 1
        for block in page.blocks:
            assert block.picture or all(words.strip() in found.text.toPlainText() for _, words in block.spans)
        QTest.keyClick(found.list, Qt.Key.Key_Down)
    found.list.setCurrentRow(0)
    QTest.keyClick(found.list, Qt.Key.Key_Tab)
    assert found.text.hasFocus()
    before = found.text.verticalScrollBar().value()
    QTest.keyClick(found.text, Qt.Key.Key_PageDown)
    assert found.text.verticalScrollBar().value() > before
    QTest.keyClick(found.text, Qt.Key.Key_Escape)
    app.processEvents()
    assert not window.findChildren(GuideDialog) or not found.isVisible()
    window.set_language("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_about_a_screen_and_a_half(app: QApplication, window: Window, language: str) -> None:
    window.set_language(language)
    found = f1(app, window)
    found.resize(980, 720)
    app.processEvents()
    tall = {}
    for number, page in enumerate(guide(language)):
        found.list.setCurrentRow(number)
        app.processEvents()
        tall[page.id] = round(found.text.document().size().height())
    found.reject()
    window.set_language("en")
    assert {page: height for page, height in tall.items() if height > 800 * 1.6} == {}


@pytest.mark.parametrize(
    ("language", "typed", "page"),
    [("en", "fingerprint", "reports"), ("ar", "البصمه", None), ("ar", "البصمة", "reports"), ("en", "CARRIER bank", "exceptions"), ("ar", "حقا", "first-audit")],
)
def test_what_is_searched_is_found_in_the_page_and_shown(app: QApplication, window: Window, language: str, typed: str, page: str | None) -> None:
    window.set_language(language)
    found = f1(app, window)
    found.search.setText(typed)  # QTest types ASCII alone
    shown = [guide(language)[number].id for number in range(found.list.count()) if not found.list.item(number).isHidden()]
    if page is None:
        assert shown == []
        assert found.nothing.isVisible()
    else:
        assert page in shown
        assert found.page.id == shown[0]
    QTest.keyClick(found.search, Qt.Key.Key_Return)
    assert found.isVisible()
    found.search.clear()
    assert not any(found.list.item(number).isHidden() for number in range(found.list.count()))
    QTest.keyClick(found.search, Qt.Key.Key_Down)
    assert found.page.id != guide(language)[found.list.currentRow() - 1].id
    found.reject()
    window.set_language("en")


def test_words_and_about_open_over_the_guide_and_another_language_closes_it(app: QApplication, window: Window) -> None:
    found = f1(app, window)
    found.words_button.click()
    (glossary,) = found.findChildren(Glossary)
    glossary.reject()
    found.about_button.click()
    (about,) = found.findChildren(AboutDialog)
    assert "Copy the versions" in {each.text() for each in about.findChildren(QPushButton)}
    about.copy_button.click()
    assert QApplication.clipboard().text().startswith("Nitaq ")
    about.reject()
    window.set_language("ar")
    assert not found.isVisible()
    window.set_language("en")


def test_the_guide_does_not_keep_a_file_waiting(app: QApplication, window: Window, services: FakeServices) -> None:
    f1(app, window).reject()
    f1(app, window)
    services.script("time.sleep(60)")
    window.open_files(["/mail/one.eml"])
    assert window.announcements.standing() == []
    window.open_files(["/mail/two.eml", "/mail/three.eml", "/mail/two.eml"])
    ((_, waiting),) = window.announcements.standing()
    assert waiting.text(window.say) == "2 files wait to be opened, the next is two.eml"
    assert waiting.ways == ()


def test_a_file_waits_while_somebody_fills_in_the_form(window: Window) -> None:
    window.show_form(Draft(user="sara"))
    window.open_files(["/mail/one.eml"])
    assert window._form is not None
    ((_, waiting),) = window.announcements.standing()
    assert len(waiting.ways) == 1


def test_the_guide_goes_with_the_window(app: QApplication, window: Window) -> None:
    found = f1(app, window)
    window.close()
    assert not found.isVisible()
