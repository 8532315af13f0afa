"""The table of domains: a plain model over an immutable tuple of rows, with its own sorted and filtered list of indices.

(A QSortFilterProxyModel asks Python for every comparison: 28 s for 100,000 rows. Here each column's ranks are computed once.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.contain import contained
from app.i18n import Translation, mark
from app.model import Authentication, Decision, DomainClass, DomainRow, Relationship
from app.report import Band, band_of
from app.texts import finding_text
from ui.controls import tip
from ui.domain_filter import DomainFilter
from ui.words import AUTHENTICATIONS, BANDS, CLASSES, DECISIONS, KINDS, RELATIONSHIPS, UNREADABLE, day, ltr


class Column(IntEnum):
    DOMAIN = 0
    SCORE = 1
    FINDING = 2
    AUTHENTICATION = 3
    RELATIONSHIP = 4
    MESSAGES = 5
    LAST_SEEN = 6
    DECISION = 7
    FIRST_SEEN = 8
    KIND = 9
    ADDRESSES = 10


HEADERS = {
    Column.DOMAIN: (mark("Domain"), mark("The name after the @, grouped by its owner.")),
    Column.SCORE: (mark("Score"), mark("0 to 100, higher is better. The sum of what was found; below it the lowest score among its messages.")),
    Column.FINDING: (mark("What stands out"), mark("The finding that weighs most.")),
    Column.AUTHENTICATION: (mark("Proof"), mark("Whether your mail server checked that the domain really sent it.")),
    Column.RELATIONSHIP: (mark("Relationship"), mark("Whose domain it is, seen from your organisation.")),
    Column.MESSAGES: (mark("Messages"), mark("How many messages say they come from it.")),
    Column.LAST_SEEN: (mark("Last seen"), mark("The date of the newest message.")),
    Column.FIRST_SEEN: (mark("First seen"), mark("The date of the oldest message.")),
    Column.KIND: (mark("Kind of domain"), mark("What kind of name it is, apart from whose it is.")),
    Column.ADDRESSES: (mark("Addresses"), mark("How many addresses of it wrote.")),
    Column.DECISION: (mark("Decision"), mark("What a reviewer has recorded. It changes Nitaq's records alone.")),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a line, a second smaller line, and their meaning as tone and shape."""

    text: str
    second: str = ""
    tone: str = ""
    shape: str = ""
    second_tone: str = ""
    second_shape: str = ""
    strong: bool = False
    name: bool = False
    """It is a domain; where it is too long, its end must stay."""


# Read once: an attribute of an enumeration costs more than the rest of data().
DISPLAY, TOOL_TIP, ACCESSIBLE = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
CELL, ROW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
HORIZONTAL = Qt.Orientation.Horizontal
_RELATIONSHIPS, _AUTHENTICATIONS, _DECISIONS = ({value: rank for rank, value in enumerate(kind)} for kind in (Relationship, Authentication, Decision))
_KINDS = {value: rank for rank, value in enumerate(DomainClass)}
_NEVER = -(1 << 62)
_POINTS = attrgetter("points")



def _standing_out(row: DomainRow) -> str:
    """Most points against it first; as one text, since pairs are three times as slow to sort."""
    least = min(map(_POINTS, row.findings), default=0)
    return f"{1000 + least:04}{row.findings[0].id if row.findings else ''}"


_KEYS: dict[Column, Callable[[DomainRow], object]] = {
    Column.DOMAIN: lambda row: row.unicode or "\U0010ffff",
    Column.SCORE: lambda row: (row.worst << 40) - row.messages,
    Column.FINDING: _standing_out,
    Column.AUTHENTICATION: lambda row: _AUTHENTICATIONS[row.authentication],
    Column.RELATIONSHIP: lambda row: _RELATIONSHIPS[row.relationship],
    Column.MESSAGES: lambda row: row.messages,
    Column.LAST_SEEN: lambda row: _NEVER if row.last_seen is None else row.last_seen,
    Column.DECISION: lambda row: _DECISIONS[row.decision],
    Column.FIRST_SEEN: lambda row: _NEVER if row.first_seen is None else row.first_seen,
    Column.KIND: lambda row: _KINDS[row.domain_class],
    Column.ADDRESSES: lambda row: len(row.addresses),
}


