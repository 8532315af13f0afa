"""What the window's first picture does without. Python makes the 93 enums of the namespace `Qt` when it is first touched, which takes longer than
drawing the screen; so nothing that is imported or built before the picture touches it. Its values are given to Qt's properties as numbers, and what
only shows when the mouse moves is done afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

LEFT_TO_RIGHT, RIGHT_TO_LEFT = 0, 1
PLAIN_TEXT = 0
LEFT, RIGHT, ABSOLUTE, MIDDLE = 0x1, 0x2, 0x10, 0x80
NO_FOCUS, STRONG_FOCUS = 0, 11
NO_SCROLL_BAR = 1
LIGHT, DARK = 1, 2

_waiting: list[tuple[QWidget, Callable[[QWidget], None]]] | None = None


def put_off() -> None:
    """From now on until `catch_up`."""
    global _waiting
    _waiting = []


def is_coming() -> bool:
    return _waiting is not None


def catch_up() -> None:
    global _waiting
    waiting, _waiting = _waiting or [], None
    for widget, act in waiting:
        if isValid(widget):  # its screen may have been left before it was seen
            act(widget)


def show_hand(widget: QWidget) -> None:
    """Over what can be pressed."""
    later(widget, _show_hand)


def let_mouse_through(widget: QWidget) -> None:
    """To what it stands on."""
    later(widget, _let_mouse_through)


def later(widget: QWidget, act: Callable[[QWidget], None]) -> None:
    """`act(widget)` now, or after the picture if the widget is there still."""
    if _waiting is None:
        act(widget)
    else:
        _waiting.append((widget, act))


def _show_hand(widget: QWidget) -> None:
    from PySide6.QtCore import Qt

    widget.setCursor(Qt.CursorShape.PointingHandCursor)


def _let_mouse_through(widget: QWidget) -> None:
    from PySide6.QtCore import Qt

    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
