"""What the detail panel shows of messages, time, senders and sources: marked, reported, dated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.domains import to_unicode
from app.i18n import Translation
from app.model import Decision, Direction, ExceptionRule, Report, Verdict
from tests.ui.reports import FAILED, PROVEN, claim, domain_row, report
from ui.chart_card import ChartCard
from ui.detail import Detail
from ui.marked_text import MarkedText


@pytest.fixture
def detail(app: QApplication, say: Translation) -> Iterator[Detail]:
    detail = Detail(say)
    detail.resize(420, 900)
    detail.show()
    yield detail
    detail.close()
    detail.deleteLater()


def texts(detail: Detail) -> list[str]:
    return [each.text() for each in detail.findChildren(QLabel) if each.isVisibleTo(detail) and each.text()]


def shop(**more: object) -> Report:
    claims = [claim("shop.example", PROVEN, ("authenticated",), source="own", messages=40),
              claim("shop.example", FAILED, ("authentication_failed",), source="mailer.example", messages=3)]  # fmt: skip
    return replace(report((domain_row(claims),)), **more)  # type: ignore[arg-type]


def show(detail: Detail, audit: Report) -> None:
    detail.show_line(audit.domains[0], audit)
    QApplication.processEvents()


def test_a_foreign_letter_in_a_name_is_marked_and_said(detail: Detail) -> None:
    show(detail, report((domain_row([claim("shop.example", FAILED, ("authentication_failed",), name="Bаnk")]),)))
    names = {each.text for each in detail.findChildren(MarkedText) if each.isVisibleTo(detail)}
    assert names == {"Bаnk"}
    assert any("looks like “a”" in each.accessibleName() for each in detail.findChildren(MarkedText))
    assert any("U+0430" in text for text in texts(detail))


def test_a_foreign_letter_in_a_domain_is_shown_and_marked_not_its_code(detail: Detail) -> None:
    show(detail, report((domain_row([claim("xn--shp-ted.example", FAILED, ("authentication_failed",))]),)))
    assert {each.text for each in detail.findChildren(MarkedText) if each.isVisibleTo(detail)} == {"info@" + to_unicode("xn--shp-ted.example")}


def test_each_example_says_what_was_reported_about_it(detail: Detail) -> None:
    judged = claim("shop.example", FAILED, ("authentication_failed",))
    judged = replace(judged, proof=replace(judged.proof, dmarc=Verdict.FAIL, spf=Verdict.PASS))
    show(detail, report((domain_row([judged]),)))
    shown = texts(detail)
    assert "DMARC: failed" in shown
    assert "SPF: passed" in shown
    assert "as your mail server reported it" in shown


def test_the_timeline_counts_what_was_proven_and_what_failed_in_each_month(detail: Detail) -> None:
    audit = shop()
    genuine, forged = sorted(audit.domains[0].claims, key=lambda each: -each.score)
    january, february = "2026-01", "2026-02"
    months = {(genuine.record.id, january): 30, (genuine.record.id, february): 10, (forged.record.id, february): 3, ("another claim", february): 9}
    show(detail, replace(audit, months=months))
    card = detail.findChild(ChartCard)
    assert card is not None
    QTest.keyClick(card.toggle, Qt.Key.Key_Space)
    table = card.table
    assert table.isVisible()
    assert [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())] == [
        ["Jan 2026", "30", "0", "0"],
        ["Feb 2026", "10", "0", "3"],
    ]
    QTest.keyClick(table, Qt.Key.Key_Return)  # leads nowhere: the table of domains is beside it


def test_without_dates_there_is_no_timeline(detail: Detail) -> None:
    show(detail, shop())
    assert detail.findChild(ChartCard) is None


def test_a_source_says_its_proof_its_days_and_its_exception(detail: Detail) -> None:
    rule = ExceptionRule("shop.example", Direction.TO_US, "mailer.example")
    show(detail, shop(exceptions=(rule,)))
    shown = texts(detail)
    assert "0 of 3 proven · 3 failed" in shown
    assert "16 May 2025 to 12 Mar 2026" in shown
    assert "Expected from outside" in shown
    show(detail, shop(exceptions=(replace(rule, until=date(2025, 1, 1)),)))
    assert "Exception lapsed" in texts(detail)
    show(detail, shop(exceptions=(replace(rule, domain="other.example"),)))
    assert not {"Expected from outside", "Exception lapsed"} & set(texts(detail))


def test_a_decision_that_covers_a_part_of_what_a_domain_writes_says_so(detail: Detail) -> None:
    audit = shop()
    row = audit.domains[0]
    genuine = next(each for each in row.claims if each.proof.authentication is PROVEN)
    trusted = tuple(replace(each, decision=Decision.TRUSTED) if each is genuine else each for each in row.claims)
    show(detail, replace(audit, domains=(replace(row, claims=trusted),)))
    assert "Decided for 1 of 2 ways it writes" in texts(detail)
    show(detail, audit)
    assert not any(text.startswith("Decided for") for text in texts(detail))
