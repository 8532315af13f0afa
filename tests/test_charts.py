"""Charts show the numbers they are given, mirror in right-to-left languages, and are well-formed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from app.charts import ChartData, Drawing, Palette, charts_of, draw, meter, stacked_bar
from app.charts.draw_bars import lengths
from app.charts.draw_columns import scale
from app.charts.periods import Period, month_called, periods
from app.i18n import LANGUAGES, Translation
from app.model import Authentication, Relationship, Report
from app.report import Band, totals_of
from tests.ui.reports import claim, domain_row, report


def rects(svg: str) -> list[tuple[str, float, float]]:
    return [(each.attrib["class"], float(each.attrib["x"]), float(each.attrib["width"])) for each in ElementTree.fromstring(svg)]


PARTS = [("good", 75), ("bad", 0), ("warn", 24), ("neutral", 1)]


def test_parts_fill_the_width_in_proportion_with_gaps_between() -> None:
    shapes = rects(stacked_bar(PARTS, "by proof", rtl=False))
    assert [tone for tone, _, _ in shapes] == ["good", "warn", "neutral"]
    assert sum(width for _, _, width in shapes) == pytest.approx(99, abs=0.01)
    assert shapes[1][1] - (shapes[0][1] + shapes[0][2]) == pytest.approx(0.5, abs=0.01)
    assert shapes[0][2] == pytest.approx(3 * 24.75, abs=0.01)


def test_right_to_left_is_the_mirror_image() -> None:
    ltr, rtl = (rects(stacked_bar(PARTS, "", rtl)) for rtl in (False, True))
    for (tone, x, width), (mirrored_tone, mirrored_x, mirrored_width) in zip(ltr, rtl, strict=True):
        assert (tone, width) == (mirrored_tone, mirrored_width)
        assert mirrored_x == pytest.approx(100 - x - width, abs=0.02)


def test_nothing_to_show_is_an_empty_track() -> None:
    assert rects(stacked_bar([("good", 0)], "", False)) == [("track", 0, 100)]


def test_a_meter_starts_at_the_readers_side() -> None:
    assert rects(meter(30, "bad", "30 of 100", rtl=False))[1] == ("bad", 0, 30)
    assert rects(meter(30, "bad", "30 of 100", rtl=True))[1] == ("bad", 70, 30)


def test_the_label_cannot_break_out() -> None:
    root = ElementTree.fromstring(stacked_bar(PARTS, '"><script>', False))
    assert root.attrib["aria-label"] == '"><script>'
    assert root.attrib["role"] == "img"


# Charts of a report --------------------------------------------------------------------------------------------------

PROVEN, FAILED, UNKNOWN = Authentication.AUTHENTICATED, Authentication.FAILED, Authentication.NOT_ESTABLISHED
SVG = "{http://www.w3.org/2000/svg}"


def dated() -> Report:
    """The small report, with all messages of each claim in one month."""
    found = report()
    months = {(each.record.id, "2026-03" if each.score >= 70 else "2026-02"): each.record.messages for row in found.domains for each in row.claims}
    return replace(found, months=months)


def chart(id: str, of: Report | None = None, language: str = "en") -> ChartData:
    return next(each for each in charts_of(of or dated(), Translation(language)) if each.id == id)


def texts(drawing: Drawing) -> list[tuple[str, float, str]]:
    return [
        (element.text or "", float(element.attrib["x"]), element.attrib["text-anchor"]) for element in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text")
    ]


def test_every_chart_of_messages_counts_every_message() -> None:
    totals = totals_of(dated())
    assert chart("relationships").total == chart("traffic").total == totals.messages
    for id in ("relationships", "traffic"):
        data = chart(id)
        assert {series.key: data.sum_of(at) for at, series in enumerate(data.series)} == totals.by_authentication


def test_every_chart_of_domains_counts_every_row() -> None:
    for id in ("scores", "arrivals"):
        data = chart(id)
        assert {series.key: data.sum_of(at) for at, series in enumerate(data.series)} == totals_of(dated()).by_band


def test_relationships_tell_proven_from_unproven() -> None:
    rows = {row.key: row.amounts for row in chart("relationships").rows}
    assert rows[Relationship.OWN] == (412, 0, 7)
    assert rows[Relationship.AUTHORISED] == (240, 0, 0)


def test_mail_in_ones_own_name_is_told_apart_by_who_sent_it() -> None:
    assert [(row.label, row.amounts) for row in chart("own_names").rows] == [("Your own servers", (412, 0, 0)), ("203.0.113.0/24", (0, 0, 7))]


def test_many_sources_are_summed_up_and_none_is_lost() -> None:
    claims = [claim("firm.example", FAILED, (), messages=n, source=f"s{n}.example", relationship=Relationship.OWN) for n in range(1, 10)]
    data = chart("own_names", report((domain_row(claims),)))
    assert [row.label for row in data.rows] == ["s9.example", "s8.example", "s7.example", "s6.example", "5 other sources"]
    assert data.total == 45


def test_a_score_stands_in_the_band_it_belongs_to() -> None:
    data = chart("scores")
    assert [row.key for row in data.rows][::3] == [(0, 9), (30, 39), (60, 69), (90, 100)]
    for row in data.rows:
        low, _ = row.key  # type: ignore[misc]
        allowed = Band.SUSPICIOUS if low < 40 else Band.LOOK if low < 70 else Band.USUAL
        assert all(series.key is allowed for series, n in zip(data.series, row.amounts, strict=True) if n)


def test_a_chart_without_numbers_is_left_out() -> None:
    assert charts_of(report(()), Translation()) == []
    assert "own_names" not in [each.id for each in charts_of(report((domain_row([claim("a.example", PROVEN, ())]),)), Translation())]
    assert "traffic" not in [each.id for each in charts_of(report(), Translation())]


def test_a_name_in_a_chart_is_contained_and_cannot_break_out() -> None:
    hostile = claim("firm.example", FAILED, (), source="<script>\u202e&x", relationship=Relationship.OWN)
    data = chart("own_names", report((domain_row([hostile]),)))
    assert texts(draw(data, Palette(), 400, rtl=False))[0][0] == "<script>[U+202E]&x"


# The axis of time ----------------------------------------------------------------------------------------------------

NOW = month_called("2026-06")


def test_months_without_mail_stay_on_the_axis() -> None:
    axis = periods({NOW - 3: 5, NOW: 5}, NOW)
    assert [(period.first, period.last) for period in axis] == [(month, month) for month in range(NOW - 3, NOW + 1)]


def test_many_years_are_shown_by_year() -> None:
    axis = periods({month_called("2019-07"): 10, NOW: 10}, NOW)
    assert [period.label(Translation()) for period in axis] == [str(year) for year in range(2019, 2027)]
    assert (axis[0].begins, axis[0].ends) == (int(datetime(2019, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()))


def test_a_date_in_the_future_is_left_out_and_one_stray_date_is_earlier() -> None:
    axis = periods({month_called("1970-01"): 1, NOW - 1: 150, NOW: 150, NOW + 900: 3}, NOW)
    assert axis == (Period(None, NOW - 2), Period(NOW - 1, NOW - 1), Period(NOW, NOW))
    assert axis[0].holds(month_called("1970-01"))


def test_no_dates_make_no_axis() -> None:
    assert periods({}, NOW) == ()
    assert periods({NOW + 1: 4}, NOW) == ()


# Drawing -------------------------------------------------------------------------------------------------------------


def drawings(rtl: bool) -> Iterator[tuple[ChartData, Drawing]]:
    """The same words in both directions, so that only the direction differs."""
    for data in charts_of(dated(), Translation()):
        yield data, draw(data, Palette(), 480, rtl)


@pytest.mark.parametrize("rtl", [False, True])
def test_every_part_lies_on_the_sheet_and_in_its_row(rtl: bool) -> None:
    for data, drawing in drawings(rtl):
        rows = {area.row: area for area in drawing.areas if area.series is None}
        assert len(rows) == len(data.rows)
        for part in drawing.areas:
            row = rows[part.row]
            assert part.x >= 0
            assert part.x + part.width <= drawing.width + 0.01
            assert row.x - 0.01 <= part.x
            assert part.y + part.height <= row.y + row.height + 0.01
            assert part.y >= row.y - 3


def test_a_chart_is_mirrored_with_its_axis_and_its_texts_stay_readable() -> None:
    for (_, ltr), (_, rtl) in zip(drawings(False), drawings(True), strict=True):
        for one, other in zip(ltr.areas, rtl.areas, strict=True):
            assert other.x == pytest.approx(ltr.width - one.x - one.width, abs=0.01)
            assert (other.y, other.row, other.series) == (one.y, one.row, one.series)
        swapped = {"start": "end", "end": "start", "middle": "middle"}
        for (words, x, anchor), (arabic, mirrored, side) in zip(texts(ltr), texts(rtl), strict=True):
            assert arabic == words
            assert mirrored == pytest.approx(ltr.width - x, abs=0.01)
            assert side == swapped[anchor]


def test_what_is_pointed_at_is_the_part_before_its_row() -> None:
    drawing = draw(chart("relationships"), Palette(), 480, rtl=False)
    part = next(area for area in drawing.areas if area.series is not None)
    assert drawing.at(part.x + 1, part.y + 1) == part
    row = drawing.at(part.x + 1, part.y - 5)
    assert row is not None
    assert (row.row, row.series) == (part.row, None)
    assert drawing.at(-1, 0) is None


def test_a_small_part_stays_visible_and_the_bar_does_not_outgrow_the_room() -> None:
    parts = lengths((100_000, 1, 1), 100_002, 400)
    assert parts[1] >= 2
    assert sum(parts) <= 400
    assert lengths((0, 0, 0), 0, 400) == [0, 0, 0]


@pytest.mark.parametrize("largest", [0, 1, 7, 41, 99, 100, 101, 12_345, 1_000_000])
def test_a_scale_holds_the_largest_in_a_few_round_steps(largest: int) -> None:
    top, lines = scale(largest)
    assert top >= largest
    assert 3 <= len(lines) <= 5
    assert lines[-1] == top
    assert len({b - a for a, b in pairwise(lines)}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_series_is_told_by_colour_alone(language: str) -> None:
    for data in charts_of(dated(), Translation(language)):
        assert len({series.tone for series in data.series}) == len(data.series)
        root = ElementTree.fromstring(draw(data, Palette(), 480, language == "ar").svg)
        assert root.attrib["aria-label"] == data.title
        used = {series.tone for at, series in enumerate(data.series) if data.sum_of(at)}
        kinds = [element.attrib["class"] for element in root]
        assert ("hollow" in kinds) == ("neutral" in used)
        assert ("stripes" in kinds) == bool(used & {"warn", "bad"})
