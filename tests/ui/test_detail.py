"""The detail panel: the strands of a domain, a score that adds up, and mail text that stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from app.i18n import Translation
from app.model import Authentication, DomainRow, Example
from tests.ui.reports import FAILED, PROVEN, claim, domain_row, small_rows
from ui.detail import Detail
from ui.evidence import carriers_of, strands_of


@pytest.fixture
def detail(app: QApplication, say: Translation) -> Iterator[Detail]:
    detail = Detail(say)
    detail.resize(480, 900)
    detail.show()
    yield detail
    detail.close()
    detail.deleteLater()


def show(detail: Detail, row: DomainRow) -> None:
    detail.show_line(row)
    QApplication.processEvents()


def texts(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget) and each.text()]


def strands(detail: Detail) -> list[QPushButton]:
    return [each for each in detail.findChildren(QPushButton) if each.isCheckable() and each.isVisibleTo(detail)]


def forged_own() -> DomainRow:
    return small_rows()[0]


def test_genuine_and_forged_mail_of_one_domain_are_separate_lines(detail: Detail) -> None:
    show(detail, forged_own())
    assert [each.accessibleName() for each in strands(detail)] == [
        "Proof failed · 7 messages, The Director · through 203.0.113.0/24, score 10",
        "Proven · 412 messages, Sara Haddad · sent by itself, score 85",
    ]


def test_the_parts_that_are_shown_add_up_to_the_score(app: QApplication, detail: Detail) -> None:
    show(detail, forged_own())
    for strand in strands(detail):
        QTest.mouseClick(strand, Qt.MouseButton.LeftButton)
        app.processEvents()
        shown = [text.strip("\u2066\u2069").replace("\u2212", "-") for text in texts(detail.parts)]
        *parts, score = [int(text) for text in shown if re.fullmatch(r"[+-]?\d+", text)]
        assert sum(parts) == score
        assert strand.accessibleName().endswith(f"score {score}")


def test_each_finding_says_what_why_the_innocent_explanation_and_what_to_do(detail: Detail) -> None:
    show(detail, forged_own())
    shown = texts(detail)
    assert "Why it matters" in shown
    assert "The innocent explanation" in shown
    assert "What you can do" in shown
    assert any("firm.example" in text and "own domain" in text for text in shown)


def test_a_message_id_is_copied_as_it_is(app: QApplication, detail: Detail) -> None:
    show(detail, forged_own())
    copy = next(each for each in detail.findChildren(QToolButton) if each.accessibleName() == "Copy the Message-ID")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert app.clipboard().text() == "<0.director@firm.example>"


def test_text_from_mail_is_never_markup_and_its_controls_are_shown(detail: Detail) -> None:
    hostile = claim("bad.example", FAILED, ("authentication_failed",), name="<b>Bank</b>\u202egro.knab", subject="<img src=x>")
    record = replace(hostile.record, examples=(Example("1", None, "<img src=x>\u202e", "<a@bad.example>\u0007", "IN\u0000BOX"),))
    show(detail, domain_row([replace(hostile, record=record)]))
    labels = detail.findChildren(QLabel)
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in labels if each.text())
    everything = "\n".join(texts(detail))
    assert "<b>Bank</b>" in everything
    assert "<img src=x>" in everything
    assert not re.search("[\u202e\u0000\u0007]", everything)


def test_a_domain_with_thousands_of_names_shows_a_bounded_number(detail: Detail) -> None:
    many = [claim("shop.example", PROVEN, ("authenticated",), name=f"n{n}", local=f"a{n}", source=f"s{n}.example") for n in range(3000)]
    show(detail, domain_row(many))
    assert len(strands(detail)) <= 12
    assert len(detail.findChildren(QLabel)) < 600


def test_claims_of_equal_evidence_are_one_strand() -> None:
    many = [claim("shop.example", PROVEN, ("authenticated",), name=f"n{n}", messages=n + 1) for n in range(5)]
    strand, = strands_of(domain_row(many))
    assert strand.messages == 15
    assert strand.names[0] == "n4"


def test_sources_say_how_much_of_their_mail_was_proven() -> None:
    sources = {each.source: (each.messages, each.proven) for each in carriers_of(forged_own())}
    assert sources == {"own": (412, 412), "203.0.113.0/24": (7, 0)}


def test_the_sum_is_said_for_every_strand_of_the_report() -> None:
    for row in small_rows():
        for strand in strands_of(row):
            assert sum(finding.points for finding in strand.findings) == strand.score
            assert strand.authentication in Authentication
