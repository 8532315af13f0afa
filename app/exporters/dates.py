"""Times as people and programs read them (ISO 8601, RFC 3339), always UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

_DAY = 86_400


def instant(seconds: int | None) -> str | None:
    """`2026-03-01T09:30:00Z`; None where the time is not known or lies outside the years 1 to 9999."""
    if seconds is None:
        return None
    days, rest = divmod(seconds, _DAY)
    minutes, second = divmod(rest, 60)
    date = _date(days)
    return None if date is None else f"{date}T{_clock(minutes)}:{second:02}Z"


def day(seconds: int | None) -> str | None:
    """`2026-03-01`; None as above."""
    return None if seconds is None else _date(seconds // _DAY)


@lru_cache(4_096)
def _date(days: int) -> str | None:
    """Of the day so many days after the first one of 1970: much mail comes on one day."""
    try:
        return datetime.fromtimestamp(days * _DAY, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return None


@lru_cache(1_440)
def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
