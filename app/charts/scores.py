"""How the lowest scores of the domains are spread, in tens, with the three bands."""

from __future__ import annotations

from collections import Counter

from app.charts.data import ChartData, Form, Row, Series
from app.i18n import Translation
from app.model import Report
from app.report import Band, band_of
from app.terms import BANDS

BAND_SERIES = ((Band.USUAL, "good"), (Band.LOOK, "warn"), (Band.SUSPICIOUS, "bad"))


def band_series(say: Translation) -> tuple[Series, ...]:
    return tuple(Series(say.fill(BANDS[band].name, {}), tone, band) for band, tone in BAND_SERIES)


def chart(report: Report, say: Translation) -> ChartData:
    counts = Counter(min(row.worst // 10, 9) for row in report.domains)
    return ChartData(
        "scores",
        say("How the domains score"),
        say("Domains by the lowest score among their messages; 100 is best."),
        say("Score"),
        Form.COLUMNS,
        band_series(say),
        tuple(_row(ten, counts[ten], say) for ten in range(10)),
    )


def _row(ten: int, domains: int, say: Translation) -> Row:
    """Scores in tens; the last holds 100 too. The limits of the bands are tens, so a row is in one band."""
    low, high = 10 * ten, 100 if ten == 9 else 10 * ten + 9
    amounts = tuple(domains if band is band_of(low) else 0 for band, _ in BAND_SERIES)
    return Row(say.in_digits(f"{low}–{high}"), amounts, (low, high))
