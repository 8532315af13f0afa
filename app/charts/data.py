"""What a chart shows, apart from how: rows of numbers with their names. The same rows fill the table beside the picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    BARS = "bars"
    """One bar a row, side by side parts, in reading direction: for things with names."""
    COLUMNS = "columns"
    """One column a row, parts on top of each other, on an axis in reading direction: for time and for scales."""


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of part; `tone` chooses its colour and its texture: good, warn, bad, neutral, info."""

    name: str
    tone: str
    key: object
    """What a click on it stands for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar or column: its amounts in the order of the chart's series."""

    label: str
    amounts: tuple[int, ...]
    key: object
    """What a click on it stands for."""
    short: str = ""
    """The label under a column, where room is scarce."""
    under: str = ""
    """A second line there, shown where it differs from that of the label before: the year."""

    @property
    def total(self) -> int:
        return sum(self.amounts)


@dataclass(frozen=True, slots=True)
class ChartData:
    """All texts are in the reader's language and contained."""

    id: str
    title: str
    meaning: str
    """One sentence: what is counted, and how to read it."""
    rows_are: str
    """Heading of the first column of the table."""
    form: Form
    series: tuple[Series, ...]
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    def sum_of(self, series: int) -> int:
        return sum(row.amounts[series] for row in self.rows)
