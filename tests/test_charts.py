"""Bars add up to their width, mirror in right-to-left languages and are well-formed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from app.charts import meter, stacked_bar


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
