"""New domains over time: when each was first seen, and what has become of it."""

from __future__ import annotations

from collections import Counter

from app.charts.data import ChartData, Form, Row
from app.charts.periods import month_of, periods
from app.charts.scores import BAND_SERIES, band_series
from app.i18n import Translation
from app.model import Report
from app.report import Band, band_of


def chart(report: Report, say: Translation) -> ChartData:
    counts: Counter[tuple[int, Band]] = Counter()
    for row in report.domains:
        month = None if row.first_seen is None else month_of(row.first_seen)
        if month is not None:
            counts[month, band_of(row.worst)] += 1
    by_month: Counter[int] = Counter()
    for (number, _), domains in counts.items():
        by_month[number] += domains
    axis = periods(by_month, month_of(report.created) or 0)
    rows = tuple(
        Row(
            period.label(say),
            tuple(sum(n for (month, band), n in counts.items() if band is wanted and period.holds(month)) for wanted, _ in BAND_SERIES),
            period,
            period.short(say),
            period.under(say),
        )
        for period in axis
    )
    return ChartData(
        "arrivals",
        say("When new domains turned up"),
        say("Domains by their first message. Where the mailbox begins, every domain is new."),
        say("Time"),
        Form.COLUMNS,
        band_series(say),
        rows,
    )
