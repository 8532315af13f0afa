"""The guide as a window beside the program: pages on the one side, the page on the other, and a search through all of them."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QToolButton, QWidget

from app.guide import Block, Kind, Page, Style, guide, picture, plain
from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, column, label, row
from ui.theme import colours

LIST_WIDTH = 250
PICTURE = QSize(600, 300)
"""What a picture is given at most, so that a page stays short; docs/ show it whole."""


class GuideDialog(QDialog):
    """Show it with `show()`, or `open()` over a dialog. Emits `words` and `about` where these are asked for."""

    words = Signal()
    about = Signal()

    def __init__(self, say: Translation, page: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._say, self._pages = say, guide(say.language)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Guide"))
        self.setAccessibleName(say("Guide"))
        self.resize(min(980, parent.window().width() - 2 * t.XL), min(720, parent.window().height() - 2 * t.XL))
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("Search the guide"))
        self.search.setAccessibleName(say("Search the guide"))
        self.search.setAccessibleDescription(say("What is found is listed as you type"))
        self.search.setClearButtonEnabled(True)
        for inner in self.search.findChildren(QToolButton):
            inner.setAccessibleName(say("Empty the search"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(say("Pages"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in self._pages:
            self.list.addItem(QListWidgetItem(each.title))
        self.nothing = label(say("No page matches"), "muted", wrap=True)
        self.nothing.hide()
        self.text = PageView(say, self)
        self.words_button = button(say("Words and keys"))
        self.about_button = button(say("About Nitaq"))
        self.close_button = button(say("Close"), "primary")
        side = QWidget()
        side.setLayout(column(self.search, self.list, self.nothing))
        side.setFixedWidth(LIST_WIDTH)
        body = row(side, self.text, spacing=t.M)
        body.setStretch(1, 1)
        foot = row(self.words_button, self.about_button, -1, self.close_button)
        self.setLayout(column(body, foot, spacing=t.M, margins=(t.L,) * 4))
        order = (self.search, self.list, self.text, self.words_button, self.about_button, self.close_button)
        for one, other in pairwise(order):
            self.setTabOrder(one, other)
        self.search.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(self._turn)
        self.words_button.clicked.connect(self.words)
        self.about_button.clicked.connect(self.about)
        self.close_button.clicked.connect(self.reject)
        self.search.installEventFilter(self)
        self.turn_to(page)
        self.list.setFocus()

    def turn_to(self, page: str) -> None:
        """Show the page of this id, or the first."""
        self.search.clear()
        self.list.setCurrentRow(next((number for number, each in enumerate(self._pages) if each.id == page), 0))

    @property
    def page(self) -> Page:
        return self._pages[max(self.list.currentRow(), 0)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.close_button.hasFocus():
            return  # the page is shown already; the guide must not close
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down go through the pages while somebody types."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        shown = [number for number in range(self.list.count()) if not self.list.item(number).isHidden()]
        if shown:
            here = shown.index(self.list.currentRow()) if self.list.currentRow() in shown else 0
            self.list.setCurrentRow(shown[min(max(here + by, 0), len(shown) - 1)])

    def _turn(self, number: int) -> None:
        if number >= 0:
            self.text.show_page(self._pages[number])
            self.text.mark(self.search.text())

    def _find(self, words: str) -> None:
        """Pages that hold every word that was typed stay in the list, and the first of them is shown."""
        wanted = plain(words).split()
        hits = [number for number, each in enumerate(self._pages) if all(word in each.text for word in wanted)]
        for number in range(self.list.count()):
            self.list.item(number).setHidden(number not in hits)
        self.nothing.setVisible(not hits)
        if hits and self.list.currentRow() not in hits:
            self.list.setCurrentRow(hits[0])
        else:
            self.text.mark(words)


class PageView(QTextBrowser):
    """One page, in the colours and the direction of the window."""

    def __init__(self, say: Translation, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self._page: Page | None = None
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # coming and going it would resize the page while that is laid out
        self.setOpenLinks(False)
        self.document().setDocumentMargin(t.L)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def show_page(self, page: Page) -> None:
        self._page = page
        self.setAccessibleName(page.title)
        self._lay_out()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, words: str) -> None:
        """Go to the first place where the words stand as they were typed."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if words.strip() and not self.find(words.strip()):
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None and event.size().width() != event.oldSize().width():
            self._lay_out()

    def _lay_out(self) -> None:
        assert self._page is not None
        place = self.verticalScrollBar().value()
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self._say.rtl else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        self.setHtml(html_of(self._page, self._say))
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """A picture, as large as there is room for it, and as sharp as the screen can show it."""
        image, sharpness = QImage.fromData(picture(QUrl(url).toString(), self._say.language)), self.devicePixelRatioF()
        room = PICTURE.boundedTo(QSize(max(self.viewport().width() - 2 * t.L - 4, 100), PICTURE.height()))
        size = image.size().scaled(room.boundedTo(image.size()), Qt.AspectRatioMode.KeepAspectRatio) * sharpness
        result = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        result.setDevicePixelRatio(sharpness)
        return result


def html_of(page: Page, say: Translation) -> str:
    """The page for Qt's small HTML; nothing in it comes from outside the program."""
    c, way = colours(), "rtl" if say.rtl else "ltr"
    parts = [f'<h1 dir="{way}" style="font-size:{t.TITLE}px; margin:0 0 8px 0; color:{c.text}">{escape(page.title)}</h1>']
    lists: list[str] = []
    for block in page.blocks:
        kind = {Kind.ITEM: "ul", Kind.STEP: "ol"}.get(block.kind, "")
        if lists and lists[-1] != kind:
            parts.append(f"</{lists.pop()}>")
        if kind and not lists:
            lists.append(kind)
            parts.append(f'<{kind} dir="{way}" style="margin:2px 0 6px 0">')
        parts.append(_html(block, way))
    parts += [f"</{each}>" for each in lists]
    return f'<body style="font-size:{t.BODY}px; color:{c.text}">{"".join(parts)}</body>'


def _html(block: Block, way: str) -> str:
    c, words = colours(), "".join(_styled(style, text) for style, text in block.spans)
    match block.kind:
        case Kind.HEADING:
            return f'<h2 dir="{way}" style="font-size:{t.HEADING}px; margin:12px 0 2px 0; color:{c.text}">{words}</h2>'
        case Kind.PICTURE:
            return f'<p dir="{way}" style="margin:6px 0"><img src="{escape(block.picture)}" alt="{escape(block.text)}"></p>'
        case Kind.PARAGRAPH:
            return f'<p dir="{way}" style="margin:2px 0 6px 0">{words}</p>'
    return f'<li dir="{way}" style="margin:2px 0">{words}</li>'


def _styled(style: Style, text: str) -> str:
    if style is Style.WINDOW:
        return f"<b>{escape(text)}</b>"
    if style is Style.CODE:
        return f'<span style="font-family:monospace; color:{colours().accent}">\u2066{escape(text)}\u2069</span>'
    return escape(text)
