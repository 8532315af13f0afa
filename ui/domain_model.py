"""The table of domains: a plain model over an immutable tuple of rows, with its own sorted and filtered list of indices.

(A QSortFilterProxyModel asks Python for every comparison: 28 s for 100,000 rows. Here each column's ranks are computed once.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.i18n import Translation
from app.model import Authentication, Decision, DomainClass, DomainRow, Relationship
from app.parts import Key
from app.report import Band, band_of
from ui.controls import tip
from ui.domain_cells import HEADERS, Column, cell_of
from ui.domain_filter import DomainFilter
from ui.unfolded import Line, Unfolded

# Read once: an attribute of an enumeration costs more than the rest of data().
DISPLAY, TOOL_TIP, ACCESSIBLE = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
CELL, LEVEL, OPEN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
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
    Column.DECISION: lambda row: 2 * _DECISIONS[row.decision] + (row.decided > 0),
    Column.FIRST_SEEN: lambda row: _NEVER if row.first_seen is None else row.first_seen,
    Column.KIND: lambda row: _KINDS[row.domain_class],
    Column.ADDRESSES: lambda row: len(row.addresses),
}


class DomainModel(QAbstractTableModel):
    """Shows `rows` as filtered and sorted, and the parts of those that are open. `opened` is kept by who gives it."""

    def __init__(
        self, say: Translation, rows: tuple[DomainRow, ...] = (), parent: QObject | None = None, opened: set[Key] | None = None,
        looks: Collection[str] = (),
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._lines = Unfolded(set() if opened is None else opened)
        self._rows: tuple[DomainRow, ...] = ()
        self._haystacks: list[str] = []
        self._ranked: dict[Column, list[int]] = {}
        self.shown = 0
        """Domains that the filter shows; their open parts are more lines, and no more domains."""
        self._filter = DomainFilter()
        self._column, self._descending = Column.SCORE, False
        self.set_rows(rows, looks)

    # What is shown -----------------------------------------------------------------------------------------------

    def set_rows(self, rows: tuple[DomainRow, ...], looks: Collection[str] = ()) -> None:
        """`looks`: the domains that need a look (`app.review.looks_of`)."""
        self.beginResetModel()
        self._rows, self._looks = rows, looks
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
        """The domain that a line belongs to."""
        return self._lines.row(position)

    def line_at(self, position: int) -> Line:
        return self._lines.line(position)

    def rows(self) -> Sequence[DomainRow]:
        """The domains that are shown, in their order."""
        return self._lines.rows()

    def position_of(self, key: Key) -> int | None:
        """Where a domain or a part of it is shown now; None where it is not."""
        return self._lines.position(key)

    def parent_of(self, position: int) -> int:
        return self._lines.parent(position)

    def is_open(self, position: int) -> bool | None:
        """None: nothing can be shown below this line."""
        return self._lines.is_open(position)

    def turn(self, position: int) -> int:
        """Open a closed line, or close an open one; gives how many lines came, or went."""
        if self._lines.is_open(position):
            last = self._lines.end(position) - 1
            self.beginRemoveRows(QModelIndex(), position + 1, last)
            self._lines.close(position)
            self.endRemoveRows()
            return last - position
        below = self._lines.opened(position)
        self.beginInsertRows(QModelIndex(), position + 1, position + len(below))
        self._lines.insert(position, below)
        self.endInsertRows()
        return len(below)

    def _choose(self) -> None:
        order = self._ranking(self._column)
        if self._descending:
            order = order[::-1]
        accept = self._acceptance()
        shown = [index for index in order if accept(index)] if accept else list(order)
        self.shown = len(shown)
        self._lines.show(self._rows, shown)

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
        kind, more, looks = wanted.kind, wanted.more_holds if wanted.asks_more else None, self._looks

        def accept(index: int) -> bool:
            row = rows[index]
            return (
                needle in haystacks[index]
                and (relationship is None or row.relationship is relationship)
                and (authentication is None or row.authentication is authentication)
                and (decision is None or row.decision is decision)
                and (kind is None or row.domain_class is kind)
                and (band is None or band_of(row.worst) is band)
                and (more is None or more(row, looks))
            )

        return accept

    # What Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation != HORIZONTAL or role not in (DISPLAY, TOOL_TIP):
            return None
        title, help = HEADERS[Column(section)]
        return self._say(title if role == DISPLAY else help)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = DISPLAY) -> object:
        position = index.row()
        if role == CELL:
            return cell_of(self._lines.line(position), Column(index.column()), self._say)
        if role == LEVEL:
            return self._lines.level(position)
        if role == OPEN:
            return self._lines.is_open(position)
        if role in (DISPLAY, TOOL_TIP, ACCESSIBLE):
            if role == TOOL_TIP:
                cell = cell_of(self._lines.line(position), Column(index.column()), self._say)
                return tip(f"{cell.text}\n{cell.second}" if cell.second else cell.text)
            text = self._spoken(position, Column(index.column()))
            return self._in_its_place(text, position) if role == ACCESSIBLE and index.column() == Column.DOMAIN else text
        return None

    def _spoken(self, position: int, column: Column) -> str:
        cell = cell_of(self._lines.line(position), column, self._say)
        return f"{cell.text} ({cell.second})" if cell.second else cell.text

    def _in_its_place(self, text: str, position: int) -> str:
        """As a screen reader says the line: what matters most of it, how deep it stands, and whether its parts are shown."""
        say, level, opened = self._say, self._lines.level(position), self._lines.is_open(position)
        score, proof = (self._spoken(position, column) for column in (Column.SCORE, Column.AUTHENTICATION))
        text = say("{line}, score {score}, {proof}", line=text, score=score, proof=proof)
        if opened is None:
            return say("{line}, level {n}", line=text, n=level)
        return say("{line}, level {n}, expanded", line=text, n=level) if opened else say("{line}, level {n}, collapsed", line=text, n=level)


def count_bands(rows: tuple[DomainRow, ...]) -> dict[Band, int]:
    """How many domains have their lowest score in each range."""
    counts = dict.fromkeys(Band, 0)
    for row in rows:
        counts[band_of(row.worst)] += 1
    return counts
