"""Blocks become pages: no block is cut, heads of tables return on each page, and what belongs to the next block stays with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from app.exporters.pdf.blocks import Block, Column, Paragraph, Row, Text
from app.exporters.pdf.press import MARGIN, Press, Style
from app.i18n import Translation


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter; `title` goes into the contents and the bookmarks, unless it is empty."""

    title: str
    blocks: Sequence[Block]
    own_page: bool = False
    bookmarks: tuple[tuple[int, str], ...] = ()
    """(index of a block, title) of what can be gone to inside."""


@dataclass(slots=True)
class _Page:
    placed: list[tuple[float, Block]] = field(default_factory=list)
    filled: float = 0.0


@dataclass(slots=True)
class _Layout:
    """Pages, and on which page what begins."""

    pages: list[_Page] = field(default_factory=list)
    starts: list[tuple[str, int, int]] = field(default_factory=list)
    """(title, level, page index)."""
    cover: int = 0
    """Pages of the first section: the contents stand behind them."""


def print_pages(sections: Sequence[Section], press: Press, title: str, say: Translation, out: BinaryIO) -> None:
    """Lay out, print, and add what Qt cannot: bookmarks, links in the contents, the language and its direction."""
    laid_out = _lay_out(sections, press)
    contents = _contents(laid_out, press, say)
    pages = [*laid_out.pages[: laid_out.cover], *contents, *laid_out.pages[laid_out.cover :]]
    press.writer.setTitle(title)
    press.writer.setCreator("nitaq")
    painter = QPainter(press.writer)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            press.writer.newPage()
        for y, block in page.placed:
            block.paint(painter, press.left, press.top + y)
        _foot(painter, press, title, say("Page {n} of {total}", n=number, total=len(pages)))
    painter.end()
    press.buffer.close()
    starts = [(name, level, page + (len(contents) if page >= laid_out.cover else 0)) for name, level, page in laid_out.starts]
    out.write(_with_bookmarks(bytes(press.buffer.data().data()), starts, say))


def _lay_out(sections: Sequence[Section], press: Press) -> _Layout:
    made = _Layout([_Page()])
    for section in sections:
        if section.own_page and made.pages[-1].placed:
            made.pages.append(_Page())
        inside = dict(section.bookmarks)
        first = True
        for start, group in _groups(section.blocks):
            _place(group, made.pages, press)
            page = len(made.pages) - 1
            if first and section.title:
                made.starts.append((section.title, 0, page))
            first = False
            made.starts += [(inside[index], 1, page) for index in range(start, start + len(group)) if index in inside]
        made.cover = made.cover or len(made.pages)
    return made


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[int, list[Block]]]:
    """Blocks that must stay together: those that keep, with the one behind them."""
    group: list[Block] = []
    for index, block in enumerate(blocks):
        group.append(block)
        if not block.keep:
            yield index - len(group) + 1, group
            group = []
    if group:
        yield len(blocks) - len(group), group


def _place(group: list[Block], pages: list[_Page], press: Press) -> None:
    page = pages[-1]
    needed = sum(block.before + block.height for block in group)
    if page.placed and page.filled + needed > press.height:
        page = _Page()
        pages.append(page)
        first = group[0]
        if first.head is not None:
            page.placed.append((0.0, first.head))
            page.filled = first.head.height
    for block in group:
        if page.placed:
            page.filled += block.before
        page.placed.append((page.filled, block))
        page.filled += block.height


def _contents(laid_out: _Layout, press: Press, say: Translation) -> list[_Page]:
    """The pages of the contents; their number is known before the numbers in them are, since the length of a line does not depend on them."""
    chapters = [(title, page, page >= laid_out.cover) for title, level, page in laid_out.starts if level == 0 and page > 0]
    columns = (Column(9), Column(1, number=True))
    room = [_Page()]
    for _ in range(2):  # the second time with the numbers that follow from the first
        more, room = len(room), [_Page()]
        head = Paragraph([(say("Contents"), Style(15, bold=True))], press, keep=True)
        rows = [Row([[(title, Style(10))], [(say.number(page + (more if behind else 0) + 1), Style(10))]], columns, press) for title, page, behind in chapters]
        blocks: list[Block] = [head, *rows]
        for block in blocks:
            _place([block], room, press)
    return room


def _foot(painter: QPainter, press: Press, title: str, number: str) -> None:
    y = press.top + press.height + press.pt(8)
    painter.setPen(QPen(press.colour("line"), press.pt(0.6)))
    painter.drawLine(QPointF(press.left, y), QPointF(press.left + press.width, y))
    Text([(f"Nitaq · {title}", Style(8, tone="soft"))], press.width, press).paint(painter, press.left, y + press.pt(4))
    Text([(number, Style(8, tone="soft"))], press.width, press, end=True).paint(painter, press.left, y + press.pt(4))


def _with_bookmarks(pdf: bytes, starts: list[tuple[str, int, int]], say: Translation) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, Fit, NameObject, TextStringObject

    from app.texts import without_isolates

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    chapter = None
    top = Fit.xyz(left=0, top=float(writer.pages[0].mediabox.height) - MARGIN / 2)
    for title, level, page in starts:
        made = writer.add_outline_item(title=without_isolates(title), page_number=page, parent=chapter if level else None, fit=top)
        chapter = chapter if level else made
    writer.root_object[NameObject("/Lang")] = TextStringObject(say.language)
    reading = {NameObject("/Direction"): NameObject("/R2L" if say.rtl else "/L2R"), NameObject("/DisplayDocTitle"): BooleanObject(True)}
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(reading)
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()
