"""Choices and days of the sample, the same on every machine, in every time zone and with every Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")

MUSCAT = timezone(timedelta(hours=4))
FIRST_DAY = datetime(2025, 9, 14, tzinfo=MUSCAT)
LAST_DAY = datetime(2026, 11, 15, tzinfo=MUSCAT)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
END = int(LAST_DAY.timestamp()) + 19 * 3600
"""Nothing is written after this moment; seconds since 1970 UTC."""
DAY = 86_400

_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKEND = (4, 5)
"""Friday and Saturday."""


class Dice:
    """Random choices from one seed. Only `Random.random` is used, whose sequence Python promises to keep."""

    def __init__(self, seed: str) -> None:
        self._next = Random(crc32(seed.encode())).random

    def pick(self, values: Sequence[T]) -> T:
        return values[int(self._next() * len(values))]

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._next() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        return self._next() < probability

    def working_moment(self, first: float = 0.0, last: float = 1.0) -> int:
        """A moment of the Gulf's working week between two parts (0-1) of the sample's time; seconds since 1970 UTC."""
        day = int((first + (last - first) * self._next()) * (DAYS - 1))
        while (FIRST_DAY + timedelta(days=day)).weekday() in _WEEKEND:
            day -= 1 if day > 1 else -2
        return at(day, 7, 30) + int(self._next() * 9 * 3600)

    def any_moment(self, first: float = 0.0, last: float = 1.0) -> int:
        """The same for machines, which write on any day and at any hour of daylight."""
        day = int((first + (last - first) * self._next()) * (DAYS - 1))
        return at(day, 4, 0) + int(self._next() * 14 * 3600)


def in_office(moment: int) -> int:
    """The same moment, or the next morning of work at about the same minute."""
    when = datetime.fromtimestamp(moment, MUSCAT)
    if when.hour < 7 or when.hour >= 18:
        when = (when + timedelta(days=when.hour >= 18)).replace(hour=8)
    while when.weekday() in _WEEKEND:
        when += timedelta(days=1)
    return int(when.timestamp())


def at(day: int, hour: int, minute: int = 0) -> int:
    """A moment by the number of the sample's day (0 is the first) and the clock in Muscat; seconds since 1970 UTC."""
    return int(FIRST_DAY.timestamp()) + day * DAY + hour * 3600 + minute * 60


def on(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    """A moment by the calendar and the clock in Muscat; seconds since 1970 UTC."""
    return int(datetime(year, month, day, hour, minute, tzinfo=MUSCAT).timestamp())


def part(year: int, month: int, day: int) -> float:
    """Which part (0-1) of the sample's time has passed on a day."""
    return (datetime(year, month, day, tzinfo=MUSCAT) - FIRST_DAY).days / (DAYS - 1)


def date_field(moment: int, zone: str = "+0400") -> str:
    """An RFC 5322 date-time; the names of days and months do not depend on the locale."""
    offset = (int(zone[1:3]) * 60 + int(zone[3:])) * (-60 if zone[0] == "-" else 60)
    when = datetime.fromtimestamp(moment + offset, UTC)
    clock = f"{when.hour:02}:{when.minute:02}:{when.second:02}"
    return f"{_WEEKDAYS[when.weekday()]}, {when.day:02} {_MONTHS[when.month - 1]} {when.year} {clock} {zone}"


def local_day(moment: int) -> datetime:
    """The day in Muscat."""
    return datetime.fromtimestamp(moment, MUSCAT)
