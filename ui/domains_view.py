"""The domains of an audit: what deserves a look at a glance, filters, and the table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.i18n import Translation
from app.model import DomainRow
from app.parts import Key, key_of
from app.report import Band
from ui import tokens as t
from ui.band_tiles import BandTiles
from ui.column_menu import HIDDEN_AT_FIRST, column_menu
from ui.controls import button, centred_page, column, frame, label, picture, row
from ui.domain_cells import Column
from ui.domain_filter import DomainFilter
from ui.domain_model import DomainModel
from ui.domain_table import DomainTable
from ui.filter_bar import FilterBar
from ui.filter_form import FilterForm
from ui.filter_words import FilterWords
from ui.theme import colours


@dataclass(slots=True)
class DomainsState:
    """What the user has set, kept while the window is built anew."""

    filter: DomainFilter = field(default_factory=DomainFilter)
    column: Column = Column.SCORE
    order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    selected: Key = ()
    """The domain, or the part of one, whose detail was looked at last."""
    opened: bool = False
    unfolded: set[Key] = field(default_factory=set)
    """Domains whose sending sources are shown, and sources whose addresses are."""
    hidden: frozenset[Column] = HIDDEN_AT_FIRST
    """Columns that the user goes without."""
    widths: dict[Column, int] = field(default_factory=dict)
    """In pixels, of the columns that the user has made wider or narrower."""


class DomainsView(QWidget):
    """Emits `opened` with a `DomainRow` or a `Part` when the user wants to see why, `moved` when another line becomes current, and
    `columns_chosen` when the user has chosen others."""

    opened = Signal(object)
    moved = Signal(object)
    columns_chosen = Signal()
    folders_asked = Signal()
    """Which domains wrote into each folder is wanted; `show_folders` takes the answer."""

    def __init__(self, say: Translation, rows: tuple[DomainRow, ...], state: DomainsState, looks: Collection[str] = ()) -> None:
        super().__init__()
        self._say, self._state, self._rows = say, state, rows
        self.form: FilterForm | None = None
        self.model = DomainModel(say, rows, self, state.unfolded, looks)
        self.tiles = BandTiles(say)
        self.filters = FilterBar(say, state.filter)
        self.words = FilterWords(say)
        self.more = button(say("More filters"), "link", description=say("Kind of domain, folder, severity, score and dates"))
        self.columns = button(say("Columns"), "link", description=say("Choose what the table shows"))
        self.table = DomainTable(say, self.model, state)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing_found())
        self._stack.addWidget(self._nothing_read())
        card = frame("card", column(self._stack, margins=(1, 6, 1, 6)))
        line = row(self.words, self.more, self.columns, spacing=t.S)
        line.setStretch(0, 1)
        for each in (self.more, self.columns):
            line.setAlignment(each, Qt.AlignmentFlag.AlignTop)
        layout = column(self.tiles, t.XS, self.filters, line, spacing=t.S)
        layout.addWidget(card, 1)
        self.setLayout(layout)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        self.table.horizontalHeader().setSortIndicator(state.column, state.order)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentRowChanged.connect(self._move)
        self.filters.changed.connect(self.show_filter)
        self.tiles.chosen.connect(self._choose_band)
        self.words.wanted.connect(self.filters.show_filter)
        self.more.clicked.connect(self.ask_more)
        self.columns.clicked.connect(lambda: self._column_menu().popup(self.columns.mapToGlobal(QPoint(0, self.columns.height()))))
        header = self.table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self._column_menu().popup(header.mapToGlobal(at)))
        self.tiles.show_rows(rows)
        self.show_filter(state.filter)

    def _nothing_found(self) -> QWidget:
        say = self._say
        again = button(say("Show all domains"))
        again.clicked.connect(lambda: self.filters.show_filter(DomainFilter()))
        return centred_page(picture("search", colours().muted, 36), label(say("No domain matches"), "heading"), again)

    def _nothing_read(self) -> QWidget:
        return centred_page(picture("empty", colours().muted, 36), label(self._say("This mailbox is empty"), "heading"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.fit()

    def set_rows(self, rows: tuple[DomainRow, ...], looks: Collection[str] = ()) -> None:
        """Show other rows of the same mail; what was selected stays selected where it is still there."""
        self._rows = rows
        self.model.set_rows(rows, looks)
        self.tiles.show_rows(rows)
        self._settle()

    def show_filter(self, wanted: DomainFilter) -> None:
        self._state.filter = wanted
        self.model.set_filter(wanted)
        self.tiles.show_chosen(wanted.band)
        self._settle()

    def ask_more(self) -> None:
        newest = max((each.last_seen for each in self._rows if each.last_seen is not None), default=0)
        self.form = FilterForm(self._say, self._state.filter, datetime.fromtimestamp(newest, UTC).date(), self)
        self.form.wanted.connect(self.filters.show_filter)
        self.form.finished.connect(self._form_closed)
        self.form.open()
        self.folders_asked.emit()

    def show_folders(self, folders: Mapping[str, frozenset[str]]) -> None:
        if self.form is not None:
            self.form.show_folders(folders)

    def _form_closed(self) -> None:
        self.form = None

    def _column_menu(self) -> QMenu:
        menu = column_menu(self._say, self._state.hidden, self.choose_columns, self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def choose_columns(self, hidden: frozenset[Column]) -> None:
        self._state.hidden = hidden
        self.table.fit()
        self.columns_chosen.emit()

    def chosen_rows(self) -> tuple[tuple[DomainRow, ...], bool]:
        """The domains that are selected, where several are; else all that the filter shows. And whether they were selected."""
        selected = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        rows = {key_of(row): row for row in map(self.model.row_at, selected)}
        return (tuple(rows.values()), True) if len(rows) > 1 else (tuple(self.model.rows()), False)

    def _choose_band(self, band: Band | None) -> None:
        self.filters.show_filter(replace(self._state.filter, band=band))

    def _sorted(self, section: int, order: Qt.SortOrder) -> None:
        self._state.column, self._state.order = Column(section), order
        self.model.sort(section, order)
        self._settle()

    def _settle(self) -> None:
        """After the model was reset: words, emptiness, selection."""
        shown = self.model.shown
        self.words.show_filter(self._state.filter, shown, self.model.total)
        self._stack.setCurrentIndex(0 if shown else 1 if self.model.total else 2)
        position = self.model.position_of(self._state.selected) if self._state.opened and self._state.selected else None
        if shown:
            self._select(position or 0)

    def _select(self, position: int) -> None:
        index = self.model.index(position, Column.DOMAIN)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        chooser = self.table.selectionModel()
        chooser.blockSignals(True)
        chooser.setCurrentIndex(index, flags)
        chooser.blockSignals(False)
        self.table.scrollTo(index)
        self.table.viewport().update()

    def _move(self, current: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(self.model.line_at(current.row()))
