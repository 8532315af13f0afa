"""The fit of the points: reproducible, bounded by what a check means, and every row that it may move is one of the table."""

from __future__ import annotations

import pytest

from app.checks.points import POINTS
from tests.bench.fit_points import BY_HAND, fit, fitted_rows

BOUNDS = {"telling": (-60.0, -30.0), "weak": (-15.0, -2.0), "rare": (-30.0, -5.0)}


def combination(*rows: str) -> frozenset[str]:
    return frozenset(rows)


@pytest.fixture
def weights() -> dict[str, float]:
    good = {combination(): 0.9, combination("weak"): 0.1}
    bad = {combination("telling", "weak"): 0.5, combination("weak"): 0.2, combination(): 0.29, combination("rare"): 0.01}
    return fit(good, bad, BOUNDS, {})


def test_what_tells_more_costs_more_within_its_bounds(weights: dict[str, float]) -> None:
    assert weights["telling"] < weights["weak"] < 0
    assert all(low <= weights[row] <= high for row, (low, high) in BOUNDS.items())


def test_a_finding_that_honest_mail_has_as_often_costs_its_least() -> None:
    same = {combination("weak"): 0.5, combination(): 0.5}
    assert fit(same, dict(same), BOUNDS, {})["weak"] == pytest.approx(-2, abs=1)


def test_a_row_that_no_sample_has_is_left_alone(weights: dict[str, float]) -> None:
    assert set(fit({combination(): 1.0}, {combination("weak"): 1.0}, BOUNDS, {})) == {"weak"}


def test_the_same_mail_gives_the_same_points(weights: dict[str, float]) -> None:
    good = {combination("weak"): 0.1, combination(): 0.9}
    bad = {combination("rare"): 0.01, combination(): 0.29, combination("weak"): 0.2, combination("telling", "weak"): 0.5}
    assert fit(good, bad, BOUNDS, {}) == pytest.approx(weights, abs=0.01)


def test_only_rows_of_the_table_are_fitted_and_never_those_kept_by_hand() -> None:
    assert set(fitted_rows()) <= set(POINTS)
    assert not set(fitted_rows()) & BY_HAND
    assert set(POINTS) >= BY_HAND


def test_the_table_keeps_the_bounds() -> None:
    for row, (low, high) in fitted_rows().items():
        assert low <= POINTS[row] <= max(high, 0), row