class DomainModel(QAbstractTableModel):
    """Shows `rows` as filtered and sorted."""

    def __init__(self, say: Translation, rows: tuple[DomainRow, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._rows: tuple[DomainRow, ...] = ()
        self._haystacks: list[str] = []
        self._ranked: dict[Column, list[int]] = {}
        self._shown: list[int] = []
        self._filter = DomainFilter()
        self._column, self._descending = Column.SCORE, False
        self.set_rows(rows)

    # What is shown -----------------------------------------------------------------------------------------------

    def set_rows(self, rows: tuple[DomainRow, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self._haystacks = [f"{row.unicode}\n{row.domain}".casefold() for row in rows]
        self._ranked = {}
        self._choose()
        self.endResetModel()

    def set_filter(self, wanted: DomainFilter) -> None:
        self.beginResetModel()
        self._filter = wanted
        self._choose()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._column, self._descending = Column(column), order == Qt.SortOrder.DescendingOrder
        self._choose()
        self.endResetModel()

    @property
    def total(self) -> int:
        return len(self._rows)

    def row_at(self, position: int) -> DomainRow:
        return self._rows[self._shown[position]]

    def position_of(self, domain: str | None) -> int | None:
        """Where a domain is shown now; None where it is not."""
        return next((position for position, index in enumerate(self._shown) if self._rows[index].domain == domain), None)

    def _choose(self) -> None:
        order = self._ranking(self._column)
        if self._descending:
            order = order[::-1]
        accept = self._acceptance()
        self._shown = [index for index in order if accept(index)] if accept else list(order)

    def _ranking(self, column: Column) -> list[int]:
        """All indices in ascending order of a column; computed when first asked for."""
        if column not in self._ranked:
            keys = [_KEYS[column](row) for row in self._rows]
            self._ranked[column] = sorted(range(len(keys)), key=keys.__getitem__)  # type: ignore[arg-type]
        return self._ranked[column]

    def _acceptance(self) -> Callable[[int], bool] | None:
        wanted = self._filter
        if wanted.asks_nothing:
            return None
        rows, haystacks, needle = self._rows, self._haystacks, wanted.text.strip().casefold()
        relationship, authentication, decision, band = wanted.relationship, wanted.authentication, wanted.decision, wanted.band
        kind, more = wanted.kind, wanted.more_holds if wanted.asks_more else None

        def accept(index: int) -> bool:
            row = rows[index]
            return (
                needle in haystacks[index]
                and (relationship is None or row.relationship is relationship)
                and (authentication is None or row.authentication is authentication)
                and (decision is None or row.decision is decision)
                and (kind is None or row.domain_class is kind)
                and (band is None or band_of(row.worst) is band)
                and (more is None or more(row))
            )

        return accept

    # What Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation != HORIZONTAL or role not in (DISPLAY, TOOL_TIP):
            return None
        title, help = HEADERS[Column(section)]
        return self._say(title if role == DISPLAY else help)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = DISPLAY) -> object:
        if role == CELL:
            return self.cell(self.row_at(index.row()), Column(index.column()))
        if role in (DISPLAY, ACCESSIBLE):
            cell = self.cell(self.row_at(index.row()), Column(index.column()))
            return f"{cell.text} ({cell.second})" if cell.second else cell.text
        if role == TOOL_TIP:
            cell = self.cell(self.row_at(index.row()), Column(index.column()))
            return tip(f"{cell.text}\n{cell.second}" if cell.second else cell.text)
        return self.row_at(index.row()) if role == ROW else None

    def cell(self, row: DomainRow, column: Column) -> Cell:
        return _CELLS[column](row, self._say)


def _domain(row: DomainRow, say: Translation) -> Cell:
    if row.domain is None:
        return Cell(say(UNREADABLE), strong=True)
    second = contained(row.domain) if row.domain != row.unicode else ""
    if row.domain_class is not DomainClass.ORDINARY:
        second = second or say(CLASSES[row.domain_class])
    return Cell(ltr(contained(row.unicode)), second, strong=True, name=True)


def _score(row: DomainRow, say: Translation) -> Cell:
    worst = BANDS[band_of(row.worst)]
    if row.score is None:
        return Cell(say("by address"), say("lowest {score}", score=row.worst), second_tone=worst.tone, second_shape=worst.shape)
    word = BANDS[band_of(row.score)]
    if row.worst == row.score:
        return Cell(say.number(row.score), say(word.text), word.tone, word.shape, word.tone, strong=True)
    return Cell(say.number(row.score), say("lowest {score}", score=row.worst), word.tone, word.shape, worst.tone, worst.shape, strong=True)


def _finding(row: DomainRow, say: Translation) -> Cell:
    return Cell(finding_text(row.findings[0], say).title) if row.findings else Cell("–")


def _authentication(row: DomainRow, say: Translation) -> Cell:
    word = AUTHENTICATIONS[row.authentication]
    second = ""
    if row.authentication is Authentication.MIXED:
        second = say("{n} of {total} proven", n=row.counts[Authentication.AUTHENTICATED], total=row.messages)
    return Cell(say(word.text), second, word.tone, word.shape)


def _relationship(row: DomainRow, say: Translation) -> Cell:
    word = RELATIONSHIPS[row.relationship]
    return Cell(say(word.text), tone=word.tone, shape=word.shape)


def _messages(row: DomainRow, say: Translation) -> Cell:
    return Cell(say.number(row.messages))


def _last_seen(row: DomainRow, say: Translation) -> Cell:
    return Cell(day(row.last_seen, say))


def _first_seen(row: DomainRow, say: Translation) -> Cell:
    return Cell(day(row.first_seen, say))


def _kind(row: DomainRow, say: Translation) -> Cell:
    return Cell(say(KINDS[row.domain_class].text))


def _addresses(row: DomainRow, say: Translation) -> Cell:
    return Cell(say.number(len(row.addresses)))


def _decision(row: DomainRow, say: Translation) -> Cell:
    word = DECISIONS[row.decision]
    return Cell(say(word.text), tone=word.tone, shape=word.shape)


_CELLS: dict[Column, Callable[[DomainRow, Translation], Cell]] = {
    Column.DOMAIN: _domain,
    Column.SCORE: _score,
    Column.FINDING: _finding,
    Column.AUTHENTICATION: _authentication,
    Column.RELATIONSHIP: _relationship,
    Column.MESSAGES: _messages,
    Column.LAST_SEEN: _last_seen,
    Column.DECISION: _decision,
    Column.FIRST_SEEN: _first_seen,
    Column.KIND: _kind,
    Column.ADDRESSES: _addresses,
}


def count_bands(rows: tuple[DomainRow, ...]) -> dict[Band, int]:
    """How many domains have their lowest score in each range."""
    counts = dict.fromkeys(Band, 0)
    for row in rows:
        counts[band_of(row.worst)] += 1
    return counts
