"""The table's model: sorting, searching and filtering without any widget."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.i18n import Translation
from app.model import Authentication, Decision, Relationship
from app.report import Band
from tests.ui.reports import many_rows, small_rows
from ui.domain_cells import Column
from ui.domain_filter import DomainFilter, in_words
from ui.domain_model import CELL, DomainModel

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def shown(model: DomainModel) -> list[str | None]:
    return [model.row_at(position).domain for position in range(model.rowCount())]


@pytest.fixture
def model(say: Translation) -> DomainModel:
    return DomainModel(say, small_rows())


def test_the_most_suspicious_comes_first(model: DomainModel) -> None:
    assert shown(model)[:3] == ["firm.example", "f1rm.example", "old.example"]


def test_every_column_sorts_both_ways(say: Translation) -> None:
    rows = many_rows(500)
    model = DomainModel(say, rows)
    values = {
        Column.DOMAIN: lambda row: row.unicode,
        Column.SCORE: lambda row: row.worst,
        Column.MESSAGES: lambda row: row.messages,
        Column.LAST_SEEN: lambda row: row.last_seen,
        Column.RELATIONSHIP: lambda row: list(Relationship).index(row.relationship),
        Column.AUTHENTICATION: lambda row: list(Authentication).index(row.authentication),
        Column.DECISION: lambda row: list(Decision).index(row.decision),
        Column.FINDING: lambda row: min(finding.points for finding in row.findings),
    }
    for column, value in values.items():
        for order in (ASCENDING, DESCENDING):
            model.sort(column, order)
            got = [value(model.row_at(position)) for position in range(model.rowCount())]
            assert got == sorted(got, reverse=order == DESCENDING), (column, order)


def test_the_search_finds_both_spellings_of_a_domain(model: DomainModel) -> None:
    model.set_filter(DomainFilter(text="نقل"))
    assert shown(model) == ["xn--mgbx5cf.example"]
    model.set_filter(DomainFilter(text=" XN--MGB "))
    assert shown(model) == ["xn--mgbx5cf.example"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (DomainFilter(relationship=Relationship.OWN), {"firm.example"}),
        (DomainFilter(authentication=Authentication.FAILED), {"old.example"}),
        (DomainFilter(decision=Decision.TRUSTED), {"xn--mgbx5cf.example"}),
        (DomainFilter(band=Band.SUSPICIOUS), {"firm.example"}),
        (DomainFilter(relationship=Relationship.EXTERNAL, authentication=Authentication.MIXED), {"partner.example"}),
        (DomainFilter(relationship=Relationship.OWN, decision=Decision.TRUSTED), set()),
    ],
)
def test_each_axis_filters_alone_and_together(model: DomainModel, wanted: DomainFilter, expected: set[str]) -> None:
    model.set_filter(wanted)
    assert set(shown(model)) == expected


def test_a_filter_outlives_sorting_and_new_rows(model: DomainModel) -> None:
    model.set_filter(DomainFilter(text="firm"))
    model.sort(Column.DOMAIN, DESCENDING)
    assert shown(model) == ["firm.example"]
    model.set_rows(small_rows()[1:])
    assert shown(model) == []


def test_messages_without_a_domain_are_a_row(model: DomainModel) -> None:
    position = model.position_of(("",))
    assert position is not None
    assert model.index(position, Column.DOMAIN).data(CELL).text == "(no readable sender)"


def test_a_shared_provider_has_no_score_but_its_lowest_is_said(model: DomainModel) -> None:
    position = model.position_of(("freemail.example",))
    assert position is not None
    cell = model.index(position, Column.SCORE).data(CELL)
    assert (cell.text, cell.second) == ("by address", "lowest 50")


def test_colour_never_stands_alone(model: DomainModel) -> None:
    for position in range(model.rowCount()):
        for column in Column:
            cell = model.index(position, column).data(CELL)
            if cell.tone in ("good", "warn", "bad"):
                assert cell.shape
                assert cell.text


def test_a_hostile_name_is_contained(say: Translation) -> None:
    row = replace(small_rows()[0], domain="a.example", unicode="a\u202eb.example")
    assert "\u202e" not in DomainModel(say, (row,)).index(0, Column.DOMAIN).data()


def test_a_hundred_thousand_rows_are_sorted_once_for_each_column(say: Translation) -> None:
    """Ranks are computed when first asked for and then kept, so that a search costs one pass."""
    model = DomainModel(say, many_rows(100_000))
    model.sort(Column.MESSAGES, DESCENDING)
    ranking = model._ranking(Column.MESSAGES)
    model.set_filter(DomainFilter(text="d9999"))
    assert model._ranking(Column.MESSAGES) is ranking
    assert model.rowCount() == 11  # d9999 and d99990 to d99999
    got = [model.row_at(position).messages for position in range(model.rowCount())]
    assert got == sorted(got, reverse=True)


def test_the_filter_is_said_in_words(say: Translation) -> None:
    assert in_words(DomainFilter(), 8, 8, say) == "All 8 entries"
    wanted = DomainFilter(text="pay", relationship=Relationship.EXTERNAL, authentication=Authentication.FAILED)
    assert in_words(wanted, 3, 42, say) == "Showing 3 of 42 entries: external, proof failed, with “pay”"
    arabic = in_words(wanted, 3, 42, Translation("ar"))
    assert "خارجي" in arabic
    assert "42 سطرًا" in arabic
