"""The few building blocks that every screen is made of. Labels show plain text only: what they show may come from a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QHelpEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from ui import first_picture, icons
from ui import tokens as t
from ui.theme import colours
from ui.wrapping_label import WrappingLabel

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

L = TypeVar("L", bound=QBoxLayout)
NOTICE_LEAST = 240
"""Pixels that a sentence has beside its buttons."""
_explain: Callable[[QWidget, str], None] | None = None
"""Adds what a technical term in a text means; set once the words for it are loaded."""


def explain_with(explain: Callable[[QWidget, str], None]) -> None:
    """From now on, labels and buttons that name a technical term explain it."""
    global _explain
    _explain = explain


def _explained(widget: QWidget, text: str) -> None:
    if _explain is not None:
        _explain(widget, text)


def label(text: str, kind: str = "", *, tone: str = "", wrap: bool = False, selectable: bool = False, line: QLabel | None = None) -> QLabel:
    """A text; `kind` is its place in the hierarchy of type, `tone` its meaning; `line`: what shows it, if not the usual label."""
    result = line or (WrappingLabel() if wrap and not selectable else QLabel())  # what is copied stays as it is
    result.setProperty("textFormat", first_picture.PLAIN_TEXT)
    result.setText(text)
    result.setProperty("kind", kind)
    result.setProperty("tone", tone)
    result.setProperty("alignment", _side() | first_picture.MIDDLE)
    result.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        result.setSizePolicy(policy)
    if selectable:
        from PySide6.QtCore import Qt

        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        result.setAccessibleName(text)
    _explained(result, text)
    return result


def tip(text: str) -> str:
    """A tooltip that is shown as it stands: Qt takes one that looks like markup for markup, and there is no format to set."""
    if "<" not in text and "&" not in text:
        return text
    from PySide6.QtGui import Qt

    return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal) if Qt.mightBeRichText(text) else text


def edge(*, end: bool = False) -> Qt.AlignmentFlag:
    """Where lines begin (or end) in the window's direction. A label left alone goes by its text: a domain would stand on the left in Arabic."""
    from PySide6.QtCore import Qt

    return Qt.AlignmentFlag(_side(end=end))


def _side(*, end: bool = False) -> int:
    return first_picture.ABSOLUTE | (first_picture.LEFT if QApplication.isRightToLeft() == end else first_picture.RIGHT)


def pill(text: str, tone: str, help: str = "") -> QLabel:
    """A short word on its colour; `help` says what it means, to the mouse and to a screen reader."""
    result = label(text, "pill", tone=tone)
    result.setToolTip(tip(help))
    result.setAccessibleDescription(help)
    result.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return result


def picture(name: str, colour: str, size: int = 20, *, mirrored: bool = False) -> QLabel:
    """A drawing that only repeats what stands beside it, so it has no name of its own."""
    result = QLabel()
    result.setPixmap(icons.pixmap(name, colour, size, mirrored=mirrored))
    first_picture.let_mouse_through(result)
    result.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return result


def button(text: str, kind: str = "", icon: str = "", *, mirrored: bool = False, description: str = "") -> QPushButton:
    result = QPushButton(text)
    result.setProperty("kind", kind)
    result.setAccessibleName(text)
    first_picture.show_hand(result)
    if description:
        result.setAccessibleDescription(description)
        result.setToolTip(tip(description))
    _explained(result, text)
    if icon:
        c = colours()
        colour = c.on_accent if kind == "primary" else c.accent if kind == "link" else c.muted
        result.setIcon(QIcon(icons.padded(icons.pixmap(icon, colour, 18, mirrored=mirrored), 6)))
        result.setIconSize(QSize(24, 18))
    return result


class IconButton(QToolButton):
    """Its name is shown when the mouse rests on it. A tool tip of that text would be its description as well, and be read twice."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), tip("\n".join(filter(None, (self.accessibleName(), self.toolTip())))), self)
            return True
        return super().event(event)


def icon_button(name: str, icon: str, description: str = "") -> IconButton:
    """A button that shows a drawing alone; `description` says what it is about where several have the same name."""
    result = IconButton()
    result.setProperty("kind", "quiet")
    result.setIcon(icons.icon(icon, colours().muted))
    result.setIconSize(QSize(20, 20))
    result.setAccessibleName(name)
    result.setAccessibleDescription(description)
    result.setProperty("focusPolicy", first_picture.STRONG_FOCUS)
    first_picture.show_hand(result)
    _explained(result, name)
    return result


def column(*items: QWidget | QLayout | int, spacing: int = t.S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Things one under another; a number is a gap, -1 stretches."""
    return _filled(QVBoxLayout(), items, spacing, margins)


def row(*items: QWidget | QLayout | int, spacing: int = t.S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Things side by side in reading direction."""
    return _filled(QHBoxLayout(), items, spacing, margins)


def _filled(layout: L, items: tuple[QWidget | QLayout | int, ...], spacing: int, margins: tuple[int, int, int, int]) -> L:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif item < 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(item)
    return layout


def frame(kind: str, layout: QLayout, *, tone: str = "") -> QFrame:
    result = QFrame()
    result.setProperty("kind", kind)
    result.setProperty("tone", tone)
    result.setLayout(layout)
    return result


def line() -> QFrame:
    result = QFrame()
    result.setProperty("kind", "line")
    return result


class Notice(QFrame):
    """One sentence that matters, with its shape, and buttons beside it; below it where they would leave it no room."""

    def __init__(self, text: str, tone: str, icon: str, buttons: tuple[QWidget, ...]) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("tone", tone)
        words = label(text, wrap=True)
        words.setMinimumWidth(120)
        from PySide6.QtCore import Qt

        said = row(spacing=t.M)
        said.addWidget(picture(icon, getattr(colours(), tone).ink), 0, Qt.AlignmentFlag.AlignVCenter)
        said.addWidget(words, 1)
        self._buttons = row(*buttons, spacing=t.M)
        self._both = row(spacing=t.M, margins=(t.L, t.M, t.L, t.M))
        self._both.addLayout(said, 1)
        if buttons:
            self._both.addLayout(self._buttons)
        self.setLayout(self._both)

    def minimumSizeHint(self) -> QSize:
        """As high as its lines are at this width; Qt would take them as narrow as they can be, and leave what scrolls that much higher."""
        least = super().minimumSizeHint()
        return QSize(least.width(), self._both.totalHeightForWidth(self.width())) if self.isVisible() else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()
        beside = event.size().width() - self._buttons.sizeHint().width() >= NOTICE_LEAST
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)


def notice(text: str, tone: str, icon: str, *more: QWidget) -> Notice:
    return Notice(text, tone, icon, more)


def scrolling(content: QWidget, name: str) -> QScrollArea:
    """`content`, scrolled upwards and downwards only."""
    content.setProperty("kind", "page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setProperty("horizontalScrollBarPolicy", first_picture.NO_SCROLL_BAR)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    return area


def centred(content: QWidget, width: int = t.READING) -> QWidget:
    """`content` in a column of readable width in the middle of the page."""
    content.setMaximumWidth(width)
    page = QWidget()
    layout = row(margins=(t.XL, t.XL, t.XL, t.XL))
    layout.addStretch(1)
    layout.addWidget(content, 100)
    layout.addStretch(1)
    page.setLayout(layout)
    return page


def centred_page(*items: QWidget) -> QWidget:
    """A few things in the middle of an otherwise empty place."""
    from PySide6.QtCore import Qt

    layout = column(-1, spacing=t.M)
    for item in items:
        layout.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    page = QWidget()
    page.setLayout(layout)
    return page


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
