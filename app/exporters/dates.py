"""Times as people and programs read them (ISO 8601, RFC 3339), always UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def instant(seconds: int | None) -> str | None:
    """`2026-03-01T09:30:00Z`; None where the time is not known or lies outside the years 1 to 9999."""
    when = _utc(seconds)
    return None if when is None else when.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def day(seconds: int | None) -> str | None:
    """`2026-03-01`; None as above."""
    when = _utc(seconds)
    return None if when is None else when.date().isoformat()


def _utc(seconds: int | None) -> datetime | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
