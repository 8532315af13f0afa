"""A technical term where it stands is explained: by its tooltip, to a screen reader, and under F1 with all those of the same window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTableView, QWidget

from app.i18n import Translation
from app.technical import TECHNICAL, technical_in
from ui.controls import tip


def explanation(text: str, say: Translation) -> str:
    """A line for each technical term that the text names; empty where it names none."""
    return "\n".join(say("{term}: {meaning}", term=term, meaning=say.fill(TECHNICAL[term], {})) for term in technical_in(text))


def explain(widget: QWidget, text: str, say: Translation) -> None:
    """Adds to what the widget says of itself already."""
    for line in filter(None, explanation(text, say).split("\n")):
        if line not in widget.accessibleDescription():
            widget.setAccessibleDescription("\n".join(filter(None, (widget.accessibleDescription(), line))))
            if not RichText.mightBeRichText(widget.toolTip()):
                widget.setToolTip(tip("\n".join(filter(None, (widget.toolTip(), line)))))


def explain_within(parent: QWidget, say: Translation) -> None:
    for widget, text in shown_texts(parent):
        explain(widget, text, say)


def shown_texts(parent: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What can be read, or heard, in a window: a widget and its words."""
    for label in parent.findChildren(QLabel):
        yield label, label.text()
    for button in parent.findChildren(QAbstractButton):
        yield button, button.text() or button.accessibleName()
    for box in parent.findChildren(QComboBox):
        yield box, "\n".join(box.itemText(at) for at in range(box.count()))


def terms_of(window: QWidget) -> list[str]:
    """The technical terms that are on the screen now."""
    texts = [text for widget, text in shown_texts(window) if widget.isVisible()]
    for table in window.findChildren(QTableView):
        if table.isVisible() and table.model() is not None:
            texts += [str(table.model().headerData(at, table.horizontalHeader().orientation()) or "") for at in range(table.model().columnCount())]
    return technical_in("\n".join(texts))
