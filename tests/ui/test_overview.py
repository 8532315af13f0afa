"""The overview: it says what the report says, and everything in it leads to the domains it speaks of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.charts import charts_of
from app.charts.periods import Period, month_called
from app.i18n import Translation
from app.model import Authentication, Decision, DecisionRecord, Relationship, Report
from app.report import Band
from app.review import looks_of, needing_a_look, subjects_of
from tests.ui.reports import report
from ui.audit_view import AuditState, AuditView, Page
from ui.chart_card import ChartCard
from ui.chart_filters import filter_of
from ui.domain_filter import DomainFilter, in_words
from ui.domain_model import DomainModel
from ui.language import Languages
from ui.summary import headline, not_judged, sentences

Left = Qt.MouseButton.LeftButton


def dated() -> Report:
    found = report()
    months = {(each.record.id, "2026-03"): each.record.messages for row in found.domains for each in row.claims}
    return replace(found, months=months)


def all_rejected(shown: Report) -> Report:
    """Of what can be decided; senders that cannot be read are not among it."""
    rows = tuple(row for row in shown.domains if row.domain)
    subjects = [subject.name for row in rows for subject in subjects_of(row, shown)]
    return replace(shown, domains=rows, decisions=tuple(DecisionRecord(name, Decision.REJECTED) for name in subjects))


@pytest.fixture
def audit() -> Report:
    return dated()


def card(view: AuditView, title: str) -> ChartCard:
    return next(each for each in view.overview.charts if each.picture.accessibleName() == title)


def shown(view: AuditView) -> set[str | None]:
    model = view.domains.model
    return {model.row_at(n).domain for n in range(model.rowCount())}


# Sentences -----------------------------------------------------------------------------------------------------------


def test_the_summary_counts_what_the_table_shows(say: Translation) -> None:
    assert headline(report(), say) == "981 messages from 7 domains."
    model = DomainModel(say, report().domains, looks=looks_of(report()))
    counted = {}
    for sentence in sentences(report(), say):
        model.set_filter(sentence.leads_to)
        counted[sentence.text] = model.rowCount()
    assert counted["5 domains need a look."] == 5
    assert counted["1 domain looks like a name that is not its own."] == 1
    assert counted["7 messages are sent in your name, and their proof failed."] == 1


def test_own_mail_explains_why_fewer_are_judged_than_were_read(say: Translation) -> None:
    assert not_judged(report(), say) == ""
    assert not_judged(report(messages=984), say).startswith("3 more are your own")


def test_a_decided_mailbox_says_that_nothing_needs_a_look(say: Translation) -> None:
    assert sentences(all_rejected(report()), say)[0].text == "Nothing needs a look."


@pytest.mark.parametrize(("n", "words"), [(1, "نطاق واحد يستحق نظرة."), (2, "نطاقان يستحقان نظرة."), (3, "3 نطاقات تستحق نظرة."), (11, "11 نطاقًا تستحق نظرة.")])
def test_arabic_counts_in_its_own_forms(app: QApplication, n: int, words: str) -> None:
    worst = needing_a_look(report())[0]
    rows = tuple(replace(worst, domain=f"d{i}.example") for i in range(n))
    assert sentences(report(rows), Translation("ar"))[0].text == words


def test_a_sentence_leads_into_the_table_by_keyboard(app: QApplication, view: AuditView) -> None:
    view.activateWindow()
    view.first.setFocus()
    app.processEvents()
    assert view.first is view.overview.sentences[0]
    QTest.keyClick(view.first, Qt.Key.Key_Space)
    assert view.domains.isVisible()
    assert shown(view) == {row.domain for row in needing_a_look(report())}
    assert "needs a look" in view.domains.words.text()


def test_the_worst_domain_is_one_click_away_with_its_reasons(view: AuditView) -> None:
    QTest.mouseClick(view.overview.looks[0], Left)
    assert view.detail.isVisible()
    assert "firm.example" in view.detail.accessibleName()


def test_the_pages_are_switched_by_mouse_and_keyboard(app: QApplication, view: AuditView) -> None:
    QTest.mouseClick(view.tabs[Page.DOMAINS], Left)
    assert view.domains.isVisible()
    QTest.mouseClick(view.tabs[Page.DOMAINS], Left)
    assert view.tabs[Page.DOMAINS].isChecked()
    view.activateWindow()
    view.domains.table.setFocus()
    app.processEvents()
    QTest.keyClick(view.domains.table, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert view.overview.isVisible()


def test_an_empty_mailbox_opens_with_its_table(app: QApplication, say: Translation) -> None:
    view = AuditView(say, AuditState("x", "t", report(())))
    view.show()
    app.processEvents()
    assert view.domains.isVisible()
    view.close()
    view.deleteLater()


def test_the_overview_follows_when_the_mail_is_judged_again(app: QApplication, view: AuditView) -> None:
    view.set_report(all_rejected(dated()))
    app.processEvents()
    assert view.overview.sentences[0].accessibleName() == "Nothing needs a look."
    assert view.overview.looks == []


# Charts --------------------------------------------------------------------------------------------------------------


def test_a_click_on_a_part_shows_the_domains_behind_it(view: AuditView) -> None:
    picture = card(view, "Whose mail it is, and whether it is proven").picture
    area = next(each for each in picture.drawing.areas if each.row == 0 and each.series == 2)
    QTest.mouseClick(picture, Left, pos=QPoint(round(area.x + area.width / 2), round(area.y + 5)))
    assert shown(view) == {"firm.example"}
    assert "own" in view.domains.words.text()
    assert "proof failed" in view.domains.words.text()


def test_every_chart_has_its_numbers_in_a_table_that_enter_leads_on_from(app: QApplication, view: AuditView) -> None:
    for each in view.overview.charts:
        QTest.mouseClick(each.toggle, Left)
        assert each.table.isVisible()
        assert not each.picture.isVisible()
    table = card(view, "How the domains score").table
    assert [table.horizontalHeaderItem(n).text() for n in range(4)] == ["Score", "Nothing unusual", "Worth a look", "Suspicious"]
    row = next(n for n in range(10) if table.item(n, 3).text() != "0")
    table.setCurrentCell(row, 3)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert len(shown(view)) == int(table.item(row, 3).text())


def test_an_empty_number_leads_nowhere(view: AuditView) -> None:
    picture = card(view, "How the domains score").picture
    empty = next(area for area in picture.drawing.areas if picture._chart.rows[area.row].total == 0)
    QTest.mouseClick(picture, Left, pos=QPoint(round(empty.x + 2), round(empty.y + 2)))
    assert view.overview.isVisible()


def test_what_a_chart_counts_is_what_its_filter_shows(say: Translation) -> None:
    model = DomainModel(say, dated().domains, looks=looks_of(dated()))
    for chart in charts_of(dated(), say):
        if chart.id not in ("scores", "arrivals"):
            continue
        for at, row in enumerate(chart.rows):
            for series, amount in enumerate(row.amounts):
                if amount:
                    model.set_filter(filter_of(chart, at, series))
                    assert model.rowCount() == amount, (chart.id, row.label)


def test_a_filter_of_the_overview_is_told_in_words(say: Translation) -> None:
    march = Period(month_called("2026-03"), month_called("2026-03"))
    wanted = DomainFilter(relationship=Relationship.OWN, holding=Authentication.FAILED, active=march, band=Band.LOOK)
    assert in_words(wanted, 1, 8, say) == "Showing 1 of 8 entries: worth a look, own, with messages: proof failed, wrote in: Mar 2026"
    assert not wanted.asks_nothing


@pytest.mark.parametrize(("width", "columns"), [(1300, 3), (1000, 2)])
def test_the_cards_take_the_room_there_is(app: QApplication, view: AuditView, width: int, columns: int) -> None:
    view.resize(width, 700)
    app.processEvents()
    tops = {each.mapTo(view, QPoint(0, 0)).y() for each in view.overview.charts[:columns]}
    assert len(tops) == 1
    assert view.overview.charts[columns].mapTo(view, QPoint(0, 0)).y() > tops.pop()


def test_in_arabic_time_runs_from_right_to_left(app: QApplication) -> None:
    languages = Languages(app)
    say = languages.speak("ar")
    view = AuditView(say, AuditState("x", "t", dated()))
    view.resize(1280, 900)
    view.show()
    app.processEvents()
    areas = [area for area in card(view, "متى ظهرت النطاقات الجديدة").picture.drawing.areas if area.series is None]
    assert [area.x for area in areas] == sorted((area.x for area in areas), reverse=True)
    view.close()
    view.deleteLater()
    languages.speak("en")


def test_no_text_of_the_overview_is_hidden_in_a_control_without_a_name(view: AuditView) -> None:
    controls: list[QWidget] = [each for each in view.overview.findChildren(QPushButton) if each.isVisible()]
    assert controls
    assert all(each.accessibleName() for each in controls)
    assert any(each.text() == "981 messages from 7 domains." for each in view.overview.findChildren(QLabel))
