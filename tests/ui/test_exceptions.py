"""The register of exceptions: listed in plain words, changed and removed, lapsed ones marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.i18n import Translation
from app.model import Direction, DomainClass, ExceptionRule, Report
from app.reach import Reach
from tests.ui.reports import PROVEN, claim, domain_row, report
from tests.ui.services import FakeServices
from ui.audit_view import AuditState, AuditView
from ui.desk import Desk
from ui.exception_form import ExceptionForm
from ui.exceptions import ExceptionsDialog
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
PARTNER = ExceptionRule("partner.example", Direction.TO_US, "", "Sara", "carrier", date(2027, 6, 30))
OVER = ExceptionRule("firm.example", Direction.AS_US, "mailer.example", "Omar", "newsletter", date(2024, 1, 31))
FIXED = ExceptionRule("theirs.example", Direction.TO_US)


@pytest.fixture
def register(app: QApplication, say: Translation) -> Iterator[ExceptionsDialog]:
    parent = QWidget()
    shown = replace(report(), exceptions=(PARTNER, OVER, FIXED))
    register = ExceptionsDialog(say, shown, (PARTNER, OVER), "Sara Haddad", parent)
    register.show()
    register.activateWindow()
    assert QTest.qWaitForWindowActive(register)
    register.table.setFocus()
    assert register.table.hasFocus()
    yield register
    register.close()
    parent.deleteLater()


def cells(register: ExceptionsDialog, row: int) -> list[str]:
    return [register.table.item(row, column).text().strip("\u2066\u2069") for column in range(register.table.columnCount())]


def test_each_exception_is_told_in_plain_words(register: ExceptionsDialog) -> None:
    assert cells(register, 0) == ["partner.example", "is expected to write to us", "any", "…", "Sara", "carrier", "30 Jun 2027"]
    assert cells(register, 1) == ["firm.example", "may write in our name", "mailer.example", "…", "Omar", "newsletter", "31 Jan 2024 (over)"]


def test_one_that_has_ended_is_renewed_in_its_place_for_a_year_unless_another_day_is_given(register: ExceptionsDialog) -> None:
    saved: list[tuple[ExceptionRule, ExceptionRule | None]] = []
    register.saved.connect(lambda rule, instead: saved.append((rule, instead)))
    register.table.setCurrentCell(1, 0)
    QTest.keyClick(register.table, Qt.Key.Key_Return)
    form = register._form
    assert form is not None
    assert form.domain.text() == "firm.example"
    assert form.until.day() == date(2027, 3, 12)
    form.until.box.setChecked(False)
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert saved == [(replace(OVER, until=None), OVER)]


def test_a_new_one_is_approved_by_the_reviewer_unless_another_is_named(register: ExceptionsDialog) -> None:
    saved: list[ExceptionRule] = []
    register.saved.connect(lambda rule, _: saved.append(rule))
    QTest.mouseClick(register.add, Qt.MouseButton.LeftButton)
    form = register._form
    assert form is not None
    QTest.keyClicks(form.domain, "Billing@Supplier.example")
    form.choices[Direction.AS_US].click()
    QTest.keyClick(form.domain, Qt.Key.Key_Return)
    assert saved == [ExceptionRule("supplier.example", Direction.AS_US, "", "Sara Haddad")]


@pytest.mark.parametrize("text", ["", "no domain", "a.example b.example"])
def test_what_is_not_one_domain_is_not_saved(register: ExceptionsDialog, text: str) -> None:
    saved: list[ExceptionRule] = []
    register.saved.connect(lambda rule, _: saved.append(rule))
    register.show_form(None)
    form = register._form
    assert form is not None
    form.domain.setText(text)
    QTest.keyClick(form.domain, Qt.Key.Key_Return)
    assert saved == []
    assert form.error.isVisible()


def test_one_of_the_sample_cannot_be_removed(register: ExceptionsDialog) -> None:
    removed: list[ExceptionRule] = []
    register.removed.connect(removed.append)
    register.table.setCurrentCell(2, 0)
    assert not register.remove.isEnabled()
    QTest.keyClick(register.table, Qt.Key.Key_Delete)
    register.table.setCurrentCell(0, 0)
    QTest.keyClick(register.table, Qt.Key.Key_Delete)
    assert removed == [PARTNER]


def test_escape_leaves_the_form_and_then_the_register(register: ExceptionsDialog) -> None:
    register.show_form(None)
    QTest.keyClick(register, Qt.Key.Key_Escape)
    assert register.isVisible()
    assert register._form is None
    QTest.keyClick(register, Qt.Key.Key_Escape)
    assert not register.isVisible()


def test_one_that_has_ended_offers_to_be_renewed(register: ExceptionsDialog) -> None:
    register.table.setCurrentCell(1, 0)
    assert register.change.text() == "Renew"
    register.table.setCurrentCell(0, 0)
    assert register.change.text() == "Change"


def test_one_that_ends_within_thirty_days_says_so(register: ExceptionsDialog) -> None:
    register.set_report(replace(report(), exceptions=(replace(PARTNER, until=date(2026, 4, 11)), replace(OVER, until=date(2026, 4, 12)))))
    assert [cells(register, row)[6] for row in (0, 1)] == ["11 Apr 2026 (ends soon)", "12 Apr 2026"]


def test_the_audit_announces_what_ends_and_what_has_ended_and_leads_to_the_register(app: QApplication, say: Translation) -> None:
    view = AuditView(say, AuditState("x", "x", replace(report(), exceptions=(replace(PARTNER, until=date(2026, 4, 11)), OVER))))
    view.show()
    wanted: list[bool] = []
    view.exceptions.connect(lambda: wanted.append(True))
    said = [each.text() for each in view.findChildren(QLabel)]
    assert "1 exception ends within 30 days. 1 exception has ended and no longer counts." in said
    leads = [each for each in view.findChildren(QPushButton) if each.text() == "Exceptions" and each is not view.exceptions_button]
    QTest.mouseClick(leads[0], Qt.MouseButton.LeftButton)
    assert wanted == [True]
    view.close()
    view.deleteLater()


@pytest.fixture
def suggesting(register: ExceptionsDialog) -> ExceptionsDialog:
    register.set_report(report((domain_row([claim("partner.example", PROVEN, ("authenticated",), messages=412, source="mailer.example")]),)))
    return register


def test_a_suggestion_is_taken_up_in_the_form_and_recorded_as_a_new_one(suggesting: ExceptionsDialog) -> None:
    saved: list[tuple[ExceptionRule, ExceptionRule | None]] = []
    suggesting.saved.connect(lambda rule, instead: saved.append((rule, instead)))
    assert any("412 proven messages from" in each.text() for each in suggesting.findChildren(QLabel))
    QTest.mouseClick(suggesting.accept_suggestion, Qt.MouseButton.LeftButton)
    assert saved == []
    form = suggesting._form
    assert form is not None
    QTest.keyClick(form.domain, Qt.Key.Key_Return)
    assert saved == [(ExceptionRule("partner.example", Direction.TO_US, "mailer.example", "Sara Haddad"), None)]


def test_not_now_takes_a_suggestion_away_for_good(suggesting: ExceptionsDialog) -> None:
    keys: list[str] = []
    suggesting.put_off.connect(keys.append)
    QTest.mouseClick(suggesting.not_now, Qt.MouseButton.LeftButton)
    assert keys == ["to_us partner.example mailer.example"]
    suggesting.set_report(suggesting._report)
    assert suggesting._suggested.count() == 0


def test_not_now_is_remembered_after_the_register_is_closed(app: QApplication, window: Window, services: FakeServices) -> None:
    rows = (domain_row([claim("partner.example", PROVEN, ("authenticated",), messages=412)]),)
    desk = Desk(window.say, services.bundle(), AuditState("x", "x", report(rows)), window)
    desk.show_exceptions()
    assert desk.register is not None
    QTest.mouseClick(desk.register.not_now, Qt.MouseButton.LeftButton)
    desk.register.close()
    desk.show_exceptions()
    assert desk.register is not None
    assert desk.register._suggested.count() == 0
    desk.register.close()


def test_the_start_screen_announces_what_ends_and_what_has_ended(app: QApplication, say: Translation, services: FakeServices) -> None:
    def announced(*rules: ExceptionRule) -> list[str]:
        services.audits.rules = list(rules)
        window = Window(replace(services.bundle(), today=lambda: date(2026, 3, 12)), app)
        window.show()
        for _ in range(3):
            app.processEvents()
        told = [each.text() for each in window.findChildren(QLabel) if "exception" in each.text()]
        window.close()
        window.deleteLater()
        app.processEvents()
        return told

    assert announced(replace(PARTNER, until=date(2026, 4, 11)), OVER) == [
        "1 exception ends within 30 days. 1 exception has ended and no longer counts. Open an audit to look at the exceptions."
    ]
    assert announced(PARTNER) == []


def reach_words(form: ExceptionForm) -> str:
    return form.reach.count.text()


def test_what_a_pattern_covers_is_counted_at_each_key_and_listed_before_it_is_saved(register: ExceptionsDialog) -> None:
    saved: list[ExceptionRule] = []
    register.saved.connect(lambda rule, _: saved.append(rule))
    register.show_form(None)
    form = register._form
    assert form is not None
    QTest.keyClicks(form.domain, "partner.example")
    assert reach_words(form) == "Counting …"
    register.set_reach(Reach(report()))
    assert reach_words(form) == "120 proven messages of 1 domain"
    assert "31 messages more in these names are not proven." in form.reach.unproven.text()
    model = form.reach.table.model()
    assert [model.index(0, at).data().strip("\u2066\u2069") for at in range(3)] == ["partner.example", "Sent by itself", "120"]
    QTest.keyClicks(form.source, "m")
    assert reach_words(form) == "Nothing in this audit is proven and would be covered."
    QTest.keyClick(form.source, Qt.Key.Key_Backspace)
    form.whose.setFocus()
    QTest.keyClick(form.whose, Qt.Key.Key_Down)
    assert reach_words(form) == "Nothing in this audit is proven and would be covered."  # only what is below it
    QTest.keyClick(form.save, Qt.Key.Key_Return)
    assert saved == [ExceptionRule("*.partner.example", Direction.TO_US, approved_by="Sara Haddad")]


def test_any_domain_has_to_name_a_source_or_a_kind(register: ExceptionsDialog) -> None:
    saved: list[ExceptionRule] = []
    register.saved.connect(lambda rule, _: saved.append(rule))
    register.set_reach(Reach(report()))
    register.show_form(None)
    form = register._form
    assert form is not None
    form.whose.setFocus()
    QTest.keyClick(form.whose, Qt.Key.Key_End)
    assert not form.domain.isEnabled()
    QTest.keyClick(form.source, Qt.Key.Key_Return)
    assert form.error.isVisible()
    assert saved == []
    form.kind.choose(DomainClass.SHARED_PROVIDER)
    assert reach_words(form) == "92 proven messages of 1 domain"
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert saved == [ExceptionRule("*", Direction.TO_US, approved_by="Sara Haddad", kind=DomainClass.SHARED_PROVIDER)]


def test_a_kind_is_asked_only_of_outside_domains(register: ExceptionsDialog) -> None:
    register.show_form(ExceptionRule("*", Direction.TO_US, kind=DomainClass.SHARED_PROVIDER))
    form = register._form
    assert form is not None
    assert form.kind.isEnabled()
    assert form.kind.chosen() is DomainClass.SHARED_PROVIDER
    form.choices[Direction.AS_US].click()
    assert not form.kind.isEnabled()


def test_a_star_that_is_typed_is_understood(register: ExceptionsDialog) -> None:
    saved: list[ExceptionRule] = []
    register.saved.connect(lambda rule, _: saved.append(rule))
    register.show_form(None)
    form = register._form
    assert form is not None
    QTest.keyClicks(form.domain, "*.partner.example")
    QTest.keyClick(form.domain, Qt.Key.Key_Return)
    assert [rule.domain for rule in saved] == ["*.partner.example"]


def test_each_exception_tells_how_many_proven_messages_it_covers(app: QApplication, window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.audits.rules = [PARTNER, ExceptionRule("*", Direction.TO_US, kind=DomainClass.SHARED_PROVIDER)]
    window.show_audit(AuditState("x", "t", replace(report(), exceptions=tuple(services.audits.rules))))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    view.exceptions_button.click()
    register = next(each for each in window.findChildren(ExceptionsDialog) if each.isVisible())
    wait_until(lambda: register.table.item(0, 3).text() != "…")
    assert [register.table.item(at, 3).text() for at in range(2)] == ["120", "92"]
    assert "Mail provider shared by many people" in register.table.item(1, 0).text()
    register.close()


def test_while_the_mailbox_is_judged_again_the_register_and_the_audit_say_so(
    app: QApplication, window: Window, services: FakeServices, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged, save = Event(), services.audits.save_exception

    def slowly(report: Report, rule: ExceptionRule, instead: ExceptionRule | None = None) -> Report:
        judged.wait()
        return save(report, rule, instead)

    def says(widget: QWidget) -> bool:
        return any("judged again" in each.text() for each in widget.findChildren(QLabel) if each.isVisible())

    monkeypatch.setattr(services.audits, "save_exception", slowly)
    window.show_audit(AuditState("x", "t", report()))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    view.exceptions_button.click()
    register = next(each for each in window.findChildren(ExceptionsDialog) if each.isVisible())
    register.saved.emit(PARTNER, None)
    wait_until(lambda: says(register))
    assert says(view)
    judged.set()
    wait_until(lambda: register.table.rowCount() == 1)
    app.processEvents()
    assert not says(register)
    assert not says(view)
    register.close()
