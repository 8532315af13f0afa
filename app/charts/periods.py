"""The axis of time: months, or years where there are many, from the first that matters to the newest; a date before it is "earlier".

Dates in mail may be nonsense: what lies in the future is left out, and a hundredth of the mail cannot stretch the axis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.i18n import Translation, mark

MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"),
    mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip
MOST_MONTHS, MOST_YEARS = 30, 20
_STRAY = 100
"""One message in so many may be older than the axis."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months from `first` to `last`, counted from the year 0; `first` None: everything up to `last`."""

    first: int | None
    last: int

    @property
    def begins(self) -> int | None:
        """Seconds since 1970 UTC."""
        return None if self.first is None else _seconds(self.first)

    @property
    def ends(self) -> int:
        """The second after it."""
        return _seconds(self.last + 1)

    def holds(self, month: int) -> bool:
        return (self.first is None or self.first <= month) and month <= self.last

    def label(self, say: Translation) -> str:
        if self.first is None:
            return say("Earlier")
        year = say.in_digits(str(self.first // 12))
        return f"{self.short(say)} {year}" if self.first == self.last else year

    def short(self, say: Translation) -> str:
        if self.first is None:
            return say("Earlier")
        return say.fill(MONTHS[self.first % 12], {}) if self.first == self.last else say.in_digits(str(self.first // 12))

    def under(self, say: Translation) -> str:
        """The year of a month."""
        return say.in_digits(str(self.last // 12)) if self.first == self.last else ""


def month_of(seconds: int) -> int | None:
    """The number of a month; None where the calendar has no such date."""
    try:
        when = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return when.year * 12 + when.month - 1


def month_called(name: str) -> int:
    """The number of `2026-03`."""
    year, _, month = name.partition("-")
    return int(year) * 12 + int(month) - 1


def periods(amounts: Mapping[int, int], now: int) -> tuple[Period, ...]:
    """The axis for amounts by month, none of them after the month `now`; without gaps."""
    known = sorted((month, n) for month, n in amounts.items() if n and month <= now)
    if not known:
        return ()
    strays, start, newest = sum(n for _, n in known) / _STRAY, 0, known[-1][0]
    for month, n in known:
        start = month
        strays -= n
        if strays < 0:
            break
    yearly = newest - start >= MOST_MONTHS
    if yearly:
        start = max(start // 12, newest // 12 - MOST_YEARS + 1) * 12
        axis = [Period(first, first + 11) for first in range(start, newest + 1, 12)]
    else:
        axis = [Period(month, month) for month in range(start, newest + 1)]
    return (Period(None, start - 1), *axis) if known[0][0] < start else tuple(axis)


def _seconds(month: int) -> int:
    return int(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC).timestamp())
